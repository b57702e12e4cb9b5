package dev.vloop.tests.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vloop.Iteration;
import dev.vloop.Loop;
import dev.vloop.LoopBuilder;
import dev.vloop.LoopState;
import dev.vloop.tests.support.VirtualTimeTest;
import java.io.IOException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("R10: trigger ends a backoff")
class TriggerInBackoffTest extends VirtualTimeTest {
    /** Whether the bot is connected. */
    private volatile boolean connected;

    private LoopBuilder withBackoff(long slots, long backoff) {
        return loops.loop("job").every(seconds(slots)).backoff((failure, random) -> seconds(backoff));
    }

    private void needsConnection(Iteration it) throws IOException {
        note(it.index() + "." + it.attempt());
        if (!connected) {
            throw new IOException("no connection");
        }
    }

    @Test
    void the_next_attempt_begins_now_and_no_burst_follows() {
        Loop loop = withBackoff(10, 100).start(this::needsConnection);
        loops.advance(seconds(25));
        connected = true;
        loop.trigger();
        loops.advance(seconds(20));
        assertThat(events).containsExactly("0.1 0", "0.2 25", "1.1 30", "2.1 40");
    }

    @Test
    void several_calls_ask_for_one_attempt() {
        Loop loop = withBackoff(1000, 100).start(this::needsConnection);
        loops.advance(seconds(5));
        loop.trigger();
        loop.trigger();
        loops.advance(seconds(50));
        assertThat(events).containsExactly("0.1 0", "0.2 5");
        assertThat(loop.status().state()).isEqualTo(LoopState.BACKING_OFF);
    }

    @Test
    void an_attempt_that_fails_again_has_a_backoff_again() {
        Loop loop = withBackoff(1000, 100).start(this::needsConnection);
        loops.advance(seconds(5));
        loop.trigger();
        loops.advance(seconds(120));
        assertThat(events).containsExactly("0.1 0", "0.2 5", "0.3 105");
    }

    @Test
    void also_while_the_loop_is_paused() {
        Loop loop = withBackoff(10, 100).start(this::needsConnection);
        loops.advance(seconds(5));
        loop.pause();
        connected = true;
        loop.trigger();
        loops.advance(seconds(100));
        assertThat(events).containsExactly("0.1 0", "0.2 5");
        assertThat(loop.status().state()).isEqualTo(LoopState.PAUSED);
    }

    @Test
    void asked_for_during_the_attempt_before_it_means_one_more_iteration_after_this_one() {
        Loop loop = withBackoff(1000, 10).start(it -> {
            note(it.index() + "." + it.attempt());
            if (it.index() == 0 && it.attempt() == 1) {
                it.sleep(seconds(2));
                throw new IOException("no connection");
            }
        });
        loops.advance(seconds(1));
        loop.trigger();
        loops.advance(seconds(50));
        assertThat(events).containsExactly("0.1 0", "0.2 12", "1.1 12");
    }

    @Test
    void a_loop_that_was_stopped_refuses_it_and_its_backoff_goes_on() {
        Loop loop = withBackoff(1000, 100).start(this::needsConnection);
        loops.advance(seconds(5));
        loop.stop();
        assertThatThrownBy(loop::trigger)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("is ending");
        loops.settle();
        assertThat(events).containsExactly("0.1 0");
    }

    @Test
    void iterations_that_overlap_all_leave_their_backoffs_and_none_is_added() {
        Loop loop = withBackoff(1, 100).maxConcurrent(2).start(this::needsConnection);
        loops.advance(seconds(5));
        connected = true;
        loop.trigger();
        loops.settle();
        assertThat(events.subList(2, events.size())).startsWith("0.2 5", "1.2 5");
        assertThat(loop.status().retries()).isEqualTo(2);
    }

    @Test
    void iterations_that_overlap_and_none_of_which_is_in_a_backoff_get_one_beside_them() {
        Loop loop = withBackoff(100, 100).maxConcurrent(3).start(it -> {
            note("body " + it.index());
            it.sleep(seconds(10));
        });
        loops.advance(seconds(5));
        loop.trigger();
        loops.advance(seconds(10));
        assertThat(events).containsExactly("body 0 0", "body 1 5");
    }

    @Test
    void the_backoff_of_beforeLoop_ends_too() {
        Loop loop = loops.loop("job")
                .every(seconds(10))
                .backoff((failure, random) -> seconds(100))
                .beforeLoop(() -> {
                    note("before");
                    if (!connected) {
                        throw new IOException("no connection");
                    }
                })
                .start(it -> note("body"));
        loops.advance(seconds(5));
        connected = true;
        loop.trigger();
        loops.settle();
        assertThat(events).containsExactly("before 0", "before 5", "body 5");
    }
}
