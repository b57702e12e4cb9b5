package dev.vloop.vthreads;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a word says of a run, where no other thread may be there in time to see it. */
class ControlWordTest {
    private static final class Word extends Control {
        Word() {
            super(SystemHost.SHARED);
        }

        @Override
        void interruptForks(int reason) {}

        @Override
        void interruptDelivered(int reason) {}
    }

    private final Word word = new Word();

    @Test
    @DisplayName("R9: between the old run and the new one of a restart the loop counts as running")
    void a_run_goes_on_at_its_end_if_another_follows() {
        word.note(Control.RESTART);
        assertThat(word.endAndAskForRestart()).isTrue();
        assertThat(word.goesOn()).isTrue();
        word.forget(Control.RESTART);
        assertThat(word.goesOn()).isFalse();
    }

    @Test
    @DisplayName("a run that has ended does not go on")
    void a_run_that_has_ended_does_not_go_on() {
        assertThat(word.goesOn()).isTrue();
        assertThat(word.endAndAskForRestart()).isFalse();
        assertThat(word.goesOn()).isFalse();
    }
}
