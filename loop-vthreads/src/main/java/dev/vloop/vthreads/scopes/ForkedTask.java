package dev.vloop.vthreads.scopes;

import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

/**
 * A task of a scope, as its thread runs it. It runs at most once, and tells the scope when it ends, whatever it throws. Either its thread
 * takes it, to run it; or the fork takes it, if that fails, so that it never runs. So the scope's count is right even if a factory throws
 * after it has started a thread, or runs a thread's body twice.
 */
final class ForkedTask implements Runnable, Callable<Boolean> {
    private static final AtomicIntegerFieldUpdater<ForkedTask> TAKEN =
            AtomicIntegerFieldUpdater.newUpdater(ForkedTask.class, "taken");

    private final TaskScope scope;
    private final Runnable task;

    /** 0, and 1 once somebody has taken it. Written through TAKEN only, by the task's thread or the owner. */
    @SuppressWarnings("unused")
    private volatile int taken;

    ForkedTask(TaskScope scope, Runnable task) {
        this.scope = scope;
        this.task = task;
    }

    @Override
    public void run() {
        call();
    }

    /**
     * Runs the task. It never throws, as a structured scope would then cancel its other tasks. It is a Callable because the
     * {@code StructuredTaskScope} of JDK 21 forks nothing else.
     */
    @Override
    public Boolean call() {
        if (!TAKEN.compareAndSet(this, 0, 1)) {
            return false;
        }
        try {
            task.run();
            return true;
        } catch (Throwable t) {
            tell(t);
            return false;
        } finally {
            scope.taskEnded();
        }
    }

    private static void tell(Throwable t) {
        Thread thread = Thread.currentThread();
        try {
            thread.getUncaughtExceptionHandler().uncaughtException(thread, t);
        } catch (Throwable failureOfTheHandler) {
            // ends here, as it does in a thread
        }
    }

    /** From now on the task cannot begin to run. {@return whether that is so; false if it has begun already} */
    boolean withdraw() {
        if (!TAKEN.compareAndSet(this, 0, 1)) {
            return false;
        }
        scope.taskEnded();
        return true;
    }
}
