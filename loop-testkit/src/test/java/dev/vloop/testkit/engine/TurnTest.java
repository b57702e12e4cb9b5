package dev.vloop.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Turns, and calls ahead. A thread that loses a wake-up waits for ever, hence the time limit. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TurnTest {
    private final Turn turn = new Turn();
    private final AtomicInteger pauses = new AtomicInteger();

    @Test
    void a_turn_that_has_come_already_is_not_waited_for() {
        turn.grant(Thread.currentThread());

        turn.await(pauses::incrementAndGet);

        assertThat(pauses).hasValue(0);
        assertThat(turn.isGranted()).isFalse();
    }

    @Test
    void a_turn_that_does_not_come_to_a_thread_called_ahead_is_paused_for() {
        turn.callAhead(Thread.currentThread());

        turn.await(() -> {
            pauses.incrementAndGet();
            turn.grant(Thread.currentThread());
        });

        assertThat(pauses).hasValue(1);
    }

    @Test
    void a_thread_called_ahead_sees_its_turn_even_when_another_wait_has_used_up_its_permit() {
        turn.callAhead(Thread.currentThread());
        LockSupport.park();

        turn.await(() -> {
            pauses.incrementAndGet();
            turn.callAhead(Thread.currentThread());
            LockSupport.park();
            turn.grant(Thread.currentThread()); // which does not unpark
        });

        assertThat(pauses).hasValue(1);
        assertThat(turn.isGranted()).isFalse();
    }

    @Test
    void an_interrupt_while_waiting_is_kept() {
        turn.await(() -> {
            Thread.currentThread().interrupt();
            if (pauses.incrementAndGet() == 2) {
                turn.grant(Thread.currentThread());
            }
        });

        assertThat(Thread.interrupted()).isTrue();
        assertThat(pauses).hasValue(2);
    }

    /** Each thread hands the turn to the next, and sometimes calls one ahead. If one loses a wake-up, all stop. */
    @Test
    void no_turn_is_lost_however_calls_and_turns_meet() throws Exception {
        int threads = 4;
        int rounds = 50_000;
        Turn[] turns = new Turn[threads];
        Thread[] all = new Thread[threads];
        int[] taken = new int[1]; // only the thread that has the turn touches it
        for (int i = 0; i < threads; i++) {
            int me = i;
            turns[i] = new Turn();
            SplittableRandom random = new SplittableRandom(i);
            all[i] = Thread.ofVirtual().unstarted(() -> {
                for (int round = 0; round < rounds; round++) {
                    turns[me].await(LockSupport::park);
                    taken[0]++;
                    int next = (me + 1) % threads;
                    int called = random.nextInt(2 * threads);
                    turns[next].grant(all[next]);
                    if (called < threads) {
                        turns[called].callAhead(all[called]);
                    }
                }
            });
        }
        for (Thread thread : all) {
            thread.start();
        }

        turns[0].grant(all[0]);

        for (Thread thread : all) {
            thread.join();
        }
        assertThat(taken[0]).isEqualTo(threads * rounds);
    }
}
