package dev.vloop.vthreads.scopes;

import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

/**
 * A task in its scope, as its thread runs it: once, told to the scope when over, whatever it throws. It is taken either
 * by its thread, to run it, or by a fork that failed, so that it never runs; a factory that throws after it has started
 * a thread, or that runs a thread's body twice, cannot upset the scope's count.
 */
final class ForkedTask implements Runnable, Callable<Boolean> {
    private static final AtomicIntegerFieldUpdater<ForkedTask> TAKEN =
            AtomicIntegerFieldUpdater.newUpdater(ForkedTask.class, "taken");

    private final TaskScope scope;
    private final Runnable task;

    /** 0, then 1. Written through TAKEN only, by the task's thread or the owner. */
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
     * Runs the task; for a {@code StructuredTaskScope}, as JDK 21's forks no Runnable, in no deeper frame than it must. It never
     * throws: the scope would cancel its other tasks.
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

    /** Sees to it that the task never runs, unless it already does. */
    void withdraw() {
        if (TAKEN.compareAndSet(this, 0, 1)) {
            scope.taskEnded();
        }
    }
}
