package dev.vloop.tests.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vloop.Loop;
import dev.vloop.LoopEnd;
import dev.vloop.tests.support.VirtualTimeTest;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("R9: restart")
class RestartTest extends VirtualTimeTest {
    private Loop slowlyEnding() {
        return noting().every(seconds(10))
                .afterLoop(end -> {
                    loops.clock().sleep(seconds(3));
                    note("flushed");
                })
                .start(it -> note("body " + it.index()));
    }

    @Test
    void a_running_loop_is_cancelled_and_begins_anew_once_afterLoop_is_over() {
        Loop loop = slowlyEnding();
        loops.advance(seconds(15));
        loop.restart();
        loops.advance(seconds(14));
        assertThat(events)
                .containsExactly(
                        "before 0",
                        "body 0 0",
                        "body 1 10",
                        "after Cancelled 15",
                        "flushed 18",
                        "before 18",
                        "body 0 18",
                        "body 1 28");
    }

    @Test
    void an_idle_loop_is_started() {
        Loop loop = everySecond().count(1).build(it -> note("body"));
        loop.restart();
        loops.settle();
        assertThat(events).containsExactly("before 0", "body 0", "after Completed 0");
        loops.advance(seconds(5));
        loop.restart();
        loops.settle();
        assertThat(events)
                .containsExactly("before 0", "body 0", "after Completed 0", "before 5", "body 5", "after Completed 5");
    }

    @Test
    void several_calls_before_the_old_run_is_over_start_one_new_run() {
        Loop loop = slowlyEnding();
        loops.advance(seconds(5));
        loop.restart();
        loop.restart();
        loops.advance(seconds(1));
        loop.restart();
        loops.advance(seconds(1));
        loop.restart();
        loops.advance(seconds(5));
        assertThat(events)
                .containsExactly("before 0", "body 0 0", "after Cancelled 5", "flushed 8", "before 8", "body 0 8");
    }

    @Test
    void a_body_may_restart_its_own_loop() {
        loops.loop("job").every(seconds(1)).start(it -> {
            note("body " + it.index());
            if (it.index() == 2 && events.size() == 3) {
                it.loop().restart();
            }
        });
        loops.advance(seconds(4));
        assertThat(events).containsExactly("body 0 0", "body 1 1", "body 2 2", "body 0 2", "body 1 3", "body 2 4");
    }

    @Test
    @DisplayName("R10: a trigger while a restart is due is allowed and asks for nothing, as an iteration is at hand")
    void a_trigger_before_the_new_run_changes_nothing() {
        Loop loop = slowlyEnding();
        loops.advance(seconds(5));
        loop.restart();
        loop.trigger();
        loops.advance(seconds(1)); // in afterLoop
        loop.trigger();
        loops.advance(seconds(5));
        assertThat(events)
                .containsExactly("before 0", "body 0 0", "after Cancelled 5", "flushed 8", "before 8", "body 0 8");
    }

    @Test
    void afterLoop_may_restart_its_own_loop() {
        loops.loop("job")
                .every(seconds(1))
                .count(2)
                .afterLoop(end -> {
                    note("after");
                    if (events.size() < 6) {
                        loops.get("job").restart();
                    }
                })
                .start(it -> note("body " + it.index()));
        loops.advance(seconds(10));
        assertThat(events).containsExactly("body 0 0", "body 1 1", "after 1", "body 0 1", "body 1 2", "after 2");
    }

    @Test
    void beforeLoop_may_restart_its_own_loop() {
        loops.loop("job")
                .every(seconds(60))
                .beforeLoop(() -> {
                    note("before");
                    if (events.size() == 1) {
                        loops.get("job").restart();
                    }
                })
                .afterLoop(end -> note("after " + word(end)))
                .start(it -> note("body"));
        loops.advance(seconds(10));
        assertThat(events).containsExactly("before 0", "after Cancelled 0", "before 0", "body 0");
    }

