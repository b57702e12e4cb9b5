package dev.vloop.tests.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vloop.Loop;
import dev.vloop.LoopEnd;
import dev.vloop.Schedule;
import dev.vloop.tests.support.VirtualTimeTest;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("R3: ends and joins")
class EndTest extends VirtualTimeTest {
    @Test
    void a_run_whose_count_is_reached_has_completed() throws Exception {
        Loop loop = everySecond().count(3).start(it -> {});
        assertThat(loop.join()).isEqualTo(new LoopEnd.Completed(3));
        assertThat(now()).isEqualTo("2");
    }

    @Test
    void a_run_whose_schedule_has_no_further_slot_has_completed() throws Exception {
        Loop loop = noting().schedule(Schedule.every(seconds(1)).limitedTo(2)).start(it -> note("body"));
        assertThat(loop.join()).isEqualTo(new LoopEnd.Completed(2));
        assertThat(events).containsExactly("before 0", "body 0", "body 1", "after Completed 1");
    }

    @Test
    void a_run_whose_schedule_has_no_slot_at_all_has_completed_without_an_iteration() throws Exception {
        Loop loop = noting().schedule(at -> null).start(it -> note("body"));
        assertThat(loop.join()).isEqualTo(new LoopEnd.Completed(0));
        assertThat(events).containsExactly("before 0", "after Completed 0");
    }

    @Test
    void a_run_that_was_stopped_has_stopped() throws Exception {
        Loop loop = everySecond().start(it -> {});
        loops.advance(seconds(1));
        loop.stop();
        LoopEnd end = loop.join();
        assertThat(end).isEqualTo(new LoopEnd.Stopped(2));
        assertThat(end.isCancelled()).isFalse();
        assertThat(end.isFailed()).isFalse();
    }

    @Test
    void a_run_that_was_cancelled_is_cancelled() throws Exception {
        Loop loop = everySecond().start(it -> {});
        loops.advance(seconds(1));
        loop.cancel();
        LoopEnd end = loop.join();
        assertThat(end).isEqualTo(new LoopEnd.Cancelled(2));
        assertThat(end.isCancelled()).isTrue();
    }

    @Test
    void an_iteration_that_was_cut_short_does_not_count() throws Exception {
        Loop loop = everySecond().start(it -> it.sleep(seconds(10)));
        loops.advance(seconds(15));
        loop.cancel();
        assertThat(loop.join()).isEqualTo(new LoopEnd.Cancelled(1));
    }

    @Test
    void a_run_that_failed_has_failed_with_its_cause() throws Exception {
        IllegalArgumentException cause = new IllegalArgumentException("broken");
        Loop loop = everySecond().start(it -> {
            if (it.index() == 2) {
                throw cause;
            }
        });
        LoopEnd end = loop.join();
        assertThat(end).isEqualTo(new LoopEnd.Failed(2, cause));
        assertThat(end.isFailed()).isTrue();
    }

    @Test
    void join_returns_after_afterLoop() throws Exception {
        Loop loop = everySecond()
                .count(1)
                .afterLoop(end -> loops.clock().sleep(seconds(7)))
                .start(it -> {});
        loop.join();
        assertThat(now()).isEqualTo("7");
        assertThat(loop.isRunning()).isFalse();
    }

    @Test
    void join_of_a_loop_that_has_ended_returns_the_last_end_at_once() throws Exception {
        Loop loop = everySecond().start(it -> {});
        loop.cancel();
        loops.settle();
        assertThat(loop.join()).isEqualTo(new LoopEnd.Cancelled(0));
        assertThat(loop.join(Duration.ZERO)).isEqualTo(new LoopEnd.Cancelled(0));
        assertThat(now()).isEqualTo("0");
    }

    @Test
    void join_with_a_limit_returns_nothing_when_the_time_is_over() throws Exception {
        Loop loop = everySecond().start(it -> {});
        assertThat(loop.join(seconds(5))).isNull();
        assertThat(now()).isEqualTo("5");
        assertThat(loop.isRunning()).isTrue();
    }

    @Test
    void join_with_a_limit_returns_the_end_when_it_comes_first() throws Exception {
        Loop loop = everySecond().count(3).start(it -> {});
        assertThat(loop.join(seconds(5))).isEqualTo(new LoopEnd.Completed(3));
        assertThat(now()).isEqualTo("2");
    }

