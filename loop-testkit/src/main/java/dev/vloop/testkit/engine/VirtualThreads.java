package dev.vloop.testkit.engine;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.util.concurrent.Delayed;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Access to internals of the JDK's virtual threads: their scheduler, and how long they wait. It needs
 * {@code loop-testkit-agent}, or {@link Engines#EXACT_FLAG}. Any thread may use it.
 */
final class VirtualThreads {
    /** Makes a builder of virtual threads with a scheduler. */
    private final MethodHandle newBuilder;

    /** How long a thread wants to wait. Null before JDK 24, where a thread does not remember it. */
    private final @Nullable Field timeout;

    /** The state of a thread. Null before JDK 24. */
    private final @Nullable Field state;

    /** What ends a thread's timed wait. Null before JDK 24. */
    private final @Nullable Field timeoutTask;

    /** The state of a thread in a timed {@link Object#wait}. Its timeout is in milliseconds, all others are in nanoseconds. */
    private final int timedWait;

    /** The state of a thread whose timed {@link Object#wait} the JDK has ended. */
    private final int unblocked;

    private VirtualThreads(
            MethodHandle newBuilder,
            @Nullable Field timeout,
            @Nullable Field state,
            @Nullable Field timeoutTask,
            int timedWait,
            int unblocked) {
        this.newBuilder = newBuilder;
        this.timeout = timeout;
        this.state = state;
        this.timeoutTask = timeoutTask;
        this.timedWait = timedWait;
        this.unblocked = unblocked;
    }

    /**
     * Gets access.
     *
     * @throws ReflectiveOperationException if this JDK does not have what we need
     * @throws RuntimeException if it does not let us use it
     */
    static VirtualThreads open() throws ReflectiveOperationException {
        Constructor<?> constructor =
                Class.forName("java.lang.ThreadBuilders$VirtualThreadBuilder").getDeclaredConstructor(Executor.class);
        constructor.setAccessible(true);
        MethodHandle newBuilder = MethodHandles.lookup().unreflectConstructor(constructor);
        try {
            Class<?> type = Class.forName("java.lang.VirtualThread");
            return new VirtualThreads(
                    newBuilder,
                    field(type, "timeout"),
                    field(type, "state"),
                    field(type, "timeoutTask"),
                    field(type, "TIMED_WAIT").getInt(null),
                    field(type, "UNBLOCKED").getInt(null));
        } catch (NoSuchFieldException e) {
            return new VirtualThreads(newBuilder, null, null, null, 0, 0);
        }
    }

    private static Field field(Class<?> type, String name) throws NoSuchFieldException {
        Field field = type.getDeclaredField(name);
        field.setAccessible(true);
        return field;
    }

    /** {@return a builder of virtual threads that run on this executor} */
    Thread.Builder.OfVirtual builder(Executor executor) {
        try {
            return (Thread.Builder.OfVirtual) newBuilder.invoke(executor);
        } catch (Throwable e) {
            throw new IllegalStateException("cannot make a virtual thread with a scheduler of our own", e);
        }
    }

    /**
     * {@return how long a thread wants to wait, in nanoseconds; -1 if this JDK does not tell} The thread must be in a
     * timed wait, or the JDK must have ended one just now.
     */
    long timeoutOf(Thread thread) {
        if (timeout == null || state == null) {
            return -1;
        }
        try {
            long value = timeout.getLong(thread);
            int now = state.getInt(thread);
            return now == timedWait || now == unblocked ? TimeUnit.MILLISECONDS.toNanos(value) : value;
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    /** {@return whether a thread is in a timed wait whose real time is over, or was until just now} False before JDK 24. On its carrier. */
    boolean isTimedOut(Thread thread) {
        if (timeoutTask == null) {
            return false;
        }
        try {
            return timeoutTask.get(thread) instanceof Delayed task && task.getDelay(TimeUnit.NANOSECONDS) <= 0;
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Ends a thread's timed {@link Object#wait} as its timeout does, on the calling thread.
     *
     * @return whether it was in one, and this JDK allows it
     */
    boolean endTimedWait(Thread thread) {
        if (timeoutTask == null || state == null) {
            return false;
        }
        try {
            if (state.getInt(thread) == timedWait && timeoutTask.get(thread) instanceof Runnable task) {
                task.run();
                return true;
            }
            return false;
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * {@return the thread that a task continues, null if there is none} The JDK gives such tasks to a thread's scheduler. The thread is
     * the only one that a field of the task refers to.
     */
    @Nullable
    Thread threadOf(Runnable task) {
        for (Field field : task.getClass().getDeclaredFields()) {
            if (Thread.class.isAssignableFrom(field.getType())) {
                try {
                    field.setAccessible(true);
                    return (Thread) field.get(task);
                } catch (IllegalAccessException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
        return null;
    }
}
