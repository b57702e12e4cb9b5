package dev.vloop.vthreads;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Tries the running JDK's {@code StructuredTaskScope} once, on real virtual threads and in real time, whatever the host
 * of the runtime that asks. A preview API may keep its methods and change what they do.
 */
final class ScopeSelfTest implements TaskScopes.Probe, Callable<@Nullable String> {
    private static final long LIMIT_SECONDS = 5;
    private static final int TASKS = 2;

    @Override
    public @Nullable String whyNot() {
        String missing = StructuredScope.SHAPE.missing;
        if (missing != null) {
            return missing;
        }
        FutureTask<@Nullable String> test = new FutureTask<>(this);
        Thread.ofVirtual()
                .name("vloop-scope-self-test")
                .inheritInheritableThreadLocals(false)
                .start(test);
        String failure = resultOf(test);
        return failure == null
                ? null
                : "JDK " + Runtime.version().feature() + "'s StructuredTaskScope failed its self-test: " + failure;
    }

    /** Waits whether the caller is interrupted or not, and leaves its flag as it is. */
    private static @Nullable String resultOf(FutureTask<@Nullable String> test) {
        long start = System.nanoTime();
        boolean interrupted = false;
        try {
            while (true) {
                long left = TimeUnit.SECONDS.toNanos(LIMIT_SECONDS) - (System.nanoTime() - start);
                try {
                    return test.get(left, TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (TimeoutException e) {
                    test.cancel(true);
                    return "not over after " + LIMIT_SECONDS + " s";
                } catch (ExecutionException e) {
                    return String.valueOf(e.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public @Nullable String call() {
        ThreadFactory factory = Thread.ofVirtual()
                .name("vloop-scope-self-test-task")
                .inheritInheritableThreadLocals(false)
                .factory();
        Ran ran = new Ran();
        TaskScope scope = new StructuredScope("vloop-scope-self-test", factory);
        try {
            for (int i = 0; i < TASKS; i++) {
                scope.fork(ran);
            }
        } finally {
            scope.close();
        }
        return ran.get() == TASKS ? null : ran.get() + " of " + TASKS + " tasks ran";
    }

    private static final class Ran extends AtomicInteger implements Runnable {
        private static final long serialVersionUID = 1;

        @Override
        public void run() {
            incrementAndGet();
        }
    }
}
