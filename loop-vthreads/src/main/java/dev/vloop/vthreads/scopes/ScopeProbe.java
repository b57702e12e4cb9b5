package dev.vloop.vthreads.scopes;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Tries the running JDK's {@code StructuredTaskScope} once, on real virtual threads and in real time, whatever host the runtime has. A
 * preview API may keep its methods and change what they do.
 */
final class ScopeProbe {
    private static final long LIMIT_SECONDS = 5;
    private static final int TASKS = 2;

    private ScopeProbe() {}

    /**
     * {@return why there are no structured scopes; null if there are} It waits even if the caller is interrupted, and leaves the caller's
     * interrupt flag as it is.
     */
    static @Nullable String whyNot() {
        String missing = StructuredScope.SHAPE.missing;
        if (missing != null) {
            return missing;
        }
        FutureTask<@Nullable String> probe = new FutureTask<>(ScopeProbe::forkTasks);
        threads("vloop-scope-probe").newThread(probe).start();
        boolean interrupted = Thread.interrupted();
        String failure;
        while (true) {
            try {
                failure = probe.get(LIMIT_SECONDS, TimeUnit.SECONDS);
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            } catch (TimeoutException e) {
                probe.cancel(true);
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
                : "JDK " + Runtime.version().feature() + "'s StructuredTaskScope failed its probe: " + failure;
    }

    private static ThreadFactory threads(String name) {
        return Thread.ofVirtual()
                .name(name)
                .inheritInheritableThreadLocals(false)
                .factory();
    }

    /** The probe's thread. {@return what went wrong; null if nothing did} */
    private static @Nullable String forkTasks() {
        AtomicInteger ran = new AtomicInteger();
        TaskScope scope = new StructuredScope("vloop-scope-probe", threads("vloop-scope-probe-task"));
        try {
            for (int i = 0; i < TASKS; i++) {
                scope.fork(ran::incrementAndGet);
            }
        } finally {
            scope.close();
        }
        return ran.get() == TASKS ? null : ran.get() + " of " + TASKS + " tasks ran";
    }
}
