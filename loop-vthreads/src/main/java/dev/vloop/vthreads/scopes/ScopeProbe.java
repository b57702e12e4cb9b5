package dev.vloop.vthreads.scopes;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tries the running JDK's {@code StructuredTaskScope} once, on real virtual threads and in real time, whatever the host
 * of the runtime that asks. A preview API may keep its methods and change what they do. It supplies why there are no
 * structured scopes, or null if there are; called, it is the test, and run, a task of the test.
 */
final class ScopeProbe implements Supplier<@Nullable String>, Callable<@Nullable String>, Runnable {
    private static final long LIMIT_SECONDS = 5;
    private static final int TASKS = 2;

    private final AtomicInteger ran = new AtomicInteger();

    /** Waits whether the caller is interrupted or not, and leaves its flag as it is. */
    @Override
    public @Nullable String get() {
        String missing = StructuredScope.SHAPE.missing;
        if (missing != null) {
            return missing;
        }
        FutureTask<@Nullable String> test = new FutureTask<>(this);
        threads("vloop-scope-self-test").newThread(test).start();
        boolean interrupted = Thread.interrupted();
        String failure;
        while (true) {
            try {
                failure = test.get(LIMIT_SECONDS, TimeUnit.SECONDS);
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            } catch (TimeoutException e) {
                test.cancel(true);
                failure = "not over after " + LIMIT_SECONDS + " s";
                break;
            } catch (ExecutionException e) {
                failure = String.valueOf(e.getCause());
                break;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return failure == null
                ? null
                : "JDK " + Runtime.version().feature() + "'s StructuredTaskScope failed its self-test: " + failure;
    }

    private static ThreadFactory threads(String name) {
        return Thread.ofVirtual()
                .name(name)
                .inheritInheritableThreadLocals(false)
                .factory();
    }

    @Override
    public @Nullable String call() {
        TaskScope scope = new StructuredScope("vloop-scope-self-test", threads("vloop-scope-self-test-task"));
        try {
            for (int i = 0; i < TASKS; i++) {
                scope.fork(this);
            }
        } finally {
            scope.close();
        }
        return ran.get() == TASKS ? null : ran.get() + " of " + TASKS + " tasks ran";
    }

    @Override
    public void run() {
        ran.incrementAndGet();
    }
}
