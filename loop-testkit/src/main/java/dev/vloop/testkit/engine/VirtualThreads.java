package dev.vloop.testkit.engine;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What the JDK keeps to itself about virtual threads: that they have a scheduler, and how long they wait. Needs
 * {@code --add-opens java.base/java.lang=ALL-UNNAMED} (or the name of this module, where it is one).
 */
final class VirtualThreads {
    private final MethodHandle newBuilder;

    /** Before JDK 24 a thread does not remember its timeout, and these are null. */
    private final @Nullable Field timeout;

    private final @Nullable Field state;

    /** The state of a timed {@link Object#wait}, whose timeout is in milliseconds; others are in nanoseconds. */
    private final int timedWait;

    private VirtualThreads(MethodHandle newBuilder, @Nullable Field timeout, @Nullable Field state, int timedWait) {
        this.newBuilder = newBuilder;
        this.timeout = timeout;
        this.state = state;
        this.timedWait = timedWait;
    }

    /**
     * Looks whether this JDK lets us in.
     *
     * @throws ReflectiveOperationException if it has not got what we need
     * @throws RuntimeException if it does not let us
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
                    field(type, "TIMED_WAIT").getInt(null));
        } catch (NoSuchFieldException e) {
            return new VirtualThreads(newBuilder, null, null, 0);
        }
    }

    private static Field field(Class<?> type, String name) throws NoSuchFieldException {
        Field field = type.getDeclaredField(name);
        field.setAccessible(true);
        return field;
    }

    /** {@return a builder of threads which the executor runs} */
    Thread.Builder.OfVirtual builder(Executor executor) {
        try {
            return (Thread.Builder.OfVirtual) newBuilder.invoke(executor);
        } catch (Throwable e) {
            throw new IllegalStateException("no virtual thread with a scheduler of ours", e);
        }
    }

    /**
     * {@return how long the thread, which is in a timed wait, wanted to wait, in nanoseconds; -1 if this JDK does not
     * tell}
     */
    long timeoutOf(Thread thread) {
        if (timeout == null || state == null) {
            return -1;
        }
        try {
            long value = timeout.getLong(thread);
            return state.getInt(thread) == timedWait ? TimeUnit.MILLISECONDS.toNanos(value) : value;
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * {@return the thread which a task given to its scheduler continues: the only thread that the task external; null if
     * it holds none}
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
