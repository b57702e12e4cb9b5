package dev.vloop.testkit.agent.boot;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Delayed;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RunnableScheduledFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Does on a thread of the test what the JDK would do on its own threads after a delay. */
public final class Delays {
    private Delays() {}

    /**
     * A future gets a time limit, from JDK 25 on.
     *
     * @param future the future
     * @param nanos the limit
     * @param action what to do then
     * @return whether the test does it
     */
    @SuppressWarnings("FutureReturnValueIgnored") // there is nothing to wait for
    public static boolean limit(CompletableFuture<?> future, long nanos, Runnable action) {
        TestTime test = VirtualTime.here();
        if (test == null) {
            return false;
        }
        Runnable cancel = test.after().apply(nanos, action);
        future.whenComplete((result, thrown) -> cancel.run());
        return true;
    }

    /**
     * A delayed executor gets work, from JDK 25 on.
     *
     * @param nanos the delay
     * @param executor who does it then
     * @param action the work
     * @return whether the test hands it on
     */
    public static boolean execute(long nanos, Executor executor, Runnable action) {
        return schedule(() -> executor.execute(action), nanos, TimeUnit.NANOSECONDS) != null;
    }

    /**
     * An action is given to the JDK's thread for delayed work.
     *
     * @param action the action
     * @param delay when
     * @param unit its unit
     * @return its handle; null: the test does not do it
     */
    public static @Nullable ScheduledFuture<?> schedule(Runnable action, long delay, TimeUnit unit) {
        return schedule(
                () -> {
                    action.run();
                    return null;
                },
                delay,
                unit);
    }

    /**
     * An action is given to the JDK's pool for delayed work.
     *
     * @param pool the pool
     * @param action the action
     * @param delay when
     * @param unit its unit
     * @return its handle; null: the test does not do it
     */
    public static @Nullable ScheduledFuture<?> schedule(Object pool, Runnable action, long delay, TimeUnit unit) {
        return schedule(action, delay, unit);
    }

    /**
     * An action with a result is given to the JDK's pool for delayed work.
     *
     * @param pool the pool
     * @param action the action
     * @param delay when
     * @param unit its unit
     * @return its handle; null: the test does not do it
     */
    public static @Nullable ScheduledFuture<?> schedule(Object pool, Callable<?> action, long delay, TimeUnit unit) {
        return schedule(action, delay, unit);
    }

    private static @Nullable ScheduledFuture<?> schedule(Callable<?> action, long delay, TimeUnit unit) {
        TestTime test = VirtualTime.here();
        return test == null ? null : new Later<>(test, action, unit.toNanos(delay));
    }

    /** The handle of an action to come. Any thread. */
    private static final class Later<T> extends FutureTask<T> implements RunnableScheduledFuture<T> {
        private final TestTime test;
        private final long deadline;
        private final Runnable cancel;

        Later(TestTime test, Callable<T> action, long nanos) {
            super(action);
            this.test = test;
            deadline = test.nanoTime().getAsLong() + nanos;
            cancel = test.after().apply(nanos, this);
        }

        @Override
        public boolean isPeriodic() {
            return false;
        }

        @Override
        public boolean cancel(boolean mayInterrupt) {
            cancel.run();
            return super.cancel(mayInterrupt);
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(deadline - test.nanoTime().getAsLong(), TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
        }
    }
}
