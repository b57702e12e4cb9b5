package dev.vloop.tests.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vloop.Loop;
import dev.vloop.LoopState;
import dev.vloop.tests.support.VirtualTimeTest;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("R12: the grace of a shutdown")
class ShutdownGraceTest extends VirtualTimeTest {
    private Loop inBackoff(String name, long length) {
        return loops.loop(name)
                .every(seconds(1000))
                .backoff((failure, random) -> seconds(length))
                .afterLoop(end -> note(name + " " + word(end)))
                .start(it -> {
                    if (it.attempt() == 1) {
                        throw new IOException("no network");
                    }
                });
    }

    @Test
    void a_run_in_beforeLoop_is_cancelled_at_once() {
        Loop loop = noting().beforeLoop(() -> loops.clock().sleep(seconds(100)))
                .every(seconds(1))
                .start(it -> note("body"));
        loops.advance(seconds(1));
        assertThat(loops.runtime().shutdown(seconds(30))).containsExactly(loop);
        assertThat(events).containsExactly("before 0", "after Cancelled 1");
    }

    @Test
    void a_backoff_that_outlasts_the_grace_is_cancelled_at_once_and_a_shorter_one_is_not() {
        Loop longer = inBackoff("long", 100);
        inBackoff("short", 10);
        loops.advance(seconds(1));
        assertThat(loops.runtime().shutdown(seconds(30))).containsExactly(longer);
        assertThat(events).containsExactly("long Cancelled 1", "short Stopped 10");
    }

    @Test
    void a_backoff_that_begins_during_the_grace_and_outlasts_it_is_cancelled_at_once() {
        Loop loop = noting().every(seconds(1000))
                .backoff((failure, random) -> seconds(100))
                .start(it -> {
                    it.sleep(seconds(5));
                    throw new IOException("no network");
                });
        loops.advance(seconds(1));
        assertThat(loops.runtime().shutdown(seconds(30))).containsExactly(loop);
        assertThat(events).containsExactly("before 0", "after Cancelled 5");
    }

    @Test
    void an_overlapping_iteration_in_a_long_backoff_does_not_cut_the_others_short() {
        Loop loop = noting().every(seconds(1))
                .maxConcurrent(2)
                .backoff((failure, random) -> seconds(100))
                .start(it -> {
                    if (it.index() == 0) {
                        throw new IOException("no network");
                    }
                    it.sleep(seconds(10));
                    note("body");
                });
        loops.advance(seconds(2));
        assertThat(loops.runtime().shutdown(seconds(30))).containsExactly(loop);
        assertThat(events).containsExactly("before 0", "body 11", "after Cancelled 11");
    }

    @Test
    void a_loop_that_was_in_afterLoop_only_did_not_have_to_be_cancelled() {
        loops.loop("flushes")
                .every(seconds(1000))
                .afterLoop(end -> loops.clock().sleep(seconds(50)))
                .start(it -> {});
        loops.advance(seconds(1));
        assertThat(loops.runtime().shutdown(seconds(10))).isEmpty();
        assertThat(now()).isEqualTo("51");
    }

    @Test
    void a_loop_that_its_user_had_cancelled_did_not_have_to_be_cancelled() {
        Loop loop = loops.loop("deaf").every(seconds(1000)).start(it -> {
            try {
                it.sleep(seconds(100));
            } catch (InterruptedException e) {
                loops.clock().sleep(seconds(50));
            }
        });
        loops.advance(seconds(1));
        loop.cancel();
        assertThat(loops.runtime().shutdown(seconds(10))).isEmpty();
    }

    @Test
    void the_log_says_for_whom_it_waits_and_whom_it_has_cancelled() {
        loops.loop("idle").every(seconds(1000)).start(it -> {});
        loops.loop("busy").every(seconds(1000)).start(it -> it.sleep(seconds(100)));
        loops.advance(seconds(1));
        loops.runtime().shutdown(seconds(10));
        assertThat(log.messages(Level.INFO))
                .satisfiesExactly(
                        line -> assertThat(line).contains("waits up to 10 s for loop 'busy' (EXECUTING)"),
                        line -> assertThat(line)
                                .contains("has cancelled loop 'busy'")
                                .doesNotContain("idle"));
    }

    @Test
    void the_log_names_ten_loops_at_most_and_says_how_many_more_there_are() {
        for (int i = 0; i < 12; i++) {
            loops.loop("busy " + i).every(seconds(1000)).start(it -> it.sleep(seconds(100)));
        }
        loops.advance(seconds(1));
        loops.runtime().shutdown(seconds(10));
        assertThat(log.messages(Level.INFO))
                .hasSize(2)
                .allSatisfy(line -> assertThat(line)
                        .contains("loop 'busy 0'", "loop 'busy 9'")
                        .doesNotContain("busy 10")
                        .endsWith(" and 2 more"));
    }

