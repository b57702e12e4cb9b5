package dev.vloop.tests.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vloop.Loop;
import dev.vloop.LoopState;
import dev.vloop.tests.support.VirtualTimeTest;
import java.io.IOException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("R1: start")
class StartTest extends VirtualTimeTest {
    @Test
    void a_run_is_beforeLoop_then_iterations_then_afterLoop() {
        everySecond().count(3).start(it -> note("body"));
        loops.advance(seconds(10));
        assertThat(events).containsExactly("before 0", "body 0", "body 1", "body 2", "after Completed 2");
    }

    @Test
    void building_a_loop_does_not_start_it() {
        Loop loop = everySecond().build(it -> note("body"));
        loops.advance(seconds(3));
        assertThat(events).isEmpty();
        assertThat(loop.isRunning()).isFalse();
        assertThat(loop.status().state()).isEqualTo(LoopState.IDLE);
    }

    @Test
    void start_returns_the_loop_itself() {
        Loop loop = everySecond().build(it -> {});
        assertThat(loop.start()).isSameAs(loop);
    }

    @Test
    void a_loop_that_has_ended_can_be_started_again_and_counts_from_0() {
        Loop loop = everySecond().count(2).start(it -> note("body " + it.index()));
        loops.advance(seconds(5));
        loop.start();
        loops.advance(seconds(5));
        assertThat(events)
                .containsExactly(
                        "before 0",
                        "body 0 0",
                        "body 1 1",
                        "after Completed 1",
                        "before 5",
                        "body 0 5",
                        "body 1 6",
                        "after Completed 6");
    }

    @Test
    void a_waiting_loop_refuses_a_start_and_names_itself_and_its_state() {
        Loop loop = everySecond().start(it -> note("body"));
        loops.settle();
        assertRefusesStart(loop, "WAITING");
        loops.advance(seconds(2));
        assertThat(events).containsExactly("before 0", "body 0", "body 1", "body 2");
    }

    @Test
    void a_loop_in_its_body_refuses_a_start() {
        Loop loop = everySecond().start(it -> it.sleep(seconds(5)));
        loops.settle();
        assertRefusesStart(loop, "EXECUTING");
    }

    @Test
    void a_loop_in_beforeLoop_refuses_a_start() {
        Loop loop =
                everySecond().beforeLoop(() -> loops.clock().sleep(seconds(5))).start(it -> {});
        loops.settle();
        assertRefusesStart(loop, "STARTING");
    }

    @Test
    void a_loop_between_attempts_refuses_a_start() {
        Loop loop = everySecond().backoff((failure, random) -> seconds(5)).start(it -> {
            throw new IOException("no network");
        });
        loops.settle();
        assertRefusesStart(loop, "BACKING_OFF");
    }

    @Test
    void a_paused_loop_refuses_a_start() {
        Loop loop = everySecond().start(it -> {});
        loop.pause();
        loops.settle();
        assertRefusesStart(loop, "PAUSED");
    }

    @Test
    void a_loop_in_afterLoop_refuses_a_start() {
        Loop loop = everySecond()
                .count(1)
                .afterLoop(end -> loops.clock().sleep(seconds(5)))
                .start(it -> {});
        loops.settle();
        assertRefusesStart(loop, "ENDING");
    }

    private static void assertRefusesStart(Loop loop, String state) {
        assertThatThrownBy(loop::start)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("'job'")
                .hasMessageContaining(state);
        assertThat(loop.status().state().name()).isEqualTo(state);
    }

    @Test
    void startIfIdle_tells_whether_it_started_a_run() {
        Loop loop = everySecond().build(it -> note("body"));
        assertThat(loop.startIfIdle()).isTrue();
        loops.advance(seconds(1));
        assertThat(loop.startIfIdle()).isFalse();
        loop.cancel();
        loops.settle();
        assertThat(loop.startIfIdle()).isTrue();
        loops.settle();
        assertThat(events).containsExactly("before 0", "body 0", "body 1", "after Cancelled 1", "before 1", "body 1");
    }

    @Test
    void startIfIdle_of_a_builder_hands_out_the_loop_that_runs() {
        Loop first = everySecond().startIfIdle(it -> note("first"));
        loops.settle();
        Loop second = everySecond().startIfIdle(it -> note("second"));
        loops.advance(seconds(1));
        assertThat(second).isSameAs(first);
        assertThat(events).containsExactly("before 0", "first 0", "first 1");
    }

    @Test
    void startIfIdle_of_a_builder_replaces_a_loop_that_does_not_run() {
        Loop first = everySecond().build(it -> note("first"));
        Loop second = everySecond().startIfIdle(it -> note("second"));
        loops.settle();
        assertThat(second).isNotSameAs(first);
        assertThat(loops.find("job")).isSameAs(second);
        assertThat(events).containsExactly("before 0", "second 0");
    }
}
