package dev.vloop.tests.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.Iteration;
import dev.vloop.Loop;
import dev.vloop.tests.support.VirtualTimeTest;
import java.io.IOException;
import java.net.SocketException;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("R6: cancel")
class CancelTest extends VirtualTimeTest {
    private interface Dying {
        void die() throws Exception;
    }

    @Test
    void it_ends_a_wait_at_once() {
        Loop loop = noting().every(seconds(60)).start(it -> note("body"));
        loops.advance(seconds(10));
        loop.cancel();
        loops.settle();
        assertThat(events).containsExactly("before 0", "body 0", "after Cancelled 10");
    }

    @Test
    void it_ends_a_backoff_at_once() {
        Loop loop = everySecond().backoff((failure, random) -> seconds(60)).start(it -> {
            note("attempt");
            throw new IOException("no network");
        });
        loops.advance(seconds(10));
        loop.cancel();
        loops.advance(seconds(100));
        assertThat(events).containsExactly("before 0", "attempt 0", "after Cancelled 10");
    }

    @Test
    void it_ends_a_pause_at_once() {
        Loop loop = everySecond().start(it -> note("body"));
        loop.pause();
        loops.advance(seconds(10));
        loop.cancel();
        loops.settle();
        assertThat(events).containsExactly("before 0", "after Cancelled 10");
    }

    @Test
    void it_interrupts_a_blocking_call_in_the_body() {
        Loop loop = everySecond().start(it -> {
            try {
                it.sleep(seconds(60));
            } catch (InterruptedException e) {
                note("interrupted");
                throw e;
            }
        });
        loops.advance(seconds(10));
        loop.cancel();
        loops.settle();
        assertThat(events).containsExactly("before 0", "interrupted 10", "after Cancelled 10");
    }

    @Test
    void it_interrupts_a_sleep_on_the_clock_of_the_runtime() {
        Loop loop = everySecond().start(it -> loops.clock().sleep(seconds(60)));
        loops.advance(seconds(10));
        loop.cancel();
        loops.settle();
        assertThat(events).containsExactly("before 0", "after Cancelled 10");
    }

    @Test
    void it_interrupts_beforeLoop_and_the_body_never_runs() {
        Loop loop = everySecond()
                .beforeLoop(() -> loops.clock().sleep(seconds(60)))
                .beforeLoop(() -> note("second hook"))
                .start(it -> note("body"));
        loops.advance(seconds(10));
        loop.cancel();
        loops.settle();
        assertThat(events).containsExactly("before 0", "after Cancelled 10");
    }

    @Test
    void a_body_that_is_busy_sees_the_flag() {
        everySecond().start(it -> {
            it.loop().cancel();
            note("flag " + Thread.currentThread().isInterrupted());
        });
        loops.advance(seconds(5));
        assertThat(events).containsExactly("before 0", "flag true 0", "after Cancelled 0");
    }

    @Test
    void an_IO_error_of_a_socket_that_the_interrupt_closed_is_a_cancellation() {
        assertCancelledAfter(() -> {
            throw new SocketException("Closed by interrupt");
        });
    }

    @Test
    void an_unchecked_exception_after_the_interrupt_is_a_cancellation() {
        assertCancelledAfter(() -> {
            throw new CompletionException(new IllegalStateException("wrapped"));
        });
    }

    @Test
    void an_Error_after_the_interrupt_is_a_cancellation() {
        assertCancelledAfter(() -> {
            throw new AssertionError("broken");
        });
    }

    @Test
    void an_IO_error_with_the_flag_cleared_long_before_is_a_cancellation() {
        assertCancelledAfter(() -> {
            Thread.interrupted();
            throw new IOException("stream closed");
        });
    }

    private void assertCancelledAfter(Dying last) {
        Loop loop = everySecond()
                .onFailure(failure -> note("onFailure"))
                .continueOn(Exception.class)
                .retryOn(IOException.class)
                .start(it -> {
                    note("attempt");
                    sleepUntilInterrupted(it);
                    last.die();
                });
        loops.advance(seconds(10));
        loop.cancel();
        loops.advance(seconds(100));
        assertThat(events).containsExactly("before 0", "attempt 0", "after Cancelled 10");
        assertThat(log.errors()).isEmpty();
        assertThat(log.warnings()).isEmpty();
        assertThat(loop.status().lastFailure()).isNull();
    }