    @Test
    void a_shutdown_that_need_not_wait_says_nothing() {
        loops.loop("idle").every(seconds(1000)).start(it -> {});
        loops.advance(seconds(1));
        loops.runtime().shutdown(seconds(10));
        assertThat(log.messages(Level.INFO)).isEmpty();
    }

    @Test
    void stopAll_does_the_same_and_leaves_the_runtime_open() {
        Loop busy = loops.loop("busy").every(seconds(1000)).start(it -> it.sleep(seconds(100)));
        Loop idle = loops.loop("idle").every(seconds(1000)).start(it -> note("idle"));
        loops.advance(seconds(1));
        assertThat(loops.runtime().stopAll(seconds(10))).containsExactly(busy);
        assertThat(busy.isRunning()).isFalse();
        assertThat(idle.isRunning()).isFalse();
        idle.start();
        loops.settle();
        assertThat(events).containsExactly("idle 0", "idle 11");
    }

    @Test
    void stopAll_does_not_wait_for_a_loop_that_begins_meanwhile() {
        loops.loop("busy").every(seconds(1000)).start(it -> {
            it.sleep(seconds(5));
            loops.runtime().loop("new").every(seconds(1000)).start(other -> note("new"));
        });
        loops.advance(seconds(1));
        assertThat(loops.runtime().stopAll(seconds(10))).isEmpty();
        assertThat(now()).isEqualTo("5");
        assertThat(loops.runtime().find("new"))
                .satisfies(found -> assertThat(found.isRunning()).isTrue());
        loops.settle();
        assertThat(events).containsExactly("new 5");
    }

    @Test
    void stopAll_takes_back_a_restart() {
        Loop loop = noting().every(seconds(1000))
                .afterLoop(end -> loops.clock().sleep(seconds(1)))
                .start(it -> note("body"));
        loops.settle();
        loop.restart();
        loops.runtime().stopAll(seconds(10));
        assertThat(loop.isRunning()).isFalse();
        assertThat(events).containsExactly("before 0", "body 0", "after Cancelled 0");
    }

    @Test
    @DisplayName(
            "R1: what is started during the grace of stopAll begins, also if the run before it had to be cancelled")
    void a_start_during_the_grace_of_stopAll_is_kept_although_the_run_before_it_had_to_be_cancelled() {
        Loop busy = loops.loop("busy").every(seconds(1000)).start(it -> {
            note("busy");
            it.sleep(seconds(100));
        });
        loops.loop("starter").every(seconds(1000)).start(it -> {
            it.sleep(seconds(5));
            note("starts " + busy.startIfIdle());
        });
        loops.advance(seconds(1));
        assertThat(loops.runtime().stopAll(seconds(10))).containsExactly(busy);
        loops.settle();
        assertThat(events).containsExactly("busy 0", "starts true 5", "busy 11");
        assertThat(busy.isRunning()).isTrue();
    }

    @Test
    void a_thread_of_a_loop_is_refused() {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        loops.loop("job").every(seconds(1000)).start(it -> {
            try {
                loops.runtime().stopAll(seconds(1));
            } catch (IllegalStateException e) {
                thrown.set(e);
            }
        });
        loops.settle();
        assertThat(thrown.get()).hasMessageContaining("stopAll").hasMessageContaining("'job'");
        assertThatThrownBy(() -> loops.runtime().stopAll(seconds(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("grace");
    }

    @Test
    void join_of_a_runtime_may_have_a_limit() throws InterruptedException {
        loops.loop("once").every(seconds(1)).count(1).start(it -> it.sleep(seconds(5)));
        assertThat(loops.runtime().join(seconds(2))).isFalse();
        assertThat(now()).isEqualTo("2");
        assertThat(loops.runtime().join(seconds(20))).isTrue();
        assertThat(now()).isEqualTo("5");
    }

    @Test
    @DisplayName("R10: trigger of a loop that is ending throws, unless a restart is due")
    void trigger_of_a_loop_that_is_ending_throws_unless_a_restart_is_due() {
        Loop loop = noting().every(seconds(1000))
                .afterLoop(end -> loops.clock().sleep(seconds(5)))
                .start(it -> note("body"));
        loops.settle();
        loop.stop();
        loops.advance(seconds(1));
        assertThat(loop.status().state()).isEqualTo(LoopState.ENDING);
        assertThatThrownBy(loop::trigger)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("'job'")
                .hasMessageContaining("ending");
        loop.restart();
        loop.trigger();
        loops.advance(seconds(10));
        assertThat(events).containsExactly("before 0", "body 0", "after Stopped 0", "before 5", "body 5");
    }

    @Test
    void after_stopAll_is_over_a_loop_that_is_stopped_makes_its_retries() {
        loops.runtime().stopAll(seconds(1));
        Loop loop = inBackoff("later", 100);
        loops.advance(seconds(10));
        loop.stop();
        loops.advance(seconds(100));
        assertThat(events).containsExactly("later Stopped 100");
    }
}
