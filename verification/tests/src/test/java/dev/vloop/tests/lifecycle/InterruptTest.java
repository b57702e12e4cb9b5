package dev.vloop.tests.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.Loop;
import dev.vloop.LoopEnd;
import dev.vloop.tests.support.VirtualTimeTest;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("R7: an interrupt from elsewhere")
class InterruptTest extends VirtualTimeTest {
    private volatile @Nullable Thread thread;

    private void hold() {
        thread = Thread.currentThread();
    }

    private void interrupt() {
        Objects.requireNonNull(thread).interrupt();
        loops.settle();
    }

    @Test
    void the_body_that_interrupts_itself_and_returns_cancels_its_run() {
        everySecond().start(it -> {
            note("body");
            Thread.currentThread().interrupt();
        });
        loops.advance(seconds(5));
        assertThat(events).containsExactly("before 0", "body 0", "after Cancelled 0");
    }

    @Test
    void the_body_that_interrupts_itself_and_throws_cancels_its_run() {
        everySecond().onFailure(failure -> note("onFailure")).start(it -> {
            Thread.currentThread().interrupt();
            throw new IOException("no network");
        });
        loops.advance(seconds(5));
        assertThat(events).containsExactly("before 0", "after Cancelled 0");
    }

    @Test
    void the_body_that_interrupts_itself_cannot_sleep() {
        everySecond().start(it -> {
            Thread.currentThread().interrupt();
            it.sleep(seconds(60));
        });
        loops.advance(seconds(5));
        assertThat(events).containsExactly("before 0", "after Cancelled 0");
    }

    @Test
    void an_InterruptedException_out_of_the_body_is_a_cancellation() {
        everySecond()
                .continueOn(Exception.class)
                .onFailure(failure -> note("onFailure"))
                .start(it -> {
                    throw new InterruptedException("from a library");
                });
        loops.advance(seconds(5));
        assertThat(events).containsExactly("before 0", "after Cancelled 0");
    }

    @Test
    void a_foreign_interrupt_of_the_body_cancels_the_run() {
        Loop loop = everySecond().start(it -> {
            hold();
            it.sleep(seconds(60));
        });
        loops.advance(seconds(3));
        interrupt();
        assertThat(events).containsExactly("before 0", "after Cancelled 3");
        assertThat(loop.status().lastEnd()).isEqualTo(new LoopEnd.Cancelled(0));
    }

    @Test
    void a_foreign_interrupt_of_a_wait_cancels_the_run() {
        noting().every(seconds(60)).start(it -> hold());
        loops.advance(seconds(3));
        interrupt();
        assertThat(events).containsExactly("before 0", "after Cancelled 3");
    }

    @Test
    void a_foreign_interrupt_of_a_pause_cancels_the_run() {
        Loop loop = noting().every(seconds(60)).start(it -> hold());
        loops.settle();
        loop.pause();
        loops.advance(seconds(3));
        interrupt();
        assertThat(events).containsExactly("before 0", "after Cancelled 3");
    }

    @Test
    void a_foreign_interrupt_of_a_backoff_cancels_the_run() {
        everySecond().backoff((failure, random) -> seconds(60)).start(it -> {
            hold();
            throw new IOException("no network");
        });
        loops.advance(seconds(3));
        interrupt();
        assertThat(events).containsExactly("before 0", "after Cancelled 3");
    }

    @Test
    void a_foreign_interrupt_of_beforeLoop_cancels_the_run() {
        everySecond()
                .beforeLoop(() -> {
                    hold();
                    loops.clock().sleep(seconds(60));
                })
                .start(it -> note("body"));
        loops.advance(seconds(3));
        interrupt();
        assertThat(events).containsExactly("before 0", "after Cancelled 3");
    }

    @Test
    void beforeLoop_that_interrupts_itself_cancels_the_run() {
        everySecond()
                .beforeLoop(() -> Thread.currentThread().interrupt())
                .beforeLoop(() -> note("second hook"))
                .start(it -> note("body"));
        loops.advance(seconds(3));
        assertThat(events).containsExactly("before 0", "after Cancelled 0");
    }

    @Test
    void a_failure_hook_that_interrupts_itself_cancels_the_run() {
        everySecond().onFailure(failure -> Thread.currentThread().interrupt()).start(it -> {
            throw new IOException("no network");
        });
        loops.advance(seconds(100));
        assertThat(events).containsExactly("before 0", "after Cancelled 0");
    }

    @Test
    void a_schedule_that_interrupts_itself_cancels_the_run() {
        noting().schedule(at -> {
                    Thread.currentThread().interrupt();
                    return at.now().plusSeconds(5);
                })
                .start(it -> note("body"));
        loops.advance(seconds(100));
        assertThat(events).containsExactly("before 0", "after Cancelled 0");
    }

    @Test
    void a_body_that_clears_its_own_flag_again_was_not_cancelled() {
        everySecond().count(2).start(it -> {
            note("body");
            Thread.currentThread().interrupt();
            assertThat(Thread.interrupted()).isTrue();
        });
        loops.advance(seconds(5));
        assertThat(events).containsExactly("before 0", "body 0", "body 1", "after Completed 1");
    }
}