    private static void sleepUntilInterrupted(Iteration it) {
        try {
            it.sleep(seconds(1000));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void a_failure_of_beforeLoop_after_the_interrupt_is_a_cancellation() {
        Loop loop = everySecond()
                .onFailure(failure -> note("onFailure"))
                .beforeLoop(() -> {
                    try {
                        loops.clock().sleep(seconds(60));
                    } catch (InterruptedException e) {
                        throw new IOException("connection closed", e);
                    }
                })
                .start(it -> note("body"));
        loops.advance(seconds(1));
        loop.cancel();
        loops.settle();
        assertThat(events).containsExactly("before 0", "after Cancelled 1");
        assertThat(log.errors()).isEmpty();
    }

    @Test
    void it_interrupts_the_failure_hook_which_is_no_failure_of_the_hook() {
        Loop loop = everySecond()
                .onFailure(failure -> loops.clock().sleep(seconds(60)))
                .onFailure(failure -> note("second hook"))
                .start(it -> {
                    throw new IOException("no network");
                });
        loops.advance(seconds(10));
        loop.cancel();
        loops.advance(seconds(100));
        assertThat(events).containsExactly("before 0", "after Cancelled 10");
        assertThat(log.errors()).isEmpty();
    }

    @Test
    void a_second_cancel_does_nothing() {
        Loop loop = everySecond().start(it -> {
            sleepUntilInterrupted(it);
            Thread.interrupted();
            note("cleans up");
            it.sleep(seconds(5));
            note("cleaned up");
        });
        loops.advance(seconds(1));
        loop.cancel();
        loops.advance(seconds(2));
        loop.cancel();
        loops.advance(seconds(10));
        assertThat(events).containsExactly("before 0", "cleans up 1", "cleaned up 6", "after Cancelled 6");
    }

    @Test
    void afterLoop_is_not_interrupted() {
        Loop loop = everySecond()
                .count(1)
                .afterLoop(end -> {
                    loops.clock().sleep(seconds(10));
                    note("flushed");
                })
                .start(it -> {});
        loops.advance(seconds(2));
        loop.cancel();
        loops.advance(seconds(2));
        loop.cancel();
        loops.advance(seconds(20));
        assertThat(events).containsExactly("before 0", "after Completed 0", "flushed 10");
        assertThat(log.errors()).isEmpty();
    }

    @Test
    void afterLoop_is_not_interrupted_by_the_cancel_that_led_to_it_nor_by_a_second_one() {
        Loop loop = everySecond()
                .afterLoop(end -> {
                    loops.clock().sleep(seconds(10));
                    note("flushed");
                })
                .start(it -> it.sleep(seconds(60)));
        loops.advance(seconds(2));
        loop.cancel();
        loops.advance(seconds(2));
        loop.cancel();
        loops.advance(seconds(20));
        assertThat(events).containsExactly("before 0", "after Cancelled 2", "flushed 12");
    }

    @Test
    void right_after_the_start_it_cuts_the_run_short_before_anything_of_it_ran() {
        Loop loop = everySecond().start(it -> note("body"));
        loop.cancel();
        loops.advance(seconds(5));
        assertThat(events).containsExactly("after Cancelled 0");
    }

    @Test
    void cancelling_an_idle_loop_does_nothing_to_its_next_run() {
        Loop loop = everySecond().count(1).build(it -> note("body"));
        loop.cancel();
        loop.start();
        loops.settle();
        assertThat(events).containsExactly("before 0", "body 0", "after Completed 0");
    }

    @Test
    void it_does_not_wait_for_the_end() {
        Loop loop = everySecond().start(it -> it.sleep(seconds(60)));
        loops.settle();
        loop.cancel();
        assertThat(loop.isRunning()).isTrue();
        loops.settle();
        assertThat(loop.isRunning()).isFalse();
    }
}
