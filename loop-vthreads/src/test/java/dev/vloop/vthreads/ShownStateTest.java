package dev.vloop.vthreads;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.LoopState;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("R25, R35: the state that others see")
class ShownStateTest {
    private static LoopState shown(LoopState state, boolean inIteration, boolean none, int word, boolean paused) {
        return ShownState.of(state, inIteration, none, word, paused);
    }

    @Test
    void is_the_threads_own_before_after_and_around_the_iterations() {
        for (LoopState state : new LoopState[] {LoopState.IDLE, LoopState.STARTING, LoopState.ENDING}) {
            assertThat(shown(state, true, false, Control.STOP, true)).isEqualTo(state);
            assertThat(shown(state, false, true, 0, true)).isEqualTo(state);
        }
        assertThat(shown(LoopState.BACKING_OFF, false, true, Control.STOP, true))
                .as("beforeLoop is retried")
                .isEqualTo(LoopState.BACKING_OFF);
    }

    @Test
    void is_executing_or_backing_off_in_an_iteration_whatever_was_asked() {
        assertThat(shown(LoopState.WAITING, true, false, Control.STOP, true)).isEqualTo(LoopState.EXECUTING);
        assertThat(shown(LoopState.EXECUTING, true, false, Control.CANCEL, true))
                .isEqualTo(LoopState.EXECUTING);
        assertThat(shown(LoopState.BACKING_OFF, true, false, Control.STOP, true))
                .isEqualTo(LoopState.BACKING_OFF);
    }

    @Test
    void is_what_was_asked_for_between_iterations() {
        for (LoopState state : new LoopState[] {LoopState.WAITING, LoopState.PAUSED, LoopState.EXECUTING}) {
            assertThat(shown(state, false, false, Control.STOP, true)).isEqualTo(LoopState.ENDING);
            assertThat(shown(state, false, false, Control.CANCEL, false)).isEqualTo(LoopState.ENDING);
            assertThat(shown(state, false, false, Control.TRIGGER, true)).isEqualTo(LoopState.PAUSED);
            assertThat(shown(state, false, true, 0, false)).isEqualTo(LoopState.WAITING);
        }
        assertThat(shown(LoopState.BACKING_OFF, false, false, 0, false)).isEqualTo(LoopState.WAITING);
    }
}
