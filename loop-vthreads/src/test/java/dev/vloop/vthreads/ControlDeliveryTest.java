package dev.vloop.vthreads;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.LoopState;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Requests that meet an interrupt which is on its way. */
class ControlDeliveryTest {
    /** A control word whose deliveries can be told, and met. */
    private static final class Told extends Control {
        final List<Integer> delivered = new ArrayList<>();
        Runnable meanwhile = () -> {};

        Told() {
            super(SystemHost.SHARED);
            bindToCurrentThread();
        }

        @Override
        void interruptForks(int reason) {}

        @Override
        void interruptDelivered(int reason) {
            delivered.add(reason);
            Runnable once = meanwhile;
            meanwhile = () -> {};
            once.run();
        }
    }

    private final Told control = new Told();

    @AfterEach
    void clearFlag() {
        Thread.interrupted();
    }

    @Test
    @DisplayName(
            "R6: a cancel that arrives while a timeout is being delivered interrupts code that has swallowed the timeout's")
    void a_cancel_that_meets_a_timeout_interrupts_too() {
        control.expose(LoopState.EXECUTING);
        control.meanwhile = () -> {
            assertThat(Thread.interrupted()).isTrue(); // the code swallows it, as the deliverer is not through yet
            control.request(Control.CANCEL, 0);
        };

        control.request(Control.TIMEOUT, 0);

        assertThat(Thread.currentThread().isInterrupted()).isTrue();
        assertThat(control.delivered).containsExactly(Control.TIMEOUT, Control.CANCEL);
        assertThat(control.leave() & Control.FLAGGED).isNotZero();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    @DisplayName("R6, R31: a timeout and then a cancel interrupt once each")
    void a_timeout_and_then_a_cancel_interrupt_once_each() {
        control.expose(LoopState.EXECUTING);

        control.request(Control.TIMEOUT, 0);
        control.request(Control.CANCEL, 0);

        assertThat(control.delivered).containsExactly(Control.TIMEOUT, Control.CANCEL);
    }

    @Test
    @DisplayName("R6: a second cancel does not interrupt again")
    void a_second_cancel_does_not_interrupt_again() {
        control.expose(LoopState.EXECUTING);
        control.meanwhile = () -> {
            assertThat(Thread.interrupted()).isTrue();
            control.request(Control.CANCEL, 0);
        };

        control.request(Control.CANCEL, 0);
        control.request(Control.CANCEL, 0);

        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(control.delivered).containsExactly(Control.CANCEL);
    }

    @Test
    @DisplayName("R4: a cancel that finds no exposed code does not interrupt")
    void a_cancel_that_finds_no_exposed_code_does_not_interrupt() {
        control.expose(LoopState.EXECUTING);
        control.leave();
        control.beginEnding();

        control.request(Control.CANCEL, 0);

        assertThat(control.delivered).isEmpty();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(control.expose(LoopState.EXECUTING)).isFalse();
    }
}