    @Test
    void join_with_no_time_does_not_wait() throws Exception {
        Loop loop = everySecond().start(it -> note("body"));
        assertThat(loop.join(Duration.ZERO)).isNull();
        assertThat(now()).isEqualTo("0");
    }

    @Test
    void join_with_three_hundred_years_waits_for_the_end() throws Exception {
        Loop loop = everySecond().count(2).start(it -> {});
        assertThat(loop.join(Duration.ofDays(365L * 300))).isEqualTo(new LoopEnd.Completed(2));
    }

    @Test
    void join_of_a_loop_that_was_never_started_is_refused() {
        Loop loop = everySecond().build(it -> {});
        assertThatThrownBy(loop::join).isInstanceOf(IllegalStateException.class).hasMessageContaining("'job'");
        assertThatThrownBy(() -> loop.join(seconds(1))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_joining_thread_that_is_interrupted_stops_waiting() {
        Loop loop = everySecond().start(it -> {});
        Thread.currentThread().interrupt();
        assertThatThrownBy(loop::join).isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
        assertThat(loop.isRunning()).isTrue();
    }

    @Test
    void a_joining_thread_that_is_interrupted_hears_of_that_although_the_run_has_ended() {
        Loop loop = everySecond().count(1).start(it -> {});
        loops.settle();
        assertThat(loop.isRunning()).isFalse();
        Thread.currentThread().interrupt();
        assertThatThrownBy(loop::join).isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void one_loop_may_wait_for_another() {
        Loop first = everySecond().count(3).build(it -> {});
        loops.loop("watcher")
                .every(seconds(100))
                .count(1)
                .start(it -> note("saw " + word(first.start().join())));
        loops.advance(seconds(5));
        assertThat(events).contains("saw Completed 2");
    }

    @Test
    void several_threads_may_wait_for_the_same_end() {
        Loop first = everySecond().start(it -> {});
        for (int i = 0; i < 3; i++) {
            String name = "watcher " + i;
            loops.loop(name).every(seconds(100)).start(it -> note(name + " saw " + word(first.join())));
        }
        loops.settle();
        first.stop();
        loops.settle();
        assertThat(events).contains("watcher 0 saw Stopped 0", "watcher 1 saw Stopped 0", "watcher 2 saw Stopped 0");
    }

    @Test
    void the_runtime_can_be_joined_until_no_loop_runs() throws Exception {
        loops.loop("short").every(seconds(1)).count(2).start(it -> {});
        loops.loop("long").every(seconds(1)).count(6).start(it -> {});
        loops.join();
        assertThat(now()).isEqualTo("5");
        assertThat(loops.loops()).isEmpty();
        loops.join();
    }

    @Test
    void join_of_the_runtime_with_no_time_only_looks() throws Exception {
        assertThat(loops.join(Duration.ZERO)).isTrue();
        Loop loop = everySecond().start(it -> {});
        assertThat(loops.join(Duration.ZERO)).isFalse();
        loop.cancel();
        loops.settle();
        assertThat(loops.join(Duration.ZERO)).isTrue();
        assertThat(now()).isEqualTo("0");
    }

    @Test
    void a_run_that_has_failed_and_is_cancelled_by_the_handler_of_its_failure_has_failed() {
        RuntimeException cause = new RuntimeException("broken");
        Loop loop = everySecond().onFailure(failure -> failure.loop().cancel()).start(it -> {
            throw cause;
        });
        loops.settle();
        assertThat(loop.status().lastEnd()).isEqualTo(new LoopEnd.Failed(0, cause));
        assertThat(events).containsExactly("before 0", "after Failed 0");
    }

    @Test
    void a_thread_that_joins_a_run_is_told_its_end_although_another_run_follows_at_once() {
        Loop loop = everySecond().start(it -> {});
        loops.loop("watcher").every(seconds(100)).start(it -> note("saw " + loop.join()));
        loops.loop("other watcher").every(seconds(100)).start(it -> note("saw " + loop.join(seconds(50))));
        loops.advance(seconds(1));
        loop.restart();
        loops.settle();
        assertThat(events)
                .containsExactlyInAnyOrder(
                        "before 0",
                        "after Cancelled 1",
                        "saw Cancelled[iterations=2] 1",
                        "saw Cancelled[iterations=2] 1",
                        "before 1");
    }
}
