package dev.vloop.tests.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.Iteration;
import dev.vloop.IterationOutcome;
import dev.vloop.Loop;
import dev.vloop.LoopEnd;
import dev.vloop.LoopListener;
import dev.vloop.Schedule;
import dev.vloop.testkit.TestLoops;
import dev.vloop.tests.support.VirtualTimeTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("R4: afterLoop")
class AfterLoopTest extends VirtualTimeTest {
    private final List<LoopEnd> told = Collections.synchronizedList(new ArrayList<>());

    @Test
    void it_is_told_that_the_run_completed() {
        everySecond().afterLoop(told::add).count(2).start(it -> {});
        loops.advance(seconds(5));
        assertThat(told).containsExactly(new LoopEnd.Completed(2));
    }

    @Test
    void it_is_told_that_the_run_was_stopped() {
        Loop loop = everySecond().afterLoop(told::add).start(it -> {});
        loops.advance(seconds(1));
        loop.stop();
        loops.advance(seconds(5));
        assertThat(told).containsExactly(new LoopEnd.Stopped(2));
    }

    @Test
    void it_is_told_that_the_run_was_cancelled() {
        Loop loop = everySecond().afterLoop(told::add).start(it -> {});
        loops.advance(seconds(1));
        loop.cancel();
        loops.advance(seconds(5));
        assertThat(told).containsExactly(new LoopEnd.Cancelled(2));
    }

    @Test
    void it_is_told_the_cause_of_a_failure_of_the_body() {
        RuntimeException cause = new RuntimeException("broken");
        everySecond().afterLoop(told::add).start(it -> {
            throw cause;
        });
        loops.advance(seconds(5));
        assertThat(told).containsExactly(new LoopEnd.Failed(0, cause));
    }

    @Test
    void it_runs_when_the_body_threw_an_Error() {
        AssertionError cause = new AssertionError("broken");
        everySecond().afterLoop(told::add).start(it -> {
            throw cause;
        });
        loops.advance(seconds(5));
        assertThat(told).containsExactly(new LoopEnd.Failed(0, cause));
    }

    @Test
    void it_runs_when_beforeLoop_failed() {
        IllegalStateException cause = new IllegalStateException("no network");
        everySecond()
                .beforeLoop(() -> {
                    throw cause;
                })
                .afterLoop(told::add)
                .start(it -> note("body"));
        loops.advance(seconds(5));
        assertThat(told).containsExactly(new LoopEnd.Failed(0, cause));
        assertThat(events).containsExactly("before 0", "after Failed 0");
    }

    @Test
    void it_runs_when_beforeLoop_was_cut_short() {
        Loop loop = everySecond()
                .beforeLoop(() -> loops.clock().sleep(seconds(10)))
                .afterLoop(told::add)
                .start(it -> note("body"));
        loops.advance(seconds(3));
        loop.cancel();
        loops.advance(seconds(5));
        assertThat(told).containsExactly(new LoopEnd.Cancelled(0));
        assertThat(events).containsExactly("before 0", "after Cancelled 3");
    }

    @Test
    void it_runs_when_the_schedule_failed() {
        RuntimeException cause = new RuntimeException("broken");
        Schedule broken = at -> {
            throw cause;
        };
        noting().schedule(broken).afterLoop(told::add).start(it -> note("body"));
        loops.advance(seconds(5));
        assertThat(told).containsExactly(new LoopEnd.Failed(0, cause));
    }

    @Test
    void it_runs_for_a_run_that_was_cancelled_before_it_began() {
        Loop loop = everySecond().afterLoop(told::add).start(it -> note("body"));
        loop.cancel();
        loops.advance(seconds(5));
        assertThat(told).containsExactly(new LoopEnd.Cancelled(0));
        assertThat(events).containsExactly("after Cancelled 0");
    }

    @Test
    void it_runs_once_in_each_run() {
        Loop loop = everySecond().count(1).start(it -> {});
        loops.settle();
        loop.start();
        loops.settle();
        loop.start();
        loops.settle();
        assertThat(events)
                .containsExactly(
                        "before 0",
                        "after Completed 0",
                        "before 0",
                        "after Completed 0",
                        "before 0",
                        "after Completed 0");
    }

    @Test
    void it_begins_with_the_interrupt_flag_clear_and_may_block() {
        Loop loop = everySecond()
                .afterLoop(end -> {
                    note("flag " + Thread.currentThread().isInterrupted());
                    loops.clock().sleep(seconds(2));
                    note("flushed");
                })
                .start(it -> it.sleep(seconds(10)));
        loops.advance(seconds(1));
        loop.cancel();
        loops.advance(seconds(5));
        assertThat(events).containsExactly("before 0", "after Cancelled 1", "flag false 1", "flushed 3");
    }

    @Test
    void the_flag_is_clear_even_if_the_body_set_it_last() {
        everySecond()
                .afterLoop(end -> note("flag " + Thread.currentThread().isInterrupted()))
                .start(it -> Thread.currentThread().interrupt());
        loops.advance(seconds(5));
        assertThat(events).containsExactly("before 0", "after Cancelled 0", "flag false 0");
    }

    @Test
    void the_flag_is_clear_even_if_the_hook_before_it_has_set_it() {
        everySecond()
                .count(1)
                .afterLoop(end -> Thread.currentThread().interrupt())
                .afterLoop(end -> note("flag " + Thread.currentThread().isInterrupted()))
                .start(it -> {});
        loops.advance(seconds(5));
        assertThat(events).containsExactly("before 0", "after Completed 0", "flag false 0");
    }

    @Test
    void the_flag_is_clear_even_if_a_listener_has_set_it() {
        LoopListener interrupts = new LoopListener() {
            @Override
            public void onIterationEnd(Iteration last, IterationOutcome outcome, Duration took) {
                Thread.currentThread().interrupt();
            }
        };
        List<Boolean> flags = new ArrayList<>();
        try (TestLoops heard = TestLoops.builder()
                .settings(runtime -> runtime.listener(interrupts))
                .create()) {
            heard.loop("job")
                    .every(seconds(1))
                    .count(1)
                    .afterLoop(end -> flags.add(Thread.currentThread().isInterrupted()))
                    .start(it -> {});
            heard.settle();
        }
        assertThat(flags).containsExactly(false);
    }
}
