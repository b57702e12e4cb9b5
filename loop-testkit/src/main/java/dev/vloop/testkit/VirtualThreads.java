package dev.vloop.testkit;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * What the JDK keeps to itself about virtual threads: their scheduler. Needs {@code --add-opens java.base/java.lang=ALL-UNNAMED} (or the name
 * of this module, where it is one).
 */
final class VirtualThreads {
    private final MethodHandle newBuilder;
    private final Field scheduler;

    private VirtualThreads(MethodHandle newBuilder, Field scheduler) {
        this.newBuilder = newBuilder;
        this.scheduler = scheduler;
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
        Field scheduler = Class.forName("java.lang.VirtualThread").getDeclaredField("scheduler");
        scheduler.setAccessible(true);
        return new VirtualThreads(MethodHandles.lookup().unreflectConstructor(constructor), scheduler);
    }

    /** {@return a builder of threads which the executor runs} */
    Thread.Builder.OfVirtual builder(Executor executor) {
        try {
            return (Thread.Builder.OfVirtual) newBuilder.invoke(executor);
        } catch (Throwable e) {
            throw new IllegalStateException("no virtual thread with a scheduler of ours", e);
        }
    }

    boolean isRunBy(Thread thread, Executor executor) {
        try {
            return thread.isVirtual() && scheduler.get(thread) == executor;
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    /** {@return the thread which a task given to its scheduler continues: the only thread that the task holds; null if it holds none} */
    @Nullable Thread threadOf(Runnable task) {
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
