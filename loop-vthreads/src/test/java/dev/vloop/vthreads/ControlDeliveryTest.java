package dev.vloop.vthreads;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.LoopState;
import dev.vloop.spi.Host;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Requests that meet an interrupt which is on its way. */
class ControlDeliveryTest {
    /** A control word whose deliveries can be told, and met. */
    private static final class Told extends Control {
        final List<Integer> delivered = new ArrayList<>();
        Runnable meanwhile = () -> {};

        Told() {
            this(SystemHost.SHARED);
        }

        Told(Host host) {
            super(host);
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

    @Test
    @Timeout(30)
    @DisplayName("R6: code is not left while an interrupt is on its way to it, and who waits for that is woken")
    void who_leaves_waits_until_the_interrupt_has_landed() throws Exception {
        List<String> order = new CopyOnWriteArrayList<>();
        CountDownLatch interrupted = new CountDownLatch(1);
        CountDownLatch leaving = new CountDownLatch(1);
        CompletableFuture<Told> exposed = new CompletableFuture<>();
        CompletableFuture<Integer> left = new CompletableFuture<>();
        Thread.startVirtualThread(() -> {
            Told told = new Told(tellingOfParks(interrupted, leaving));
            told.meanwhile = () -> {
                interrupted.countDown();
                awaitUninterrupted(leaving);
                order.add("landed");
            };
            told.expose(LoopState.EXECUTING);
            exposed.complete(told);
            while (!Thread.currentThread().isInterrupted()) {
                LockSupport.park();
            }
            int word = told.leave();
            order.add("left");
            leaving.countDown();
            left.complete(word);
        });

        exposed.get().request(Control.CANCEL, 0);

        assertThat(left.get() & Control.FLAGGED).isNotZero();
        assertThat(order).containsExactly("landed", "left");
    }

    /**
     * {@return the real machine, which tells when somebody parks by it}
     *
     * @param interrupted what it waits for before that; the interrupt that has come then wakes nobody any more
     */
    private static Host tellingOfParks(CountDownLatch interrupted, CountDownLatch parks) {
        return WatchedHost.telling(method -> {
            if (method.equals("park")) {
                awaitUninterrupted(interrupted);
                LockSupport.unpark(Thread.currentThread());
                LockSupport.park(); // uses up the permit, which an interrupt leaves behind
                parks.countDown();
            }
        });
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
