package dev.vloop.vthreads.scopes;

import dev.vloop.vthreads.timer.JdkPark;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Tries the running JDK's {@code StructuredTaskScope} once, on real virtual threads and in real time, whatever host the runtime has. A
 * preview API may keep its methods and change what they do.
 */
final class ScopeProbe {
    private static final long LIMIT = 5_000_000_000L;
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
        Thread caller = Thread.currentThread();
        FutureTask<@Nullable String> probe = new FutureTask<>(ScopeProbe::forkTasks) {
            @Override
            protected void done() {
                LockSupport.unpark(caller);
            }
        };
        threads("vloop-scope-probe").newThread(probe).start();
        boolean interrupted = Thread.interrupted();
        long deadline = System.nanoTime() + LIMIT;
        while (!probe.isDone() && System.nanoTime() < deadline) {
            JdkPark.parkTrusting(deadline - System.nanoTime()); // not probe.get(..): that may lose a virtual thread
            interrupted |= Thread.interrupted();
        }
        String failure = resultOf(probe);
        if (interrupted) {
            caller.interrupt();
        }
        return failure == null
                ? null
                : "JDK " + Runtime.version().feature() + "'s StructuredTaskScope failed its probe: " + failure;
    }

    private static @Nullable String resultOf(FutureTask<@Nullable String> probe) {
        return switch (probe.state()) {
            case SUCCESS -> probe.resultNow();
            case FAILED -> probe.exceptionNow().toString();
            default -> {
                probe.cancel(true);
                yield "not over after " + LIMIT / 1_000_000_000L + " s";
            }
        };
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
