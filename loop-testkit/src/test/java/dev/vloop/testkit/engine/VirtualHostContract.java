package dev.vloop.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vloop.spi.Host;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Time, waits, wake-ups and their order: what both engines of virtual time promise. */
abstract class VirtualHostContract {
    static final long S = 1_000_000_000L;

    final List<String> log = Collections.synchronizedList(new ArrayList<>());
    VirtualHost host;

    abstract VirtualHost create(HostSettings settings);

    static HostSettings settings() {
        return HostSettings.DEFAULT.withPatience(Duration.ofMillis(400));
    }

    @BeforeEach
    void createHost() {
        host = create(settings());
    }

    @AfterEach
    void closeHost() {
        host.close();
    }

    interface Body {
        void run() throws Exception;
    }

    Thread start(String name, Body body) {
        Thread thread = host.newThread(name, () -> {
            try {
                body.run();
            } catch (InterruptedException e) {
                log(name + " interrupted");
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        thread.start();
        return thread;
    }

    void log(String what) {
        log.add(host.nanoTime() / S + " " + what);
    }

    void sleep(long seconds) throws InterruptedException {
        host.sleepUntil(host.nanoTime() + seconds * S);
    }

    void advance(long seconds) {
        host.advanceTo(host.nanoTime() + seconds * S);
    }

    void settle() {
        advance(0);
    }

    @Test
    void time_starts_at_zero_and_at_the_origin() {
        assertThat(host.nanoTime()).isZero();
        assertThat(host.instant()).isEqualTo(Instant.parse("2000-01-01T00:00:00Z"));
        advance(5);
        assertThat(host.nanoTime()).isEqualTo(5 * S);
        assertThat(host.instant()).isEqualTo(Instant.parse("2000-01-01T00:00:05Z"));
    }

    @Test
    void each_sleeper_wakes_at_its_own_deadline_and_advancing_includes_the_end() {
        start("slow", () -> {
            sleep(3);
            log("slow");
        });
        start("fast", () -> {
            for (int i = 0; i < 3; i++) {
                sleep(1);
                log("fast");
            }
        });
        advance(3);
        assertThat(log).containsExactly("1 fast", "2 fast", "3 slow", "3 fast");
        assertThat(host.liveThreads()).isZero();
    }

    @Test
    void timers_of_one_instant_fire_in_the_order_of_creation_with_all_consequences_of_one_before_the_next() {
        Thread waiter = start("waiter", () -> {
            host.park(Host.NEVER);
            log("woken");
        });
        start("a", () -> {
            sleep(1);
            log("a");
            host.unpark(waiter);
        });
        start("b", () -> {
            sleep(1);
            log("b");
        });
        advance(1);
        assertThat(log).containsExactly("1 a", "1 woken", "1 b");
    }

    @Test
    void the_test_wakes_last_at_an_instant() throws InterruptedException {
        start("early", () -> log("first"));
        host.alarm(S, () -> log("alarm"));
        start("late", () -> {
            sleep(1);
            host.sleepUntil(host.nanoTime());
            log("after a sleep of nothing");
        });
        sleep(1);
        log("test");
        assertThat(log).containsExactly("0 first", "1 alarm", "1 after a sleep of nothing", "1 test");
    }

    @Test
    void settling_runs_what_is_due_and_does_not_move_time() {
        start("now", () -> log("now"));
        start("later", () -> sleep(1));
        settle();
        assertThat(log).containsExactly("0 now");
        assertThat(host.nextDeadline()).isEqualTo(S);
        assertThat(host.nanoTime()).isZero();
    }

    @Test
    void a_sleep_whose_deadline_has_passed_lets_others_go_first_and_does_not_overtake_those_that_are_due() {
        advance(5);
        start("a", () -> {
            host.sleepUntil(1);
            log("a");
        });
        start("b", () -> {
            host.sleepUntil(0);
            log("b");
        });
        start("c", () -> log("c"));
        settle();
        assertThat(log).containsExactly("5 c", "5 a", "5 b");
    }

    @Test
    void a_sleep_is_interrupted_at_the_current_instant_and_leaves_no_timer() {
        Thread sleeper = start("sleeper", () -> {
            try {
                sleep(100);
            } catch (InterruptedException e) {
                log("interrupted, flag " + Thread.currentThread().isInterrupted());
            }
        });
        advance(7);
        host.interrupt(sleeper);
        advance(1);
        assertThat(log).containsExactly("7 interrupted, flag false");
        assertThat(host.nextDeadline()).isEqualTo(Host.NEVER);
    }

    @Test
    void an_interrupt_past_the_seam_is_seen_at_the_current_instant_too() {
        for (int i = 0; i < 2_000; i++) {
            log.clear();
            Thread sleeper = start("sleeper", () -> sleep(100));
            Thread parked = start("parked", () -> {
                host.park(Host.NEVER);
                log("parked " + Thread.currentThread().isInterrupted());
            });
            settle();
            long now = host.nanoTime() / S;
            sleeper.interrupt();
            parked.interrupt();
            advance(1);
            assertThat(log).containsExactly(now + " sleeper interrupted", now + " parked true");
        }
        assertThat(host.nextDeadline()).isEqualTo(Host.NEVER);
    }

    @Test
    void an_interrupted_thread_does_not_begin_a_sleep() {
        start("self", () -> {
            Thread.currentThread().interrupt();
            sleep(1);
        });
        settle();
        assertThat(log).containsExactly("0 self interrupted");
    }

    @Test
    void park_has_one_permit_and_keeps_the_interrupt_flag() {
        Thread thread = start("p", () -> {
            host.unpark(Thread.currentThread());
            host.unpark(Thread.currentThread());
            host.park(Host.NEVER);
            log("permit");
            host.park(2 * S);
            log("deadline");
            host.park(Host.NEVER);
            log("unparked");
            host.park(Host.NEVER);
            log("interrupted " + Thread.currentThread().isInterrupted());
            host.park(Host.NEVER);
            log("at once");
        });
        advance(3);
        host.unpark(thread);
        advance(1);
        host.interrupt(thread);
        advance(1);
        assertThat(log).containsExactly("0 permit", "2 deadline", "3 unparked", "4 interrupted true", "4 at once");
    }

    @Test
    void unparking_a_sleeper_neither_ends_its_sleep_nor_is_lost() {
        Thread thread = start("s", () -> {
            sleep(5);
            log("slept");
            host.park(Host.NEVER);
            log("parked");
        });
        advance(1);
        host.unpark(thread);
        advance(9);
        assertThat(log).containsExactly("5 slept", "5 parked");
    }

    @Test
    void the_tests_own_waits_move_time() throws InterruptedException {
        Thread test = Thread.currentThread();
        start("loop", () -> {
            sleep(3);
            host.unpark(test);
            sleep(3);
            host.interrupt(test);
        });
        host.park(Host.NEVER);
        log("unparked");
        assertThatThrownBy(() -> host.sleepUntil(Host.NEVER)).isInstanceOf(InterruptedException.class);
        log("interrupted");
        host.park(7 * S);
        log("deadline");
        assertThat(log).containsExactly("3 unparked", "6 interrupted", "7 deadline");
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void the_test_goes_on_before_time_moves_for_the_thread_that_woke_it() {
        Thread test = Thread.currentThread();
        start("waker", () -> {
            sleep(1);
            host.unpark(test);
            sleep(1);
            log("on");
        });

        host.park(Host.NEVER);
        log("woken");
        advance(5);

        assertThat(log).containsExactly("1 woken", "2 on");
    }

    @Test
    void a_lone_thread_gets_no_further_than_the_test_lets_time_go() {
        start("ticker", () -> {
            for (int i = 0; i < 3; i++) {
                sleep(2);
                log("tick");
            }
        });

        advance(5);
        log("test");
        advance(1);

        assertThat(log).containsExactly("2 tick", "4 tick", "5 test", "6 tick");
    }

    @Test
    void an_interrupted_test_thread_stops_advancing() {
        Thread test = Thread.currentThread();
        start("loop", () -> {
            sleep(3);
            test.interrupt();
        });
        assertThatThrownBy(() -> advance(10))
                .isInstanceOf(VirtualTimeError.class)
                .hasMessageContaining("interrupted");
        assertThat(Thread.interrupted()).isTrue();
        assertThat(host.nanoTime()).isEqualTo(3 * S);
        advance(1);
        assertThat(host.nanoTime()).isEqualTo(4 * S);
    }

    @Test
    void time_does_not_go_back() {
        advance(2);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> host.advanceTo(S))
                .withMessageContaining("PT1S")
                .withMessageContaining("PT2S");
    }

    @Test
    void deadlines_that_never_come_set_no_timer() {
        start("s", () -> host.sleepUntil(Host.NEVER));
        start("p", () -> host.park(Host.NEVER));
        host.alarm(Host.NEVER, () -> log("never"));
        host.advanceTo(Host.NEVER - 1);
        assertThat(host.nextDeadline()).isEqualTo(Host.NEVER);
        assertThat(log).isEmpty();
    }

    @Test
    void a_new_thread_counts_as_running_and_an_abandoned_one_does_not() {
        Thread never = host.newThread("never", () -> log("never"));
        host.abandon(never);
        advance(1);
        assertThat(log).isEmpty();
        assertThat(host.liveThreads()).isZero();
    }

    @Test
    void randomness_is_the_same_every_time() {
        VirtualHost other = create(settings());
        assertThat(host.random().ints(5).toArray())
                .isEqualTo(other.random().ints(5).toArray());
        other.close();
    }
}
