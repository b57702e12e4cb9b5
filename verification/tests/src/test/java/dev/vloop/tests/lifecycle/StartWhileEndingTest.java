package dev.vloop.tests.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vloop.Loop;
import dev.vloop.LoopEnd;
import dev.vloop.LoopRuntime;
import dev.vloop.tests.support.VirtualTimeTest;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A bot that loses its connection stops its loops, and starts them when it is ready again, which may be a moment later. */
@DisplayName("R1: start while a run is about to end")
class StartWhileEndingTest extends VirtualTimeTest {
    /** A loop that takes three seconds to flush, in its first iteration's second. */
    private Loop flushing() {
        Loop loop = noting().every(seconds(10))
                .afterLoop(end -> {
                    loops.clock().sleep(seconds(3));
                    note("flushed");
                })
                .start(it -> note("body"));
        loops.settle();
        return loop;
    }

    @Test
    void startIfIdle_in_afterLoop_begins_a_run_when_that_is_over() {
        Loop loop = flushing();
        loop.cancel();
        loops.advance(seconds(1));
        assertThat(loop.startIfIdle()).isTrue();
        assertThat(loop.isRunning()).isTrue();
        loops.advance(seconds(12));
        assertThat(events)
                .containsExactly(
                        "before 0", "body 0", "after Cancelled 0", "flushed 3", "before 3", "body 3", "body 13");
    }

    @Test
    void startIfIdle_right_after_a_stop_begins_a_run_when_the_iteration_and_the_run_are_over() {
        Loop loop = noting().every(seconds(10)).start(it -> {
            note("body");
            it.sleep(seconds(2));
        });
        loops.advance(seconds(1));
        loop.stop();
        assertThat(loop.startIfIdle()).isTrue();
        loops.advance(seconds(3));
        assertThat(events).containsExactly("before 0", "body 0", "after Stopped 2", "before 2", "body 2");
    }

    @Test
    void only_the_first_of_several_starts_begins_one() {
        Loop loop = flushing();
        loop.cancel();
        assertThat(loop.startIfIdle()).isTrue();
        assertThat(loop.startIfIdle()).isFalse();
        loops.advance(seconds(5));
        assertThat(loop.startIfIdle()).isFalse();
        assertThat(events)
                .containsExactly("before 0", "body 0", "after Cancelled 0", "flushed 3", "before 3", "body 3");
    }

    @Test
    void a_run_that_waits_for_an_ending_one_is_not_lost_when_a_third_asks_for_the_name() {
        Loop first = flushing();
        first.cancel();
        loops.settle();
        Loop second = loops.loop("job").every(seconds(10)).startIfIdle(it -> note("second"));
        second.cancel();
        assertThat(first.startIfIdle()).isTrue();
        first.stop(); // takes that back
        Loop third = loops.loop("job").every(seconds(10)).startIfIdle(it -> note("third"));
        loops.advance(seconds(5));
        assertThat(second.status().lastEnd()).isEqualTo(new LoopEnd.Cancelled(0, List.of()));
        assertThat(third.isRunning()).isTrue();
        assertThat(events).containsExactly("before 0", "body 0", "after Cancelled 0", "flushed 3", "third 3");
        loops.runtime().close();
        assertThat(third.isRunning()).isFalse();
    }

    @Test
    void a_restart_that_is_due_is_a_start_already() {
        Loop loop = flushing();
        loop.restart();
        assertThat(loop.startIfIdle()).isFalse();
        loops.advance(seconds(5));
        assertThat(events)
                .containsExactly("before 0", "body 0", "after Cancelled 0", "flushed 3", "before 3", "body 3");
    }

    @Test
    void a_stop_takes_the_start_back() {
        Loop loop = flushing();
        loop.cancel();
        loop.startIfIdle();
        loop.stop();
        loops.advance(seconds(5));
        assertThat(loop.isRunning()).isFalse();
        assertThat(events).containsExactly("before 0", "body 0", "after Cancelled 0", "flushed 3");
    }

    @Test
    void startIfIdle_from_afterLoop_itself_begins_a_run() {
        loops.loop("job")
                .every(seconds(10))
                .count(1)
                .afterLoop(end -> {
                    note("after");
                    if (events.size() < 4) {
                        LoopRuntime.current().startIfIdle();
                    }
                })
                .start(it -> note("body"));
        loops.settle();
        assertThat(events).containsExactly("body 0", "after 0", "body 0", "after 0");
    }

