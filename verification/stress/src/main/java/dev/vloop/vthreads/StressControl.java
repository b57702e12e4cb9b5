package dev.vloop.vthreads;

import dev.vloop.LoopState;
import dev.vloop.spi.Host;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** A control word whose interrupts and wake-ups are counted. */
class StressControl extends Control {
    /** Interrupts that came when nothing was exposed any more. */
    final AtomicInteger stray = new AtomicInteger();

    final AtomicInteger cancels = new AtomicInteger();
    final AtomicInteger timeouts = new AtomicInteger();
    private final StressHost host;

    StressControl() {
        this(new StressHost(true));
    }

    /** {@return one whose code is exposed, on no thread in particular: interrupts are only counted} */
    static StressControl exposed() {
        StressControl control = new StressControl(new StressHost(false));
        control.bindToCurrentThread();
        control.expose(LoopState.EXECUTING);
        return control;
    }

    private StressControl(StressHost host) {
        super(host);
        this.host = host;
        host.control = this;
    }

    /** {@return whether the thread was woken, or its park would have returned at once} */
    boolean wasUnparked() {
        return host.unparked;
    }

    @Override
    void interruptForks(int reason) {}

    @Override
    void interruptDelivered(int reason) {
        (reason == CANCEL ? cancels : timeouts).incrementAndGet();
    }

    private static final class StressHost implements Host {
        final boolean interrupts;
        volatile boolean unparked;
        volatile StressControl control;

        StressHost(boolean interrupts) {
            this.interrupts = interrupts;
        }

        @Override
        public void interrupt(Thread thread) {
            if (interrupts) {
                thread.interrupt();
            }
            if (!control.has(EXPOSED)) {
                control.stray.incrementAndGet();
            }
        }

        @Override
        public void park(long deadline) {
            LockSupport.park(this);
        }

        @Override
        public void unpark(Thread thread) {
            unparked = true;
            LockSupport.unpark(thread);
        }

        @Override
        public long nanoTime() {
            return 0;
        }

        @Override
        public Instant instant() {
            throw new UnsupportedOperationException();
        }

        @Override
        public RandomGenerator random() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Thread newThread(String name, Runnable body) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void sleepUntil(long deadline) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Alarm alarm(long deadline, Runnable action) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Alarm onClockJump(Consumer<Duration> listener) {
            throw new UnsupportedOperationException();
        }
    }
}
