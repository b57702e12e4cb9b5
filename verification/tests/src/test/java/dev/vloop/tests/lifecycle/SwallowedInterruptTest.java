package dev.vloop.tests.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.Iteration;
import dev.vloop.Loop;
import dev.vloop.tests.support.VirtualTimeTest;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("R8: a swallowed interrupt")
class SwallowedInterruptTest extends VirtualTimeTest {
    private void swallow(Iteration it) {
        note("body");
        try {
            it.sleep(seconds(60));
        } catch (InterruptedException e) {
            note("swallowed");
        }
    }

    @Test
    void the_loop_ends_cancelled_before_another_iteration_begins() {
        Loop loop = everySecond().start(this::swallow);
        loops.advance(seconds(5));
        loop.cancel();
        loops.advance(seconds(60));
        assertThat(events).containsExactly("before 0", "body 0", "swallowed 5", "after Cancelled 5");
    }

    @Test
    void a_trigger_does_not_bring_another_iteration_either() {
        Loop loop = everySecond().start(this::swallow);
        loops.advance(seconds(5));
        loop.trigger();
        loop.cancel();
        loops.advance(seconds(60));
        assertThat(events).containsExactly("before 0", "body 0", "swallowed 5", "after Cancelled 5");
    }

    @Test
    void the_last_iteration_of_a_count_ends_cancelled_too() {
        Loop loop = everySecond().count(1).start(this::swallow);
        loops.advance(seconds(5));
        loop.cancel();
        loops.advance(seconds(60));
        assertThat(events).containsExactly("before 0", "body 0", "swallowed 5", "after Cancelled 5");
    }

    @Test
    void the_flag_does_not_leak_into_what_comes_next() {
        Loop loop = everySecond()
                .afterLoop(end -> {
                    loops.clock().sleep(seconds(1));
                    note("flushed");
                })
                .start(it -> it.loop().cancel());
        loops.advance(seconds(5));
        assertThat(events).containsExactly("before 0", "after Cancelled 0", "flushed 1");
        assertThat(loop.isRunning()).isFalse();
    }

    @Test
    void beforeLoop_that_swallows_it_is_followed_by_no_body() {
        Loop loop = everySecond()
                .beforeLoop(() -> {
                    try {
                        loops.clock().sleep(seconds(60));
                    } catch (InterruptedException e) {
                        note("swallowed");
                    }
                })
                .beforeLoop(() -> note("second hook"))
                .start(it -> note("body"));
        loops.advance(seconds(5));
        loop.cancel();
        loops.advance(seconds(60));
        assertThat(events).containsExactly("before 0", "swallowed 5", "after Cancelled 5");
    }
}