    @Test
    void a_stop_takes_it_back() {
        Loop loop = slowlyEnding();
        loops.advance(seconds(5));
        loop.restart();
        loops.advance(seconds(1));
        loop.stop();
        loops.advance(seconds(60));
        assertThat(events).containsExactly("before 0", "body 0 0", "after Cancelled 5", "flushed 8");
        assertThat(loop.isRunning()).isFalse();
    }

    @Test
    void a_cancel_takes_it_back() {
        Loop loop = slowlyEnding();
        loops.advance(seconds(5));
        loop.restart();
        loops.advance(seconds(1));
        loop.cancel();
        loops.advance(seconds(60));
        assertThat(events).containsExactly("before 0", "body 0 0", "after Cancelled 5", "flushed 8");
    }

    @Test
    void a_restart_after_a_stop_brings_a_new_run() {
        Loop loop = slowlyEnding();
        loops.advance(seconds(5));
        loop.stop();
        loops.advance(seconds(1));
        loop.restart();
        loops.advance(seconds(6));
        assertThat(events)
                .containsExactly("before 0", "body 0 0", "after Stopped 5", "flushed 8", "before 8", "body 0 8");
    }

    @Test
    void many_restarts_one_after_another_each_begin_from_0() {
        Loop loop = loops.loop("job").every(seconds(1)).start(it -> note("body " + it.index()));
        for (int i = 0; i < 100; i++) {
            loops.settle();
            loop.restart();
        }
        loops.settle();
        assertThat(events).hasSize(101).containsOnly("body 0 0");
    }

    @Test
    void the_status_begins_afresh_and_remembers_the_last_end() {
        Loop loop = everySecond().start(it -> {});
        loops.advance(seconds(5));
        loop.restart();
        loops.settle();
        assertThat(loop.status().iterations()).isEqualTo(1);
        assertThat(loop.status().lastEnd()).isEqualTo(new LoopEnd.Cancelled(6));
    }

    @Test
    void the_loop_counts_as_running_all_the_time() {
        Loop loop = slowlyEnding();
        loops.advance(seconds(5));
        loop.restart();
        loops.advance(seconds(3));
        assertThat(loop.isRunning()).isTrue();
        assertThat(loop.startIfIdle()).isFalse();
    }

    @Test
    void a_removed_loop_does_not_come_back_by_a_restart_from_before() {
        Loop loop = slowlyEnding();
        loops.advance(seconds(5));
        loop.restart();
        loop.remove();
        loops.advance(seconds(60));
        assertThat(events).containsExactly("before 0", "body 0 0", "after Cancelled 5", "flushed 8");
    }

    @Test
    void after_the_close_of_the_runtime_it_is_refused() {
        Loop loop = everySecond().start(it -> {});
        loops.runtime().close();
        assertThatThrownBy(loop::restart)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("'job'");
    }

    @Test
    void a_restart_that_has_not_come_about_is_taken_back_by_the_close_of_the_runtime() {
        Loop loop = slowlyEnding();
        loops.advance(seconds(5));
        loop.restart();
        loops.runtime().close();
        assertThat(events).containsExactly("before 0", "body 0 0", "after Cancelled 5", "flushed 8");
        assertThat(loop.isRunning()).isFalse();
    }

    @Test
    void a_restart_during_the_close_of_the_runtime_does_not_come_about() {
        loops.loop("job")
                .every(seconds(1))
                .afterLoop(end -> {
                    note("after");
                    loops.clock().sleep(seconds(1));
                    loops.get("job").restart();
                })
                .start(it -> note("body"));
        loops.settle();
        loops.runtime().close();
        assertThat(events).containsExactly("body 0", "after 0");
    }

    @Test
    void after_a_cancel_it_does_not_interrupt_the_clean_up_again() {
        Loop loop = loops.loop("job").every(seconds(100)).start(it -> {
            note("body");
            try {
                it.sleep(seconds(1000));
            } finally {
                loops.clock().sleep(seconds(5));
                note("cleaned up");
            }
        });
        loops.advance(seconds(1));
        loop.cancel();
        loops.advance(seconds(2));
        loop.restart();
        loops.advance(seconds(10));
        assertThat(events).containsExactly("body 0", "cleaned up 6", "body 6");
    }
}
