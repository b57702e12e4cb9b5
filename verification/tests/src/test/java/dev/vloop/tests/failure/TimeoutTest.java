package dev.vloop.tests.failure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.Loop;
import dev.vloop.LoopEnd;
import dev.vloop.tests.support.VirtualTimeTest;
import java.io.IOException;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("R31: timeout")
class TimeoutTest extends VirtualTimeTest {
    private final List<Throwable> causes = new ArrayList<>();

    @Test
    void an_attempt_that_takes_longer_is_interrupted_and_fails_with_loop_and_limit_named() {
        loops.loop("job")
                .every(seconds(100))
                .timeout(seconds(5))
                .backoff((failure, random) -> seconds(1))
                .onFailure(failure -> causes.add(failure.cause()))
                .start(it -> {
                    note("attempt " + it.attempt());
                    if (it.attempt() == 1) {
                        it.sleep(seconds(50));
                    }
                });
        loops.advance(seconds(10));
        assertThat(events).containsExactly("attempt 1 0", "attempt 2 6");
        assertThat(causes).singleElement().isInstanceOf(TimeoutException.class);
        assertThat(causes.getFirst()).hasMessageContaining("'job'").hasMessageContaining("5 s");
    }

    @Test
    void an_attempt_that_takes_less_is_left_alone() {
        Loop loop = everySecond().timeout(seconds(5)).count(3).start(it -> it.sleep(millis(4999)));
        loops.advance(seconds(100));
        assertThat(loop.status().lastEnd()).isEqualTo(new LoopEnd.Completed(3));
        assertThat(log.warnings()).isEmpty();
    }

    @Test
    void each_attempt_has_the_whole_time() {
        loops.loop("job")
                .every(seconds(100))
                .timeout(seconds(5))
                .backoff((failure, random) -> seconds(10))
                .start(it -> {
                    note("attempt " + it.attempt());
                    it.sleep(seconds(4));
                    if (it.attempt() == 1) {
                        throw new IOException("no network");
                    }
                    note("done");
                });
        loops.advance(seconds(30));
        assertThat(events).containsExactly("attempt 1 0", "attempt 2 14", "done 18");
    }

    @Test
    void it_is_retried_by_default_and_can_fail_instead() {
        Loop loop =
                everySecond().timeout(seconds(5)).failOn(TimeoutException.class).start(it -> it.sleep(seconds(50)));
        loops.advance(seconds(10));
        assertThat(events).containsExactly("before 0", "after Failed 5");
        assertThat(((LoopEnd.Failed) loop.status().lastEnd()).cause()).isInstanceOf(TimeoutException.class);
    }

    @Test
    void it_can_be_tolerated() {
        loops.loop("job")
                .every(seconds(10))
                .timeout(seconds(5))
                .continueOn(TimeoutException.class)
                .start(it -> {
                    note("body");
                    it.sleep(seconds(50));
                });
        loops.advance(seconds(20));
        assertThat(events).containsExactly("body 0", "body 10", "body 20");
    }

    @Test
    void what_the_body_threw_when_interrupted_is_attached() {
        SocketException closed = new SocketException("Closed by interrupt");
        everySecond()
                .timeout(seconds(5))
                .failOn(TimeoutException.class)
                .onFailure(failure -> causes.add(failure.cause()))
                .start(it -> {
                    try {
                        it.sleep(seconds(50));
                    } catch (InterruptedException e) {
                        throw closed;
                    }
                });
        loops.advance(seconds(10));
        assertThat(causes).singleElement().isInstanceOf(TimeoutException.class);
        assertThat(causes.getFirst()).hasSuppressedException(closed);
    }

    @Test
    void a_body_that_swallows_it_and_returns_normally_has_timed_out_all_the_same() {
        everySecond().timeout(seconds(5)).failOn(TimeoutException.class).start(it -> {
            try {
                it.sleep(seconds(50));
            } catch (InterruptedException e) {
                note("swallowed");
            }
        });
        loops.advance(seconds(10));
        assertThat(events).containsExactly("before 0", "swallowed 5", "after Failed 5");
    }

