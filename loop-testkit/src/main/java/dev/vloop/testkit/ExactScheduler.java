package dev.vloop.testkit;

import java.util.concurrent.Delayed;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * What the JDK sees as the scheduler of the test's threads. It is a ForkJoinPool because, from JDK 25 on, such a one is asked to schedule the timed waits
 * of its threads; nothing ever runs in the pool.
 */
final class ExactScheduler extends ForkJoinPool {
    private static final long MILLI = 1_000_000;

    private final Carrier carrier;
    private final ExactTimers timers;

    ExactScheduler(Carrier carrier, ExactTimers timers) {
        super(1);
        this.carrier = carrier;
        this.timers = timers;
    }

    @Override
    public void execute(Runnable task) {
        carrier.submit(task);
    }

    // Not marked as overriding: the method is new in 25, and we compile for 21.
    /** A timed wait of the JDK begins. */
    @SuppressWarnings("MissingOverride")
    public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
        carrier.knowsWait();
        long nanos = unit.toNanos(delay);
        // what the JDK has left of a wait is some microseconds short: rounded, or equal deadlines would change places
        long virtual = timers.now() + (nanos + MILLI - 1) / MILLI * MILLI;
        RealTimer timer = new RealTimer(virtual, System.nanoTime() + nanos, command);
        timers.add(timer);
        return new Wait(timer, timers);
    }

    /** Only ever cancelled. */
    private static final class Wait implements ScheduledFuture<Object> {
        private final RealTimer timer;
        private final ExactTimers timers;
        private volatile boolean cancelled;

        Wait(RealTimer timer, ExactTimers timers) {
            this.timer = timer;
            this.timers = timers;
        }

        @Override
        public boolean cancel(boolean mayInterruptIfRunning) {
            cancelled = true;
            timers.remove(timer);
            return true;
        }

        @Override
        public long getDelay(TimeUnit unit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int compareTo(Delayed other) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isCancelled() {
            return cancelled;
        }

        @Override
        public boolean isDone() {
            return cancelled;
        }

        @Override
        public Object get() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Object get(long timeout, TimeUnit unit) {
            throw new UnsupportedOperationException();
        }
    }
}
