package dev.vloop.internal;

import dev.vloop.Loop;
import org.jspecify.annotations.Nullable;

/**
 * What an engine sets as the handler of uncaught exceptions of each thread that runs code for a loop. So the thread itself says which loop
 * it works for, which a thread-local would say, too, but only with a map for each thread of a waiting loop.
 */
public interface LoopThread extends Thread.UncaughtExceptionHandler {
    /** {@return the loop that the thread works for} */
    Loop loop();

    /** {@return the loop that the current thread works for; null if it works for none} */
    static @Nullable Loop current() {
        return Thread.currentThread().getUncaughtExceptionHandler() instanceof LoopThread thread ? thread.loop() : null;
    }

    /** Handles what the engine could not, as if nobody had set a handler. */
    @Override
    default void uncaughtException(Thread thread, Throwable thrown) {
        ThreadGroup group = thread.getThreadGroup();
        if (group != null) {
            group.uncaughtException(thread, thrown);
        }
    }

    /** The current thread works for a loop from now on. A handler that somebody has set keeps its part. */
    static void begin(LoopThread worker) {
        Thread current = Thread.currentThread();
        Thread.UncaughtExceptionHandler before = current.getUncaughtExceptionHandler();
        if (before != worker) {
            boolean isSet = !(before instanceof ThreadGroup) && !(before instanceof LoopThread);
            current.setUncaughtExceptionHandler(isSet ? new Handled(worker, before) : worker);
        }
    }

    /** With a handler that the thread had before. */
    record Handled(LoopThread worker, Thread.UncaughtExceptionHandler handler) implements LoopThread {
        @Override
        public Loop loop() {
            return worker.loop();
        }

        @Override
        public void uncaughtException(Thread thread, Throwable thrown) {
            handler.uncaughtException(thread, thrown);
        }
    }
}