    @Test
    void the_interrupt_does_not_leak_into_what_follows() {
        loops.loop("job")
                .every(seconds(100))
                .timeout(seconds(5))
                .backoff((failure, random) -> seconds(1))
                .onFailure(failure -> {
                    loops.clock().sleep(seconds(2));
                    note("flag " + Thread.currentThread().isInterrupted());
                })
                .start(it -> {
                    if (it.attempt() == 1) {
                        it.sleep(seconds(50));
                    }
                    it.sleep(seconds(1));
                    note("done");
                });
        loops.advance(seconds(20));
        assertThat(events).containsExactly("flag false 7", "done 9");
    }

    @Test
    void hooks_have_no_timeout() {
        Loop loop = noting().every(seconds(10))
                .count(1)
                .timeout(seconds(5))
                .beforeLoop(() -> loops.clock().sleep(seconds(50)))
                .afterLoop(end -> loops.clock().sleep(seconds(50)))
                .start(it -> note("body"));
        loops.advance(seconds(200));
        assertThat(events).containsExactly("before 0", "body 50", "after Completed 50");
        assertThat(loop.status().lastEnd()).isEqualTo(new LoopEnd.Completed(1));
    }

    @Test
    void a_cancel_during_the_attempt_is_a_cancellation() {
        Loop loop = everySecond().timeout(seconds(5)).start(it -> it.sleep(seconds(50)));
        loops.advance(seconds(3));
        loop.cancel();
        loops.advance(seconds(50));
        assertThat(events).containsExactly("before 0", "after Cancelled 3");
    }

    @Test
    void a_cancel_after_the_timeout_is_a_cancellation() {
        Loop loop = everySecond()
                .timeout(seconds(5))
                .onFailure(failure -> note("told"))
                .start(it -> {
                    try {
                        it.sleep(seconds(50));
                    } catch (InterruptedException e) {
                        it.sleep(seconds(50));
                    }
                });
        loops.advance(seconds(8));
        loop.cancel();
        loops.advance(seconds(100));
        assertThat(events).containsExactly("before 0", "after Cancelled 8");
    }

    @Test
    void everything_that_it_forked_is_interrupted_too() {
        everySecond().timeout(seconds(5)).failOn(TimeoutException.class).start(it -> {
            for (int i = 0; i < 3; i++) {
                int number = i;
                it.fork(() -> {
                    try {
                        it.sleep(seconds(50));
                    } catch (InterruptedException e) {
                        note("fork " + number + " interrupted");
                        throw e;
                    }
                    return number;
                });
            }
            it.sleep(seconds(50));
        });
        loops.advance(seconds(10));
        assertThat(events)
                .containsExactlyInAnyOrder(
                        "before 0",
                        "fork 0 interrupted 5",
                        "fork 1 interrupted 5",
                        "fork 2 interrupted 5",
                        "after Failed 5")
                .last()
                .isEqualTo("after Failed 5");
    }

    @Test
    void a_body_that_only_waits_for_its_forks_times_out_too() {
        everySecond()
                .timeout(seconds(5))
                .failOn(TimeoutException.class)
                .start(it -> it.fork(() -> {
                    it.sleep(seconds(50));
                    return 1;
                }));
        loops.advance(seconds(10));
        assertThat(events).containsExactly("before 0", "after Failed 5");
    }

    @Test
    void what_takes_exactly_as_long_as_allowed_ends_either_way_but_ends() {
        Loop loop = everySecond()
                .timeout(seconds(5))
                .continueOn(TimeoutException.class)
                .count(2)
                .start(it -> it.sleep(seconds(5)));
        loops.advance(seconds(100));
        assertThat(loop.status().lastEnd()).isEqualTo(new LoopEnd.Completed(2));
    }
}
