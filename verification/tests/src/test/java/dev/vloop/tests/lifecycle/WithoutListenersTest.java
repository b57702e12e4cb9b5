package dev.vloop.tests.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.Loop;
import dev.vloop.LoopBuilder;
import dev.vloop.LoopEnd;
import dev.vloop.LoopRuntime;
import dev.vloop.LoopState;
import dev.vloop.testkit.engine.Engines;
import dev.vloop.testkit.engine.HostSettings;
import dev.vloop.testkit.engine.VirtualHost;
import dev.vloop.vthreads.VirtualLoops;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * The engine begins an iteration and its body in one step if nobody listens and no code is around them. A runtime of the testkit always
 * has a listener, so these tests make one without.
 */
@DisplayName("a runtime without listeners")
class WithoutListenersTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final VirtualHost host = Engines.cooperative(HostSettings.DEFAULT);
    private final LoopRuntime loops = VirtualLoops.builder().host(host).create();
    private final List<String> events = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        loops.close();
        host.close();
    }

    private void note(String what) {
        events.add(what + " " + host.nanoTime() / 1_000_000_000L);
    }

    private void advance(long seconds) {
        host.advanceTo(host.nanoTime() + seconds * 1_000_000_000L);
    }

    private LoopBuilder everySecond() {
        return loops.loop("job")
                .every(SECOND)
                .backoff((failure, random) -> SECOND.multipliedBy(5))
                .afterLoop(end -> note("after " + end.getClass().getSimpleName()));
    }

    @Test
    @DisplayName("R6: a cancel interrupts the body")
    void a_cancel_interrupts_the_body() {
        Loop loop = everySecond().start(it -> it.sleep(SECOND.multipliedBy(100)));
        advance(2);
        assertThat(loop.status().state()).isEqualTo(LoopState.EXECUTING);
        loop.cancel();
        advance(0);
        assertThat(events).containsExactly("after Cancelled 2");
    }

    @Test
    @DisplayName("R5: a stop lets the body finish")
    void a_stop_lets_the_body_finish() {
        Loop loop = everySecond().start(it -> {
            it.sleep(SECOND.multipliedBy(4));
            note("body");
        });
        advance(2);
        loop.stop();
        advance(10);
        assertThat(events).containsExactly("body 4", "after Stopped 4");
    }

    @Test
    @DisplayName("R28, R31: a timeout interrupts the body, which is retried with the index that it had")
    void a_timeout_interrupts_the_body_which_is_retried() {
        everySecond().count(1).timeout(SECOND.multipliedBy(2)).start(it -> {
            note("attempt " + it.index() + "." + it.attempt());
            if (it.attempt() == 1) {
                it.sleep(SECOND.multipliedBy(100));
            }
        });
        advance(20);
        assertThat(events).containsExactly("attempt 0.1 0", "attempt 0.2 7", "after Completed 7");
    }

    @Test
    @DisplayName("R7: a body that interrupts itself cancels the run, and its flag is clear in afterLoop")
    void a_body_that_interrupts_itself_cancels_the_run() {
        everySecond()
                .afterLoop(end -> note("flag " + Thread.currentThread().isInterrupted()))
                .start(it -> Thread.currentThread().interrupt());
        advance(0);
        assertThat(events).containsExactly("after Cancelled 0", "flag false 0");
    }

    @Test
    @DisplayName("R10: a pause holds back what has not begun, a trigger begins one")
    void a_paused_loop_begins_what_is_triggered() {
        Loop loop = everySecond().start(it -> note("body " + it.index()));
        advance(1);
        loop.pause();
        advance(5);
        loop.trigger();
        advance(5);
        loop.resume();
        advance(1);
        assertThat(events).startsWith("body 0 0", "body 1 1", "body 2 6", "body 3 11");
    }

    @Test
    @DisplayName("R30: a failure fails the run, and is told to its handlers")
    void a_failure_fails_the_run() {
        Loop loop = everySecond()
                .failOn(IOException.class)
                .onFailure(failure -> note(failure.reaction() + " of " + failure.index()))
                .start(it -> {
                    throw new IOException("no network");
                });
        advance(0);
        assertThat(events).containsExactly("FAIL of 0 0", "after Failed 0");
        assertThat(loop.status().lastEnd())
                .isInstanceOfSatisfying(
                        LoopEnd.Failed.class, end -> assertThat(end.cause()).isInstanceOf(IOException.class));
        assertThat(loop.status().lastFailure()).isNotNull();
    }

    @Test
    @DisplayName("R36: code around iterations and around attempts runs")
    void code_around_iterations_and_attempts_runs() {
        everySecond()
                .count(1)
                .intercept((iteration, chain) -> {
                    note("iteration");
                    chain.proceed();
                })
                .start(it -> note("body"));
        advance(0);
        loops.loop("other")
                .every(SECOND)
                .count(1)
                .interceptAttempts((attempt, chain) -> {
                    note("attempt");
                    chain.proceed();
                })
                .start(it -> note("other body"));
        advance(0);
        assertThat(events).containsExactly("iteration 0", "body 0", "after Completed 0", "attempt 0", "other body 0");
    }

    @Test
    @DisplayName("R31: a retry is interrupted by its timeout, too")
    void a_retry_is_interrupted_by_its_timeout_too() {
        Loop loop = everySecond().timeout(SECOND).maxAttempts(2).start(it -> it.sleep(SECOND.multipliedBy(100)));
        advance(20);
        assertThat(events).containsExactly("after Failed 7");
        assertThat(((LoopEnd.Failed) loop.status().lastEnd()).cause()).isInstanceOf(TimeoutException.class);
    }

    @Test
    @DisplayName("R19: a schedule of one's own on the wall clock hears of a jump")
    void a_schedule_of_ones_own_hears_of_a_jump() {
        loops.loop("job")
                .schedule(at -> at.lastSlot() == null ? at.now() : at.lastSlot().plusSeconds(1_000))
                .start(it -> note("body"));
        advance(10);
        host.moveWallClock(SECOND.multipliedBy(990));
        advance(0);
        assertThat(events).containsExactly("body 0", "body 10");
    }
}
