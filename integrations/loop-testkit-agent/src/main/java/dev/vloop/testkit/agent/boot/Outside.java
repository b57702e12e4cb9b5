package dev.vloop.testkit.agent.boot;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletableFuture.AsynchronousCompletionTask;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;
import org.jspecify.annotations.Nullable;

/** Work that a body hands to threads outside of its test. Time waits for it, although not for long. Any thread. */
public final class Outside {
    /** The test for which the calling thread, which belongs to no test, works now; null if it works for none. */
    private static final ThreadLocal<@Nullable TestTime> WORKS_FOR = new ThreadLocal<>();

    private Outside() {}

    /**
     * A pool with threads of its own, or one thread for each task, is handed work.
     *
     * @param pool the pool
     * @param work the work
     * @return whether it has been handed on, and time waits for it: so for tasks of {@link CompletableFuture}
     */
    public static boolean executes(Object pool, @Nullable Runnable work) {
        if (VirtualTime.isIdle() || !(work instanceof AsynchronousCompletionTask) || work instanceof Held) {
            return false;
        }
        TestTime test = caller();
        if (test == null || (pool instanceof ThreadPoolExecutor executor && Pools.isOfTest(executor))) {
            return false;
        }
        Held held = new Held(work, test);
        try {
            ((Executor) pool).execute(held);
        } catch (Throwable e) {
            held.over.run();
            throw e;
        }
        return true;
    }

    private static @Nullable TestTime caller() {
        TestTime test = VirtualTime.carrying();
        if (test != null) {
            return test;
        }
        return worksFor();
    }

    /** {@return the test for which the calling thread does work that a body handed it; null if it does none} */
    static @Nullable TestTime worksFor() {
        TestTime test = WORKS_FOR.get();
        return test != null && VirtualTime.isUnderWay(test) ? test : null;
    }

    /**
     * A body has got a future that the JDK completes on a thread of its own.
     *
     * @param future the future
     */
    @SuppressWarnings("FutureReturnValueIgnored") // there is nothing to wait for
    public static void completes(@Nullable CompletableFuture<?> future) {
        TestTime test = VirtualTime.isIdle() ? null : caller();
        if (test != null && future != null && !future.isDone()) {
            Runnable over = test.hold().get();
            future.whenComplete((result, thrown) -> over.run()); // after all that is made to depend on it later
        }
    }

    /** The work. It wakes who waits for it before time moves on. */
    private static final class Held implements Runnable, AsynchronousCompletionTask {
        private final Runnable work;
        private final TestTime test;
        private final Runnable over;

        Held(Runnable work, TestTime test) {
            this.work = work;
            this.test = test;
            over = test.hold().get();
        }

        @Override
        public void run() {
            TestTime before = WORKS_FOR.get();
            WORKS_FOR.set(test);
            try {
                work.run();
            } finally {
                if (before == null) {
                    WORKS_FOR.remove();
                } else {
                    WORKS_FOR.set(before);
                }
                over.run();
            }
        }
    }
}