    @Test
    void startIfIdle_of_a_builder_begins_the_new_body_when_the_old_run_is_over() {
        Loop first = flushing();
        first.cancel();
        loops.advance(seconds(1));
        Loop second = loops.loop("job").every(seconds(10)).startIfIdle(it -> note("new body"));
        assertThat(second).isNotSameAs(first);
        assertThat(second.isRunning()).isTrue();
        assertThat(loops.find("job")).isSameAs(second);
        loops.advance(seconds(12));
        assertThat(first.isRunning()).isFalse();
        assertThat(events)
                .containsExactly("before 0", "body 0", "after Cancelled 0", "flushed 3", "new body 3", "new body 13");
    }

    @Test
    void startIfIdle_of_a_builder_leaves_the_one_alone_that_waits_for_the_old_run() {
        flushing().cancel();
        Loop second = loops.loop("job").every(seconds(10)).startIfIdle(it -> note("second"));
        Loop third = loops.loop("job").every(seconds(10)).startIfIdle(it -> note("third"));
        assertThat(third).isSameAs(second);
        loops.advance(seconds(4));
        assertThat(events).containsExactly("before 0", "body 0", "after Cancelled 0", "flushed 3", "second 3");
    }

    @Test
    void a_start_that_waits_for_the_old_run_can_be_cancelled_and_another_can_follow() {
        flushing().cancel();
        Loop second = loops.loop("job").every(seconds(10)).startIfIdle(it -> note("second"));
        second.cancel();
        Loop third = loops.loop("job").every(seconds(10)).startIfIdle(it -> note("third"));
        assertThat(third).isNotSameAs(second);
        loops.advance(seconds(4));
        assertThat(second.status().lastEnd()).isEqualTo(new LoopEnd.Cancelled(0));
        assertThat(events).containsExactly("before 0", "body 0", "after Cancelled 0", "flushed 3", "third 3");
    }

    @Test
    void startIfIdle_of_a_replaced_loop_waits_for_the_run_that_has_its_name() {
        Loop first = loops.loop("job").every(seconds(10)).build(it -> note("first"));
        Loop second = flushing();
        assertThatThrownBy(first::startIfIdle).isInstanceOf(IllegalStateException.class);
        second.cancel();
        assertThat(first.startIfIdle()).isTrue();
        loops.advance(seconds(4));
        assertThat(loops.find("job")).isSameAs(first);
        assertThat(events).containsExactly("before 0", "body 0", "after Cancelled 0", "flushed 3", "first 3");
    }

    @Test
    void a_close_waits_for_a_start_that_waits_and_nothing_of_it_runs() {
        flushing().cancel();
        loops.loop("job").every(seconds(10)).startIfIdle(it -> note("second"));
        loops.runtime().close();
        assertThat(events).containsExactly("before 0", "body 0", "after Cancelled 0", "flushed 3");
        assertThatThrownBy(() -> loops.loop("job").every(seconds(10)).startIfIdle(it -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
    }

    @Test
    void the_refusal_of_start_names_the_way_that_works_in_that_state() {
        Loop loop = flushing();
        assertThatThrownBy(loop::start)
                .hasMessage(
                        "a loop 'job' is already running (WAITING, next 2000-01-01T00:00:10Z): startIfIdle(..) leaves it"
                                + " alone, restart() begins a new run, remove() makes room");
        loop.cancel();
        loops.advance(seconds(1));
        assertThatThrownBy(loop::start)
                .hasMessage("a loop 'job' is ending (ENDING): startIfIdle(..) begins a run as soon as this one is over,"
                        + " remove() frees the name at once");
        assertThatThrownBy(loop::trigger)
                .hasMessage("loop 'job' is ending: startIfIdle() begins a run as soon as this one is over");
        loop.startIfIdle();
        assertThatThrownBy(() -> loops.loop("job").every(seconds(1)).start(it -> {}))
                .hasMessage(
                        "a loop 'job' is ending (ENDING), and begins again as soon as that is over: stop() takes this"
                                + " back, remove() frees the name at once");
    }
}
