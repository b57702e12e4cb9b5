package dev.vloop.tests.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.Loop;
import dev.vloop.MissedSlots;
import dev.vloop.tests.support.VirtualTimeTest;
import java.io.IOException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("R5: stop")
class StopTest extends VirtualTimeTest {
    @Test
    void a_waiting_loop_is_woken_and_ends_at_once() {
        Loop loop = noting().every(seconds(60)).start(it -> note("body"));
        loops.advance(seconds(10));
        loop.stop();
        loops.settle();
        assertThat(events).containsExactly("before 0", "body 0", "after Stopped 10");
        assertThat(loop.isRunning()).isFalse();
    }

    @Test
    void the_current_iteration_finishes_and_is_the_last() {
        Loop loop = everySecond().start(it -> {
            note("body");
            it.sleep(seconds(10));
            note("end");
        });
        loops.advance(seconds(4));
        loop.stop();
        loops.advance(seconds(20));
        assertThat(events).containsExactly("before 0", "body 0", "end 10", "after Stopped 10");
    }

    @Test
    void slots_that_passed_meanwhile_do_not_run() {
        Loop loop = everySecond().missed(MissedSlots.RUN_ALL).start(it -> {
            note("body");
            it.sleep(seconds(5));
        });
        loops.advance(seconds(2));
        loop.stop();
        loops.advance(seconds(20));
        assertThat(events).containsExactly("before 0", "body 0", "after Stopped 5");
    }

    @Test
    void the_retries_of_the_current_iteration_are_made() {
        Loop loop = everySecond().backoff((failure, random) -> seconds(10)).start(it -> {
            note("attempt " + it.attempt());
            if (it.attempt() < 3) {
                throw new IOException("no network");
            }
        });
        loops.advance(seconds(5));
        loop.stop();
        loops.advance(seconds(60));
        assertThat(events)
                .containsExactly("before 0", "attempt 1 0", "attempt 2 10", "attempt 3 20", "after Stopped 20");
    }

    @Test
    void from_within_beforeLoop_the_body_never_runs() {
        everySecond().beforeLoop(() -> loops.get("job").stop()).start(it -> note("body"));
        loops.advance(seconds(5));
        assertThat(events).containsExactly("before 0", "after Stopped 0");
    }

    @Test
    void during_beforeLoop_it_lets_the_hook_finish_and_the_body_never_runs() {
        Loop loop = everySecond()
                .beforeLoop(() -> {
                    loops.clock().sleep(seconds(10));
                    note("ready");
                })
                .beforeLoop(() -> note("second hook"))
                .start(it -> note("body"));
        loops.advance(seconds(3));
        loop.stop();
        loops.advance(seconds(20));
        assertThat(events).containsExactly("before 0", "ready 10", "after Stopped 10");
    }

    @Test
    void from_within_the_body_this_iteration_is_the_last() {
        everySecond().start(it -> {
            note("body");
            if (it.index() == 2) {
                it.loop().stop();
            }
        });
        loops.advance(seconds(10));
        assertThat(events).containsExactly("before 0", "body 0", "body 1", "body 2", "after Stopped 2");
    }

    @Test
    void a_paused_loop_ends_at_once() {
        Loop loop = everySecond().start(it -> note("body"));
        loops.settle();
        loop.pause();
        loops.advance(seconds(5));
        loop.stop();
        loops.settle();
        assertThat(events).containsExactly("before 0", "body 0", "after Stopped 5");
    }

    @Test
    void right_after_the_start_it_ends_the_run_without_an_iteration() {
        Loop loop = everySecond().start(it -> note("body"));
        loop.stop();
        loops.advance(seconds(5));
        assertThat(events).containsExactly("after Stopped 0");
    }

    @Test
    void a_failure_of_the_last_iteration_still_fails_the_run() {
        Loop loop = everySecond().start(it -> {
            it.sleep(seconds(5));
            throw new IllegalStateException("broken");
        });
        loops.settle();
        loop.stop();
        loops.advance(seconds(10));
        assertThat(events).containsExactly("before 0", "after Failed 5");
    }

    @Test
    void a_trigger_that_has_not_begun_does_not_begin() {
        Loop loop = noting().every(seconds(60)).start(it -> note("body"));
        loops.advance(seconds(1));
        loop.trigger();
        loop.stop();
        loops.advance(seconds(100));
        assertThat(events).containsExactly("before 0", "body 0", "after Stopped 1");
    }

    @Test
    void stopping_an_idle_loop_does_nothing_to_its_next_run() {
        Loop loop = everySecond().count(1).build(it -> note("body"));
        loop.stop();
        loop.start();
        loops.settle();
        loop.stop();
        loop.start();
        loops.settle();
        assertThat(events)
                .containsExactly("before 0", "body 0", "after Completed 0", "before 0", "body 0", "after Completed 0");
    }

    @Test
    void after_a_stop_a_cancel_cuts_the_last_iteration_short() {
        Loop loop = everySecond().start(it -> it.sleep(seconds(60)));
        loops.advance(seconds(1));
        loop.stop();
        loops.advance(seconds(1));
        loop.cancel();
        loops.settle();
        assertThat(events).containsExactly("before 0", "after Cancelled 2");
    }

    @Test
    void the_loop_has_no_next_slot_once_it_was_stopped() {
        Loop loop = everySecond().start(it -> it.sleep(seconds(60)));
        loops.settle();
        assertThat(loop.nextIteration()).isNotNull();
        loop.stop();
        assertThat(loop.nextIteration()).isNull();
    }
}
