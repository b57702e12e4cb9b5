package dev.vloop.vthreads.scopes;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.locks.LockSupport;

/**
 * A container of threads: what the engine needs of a structured task scope, and no more. It knows nothing of failures,
 * results, timeouts and interrupts of its tasks; that is the engine's policy.
 *
 * <p>The thread that opened a scope owns it: it alone forks and closes, and it closes an inner scope before an outer
 * one. What {@link TaskScopes} opens behaves alike on every JDK; only the view in thread dumps and the inheritance of
 * scoped values depend on the kind. This class is the plain kind, on final APIs alone: its threads have no group of their
 * own in thread dumps and inherit no scoped values. Its close returns when the tasks are over, perhaps some instructions
 * before their threads are: {@code Thread.join} is slow on virtual threads from JDK 27 on, and nobody could tell.
 *
 * <p>The count of tasks is kept although a {@code StructuredTaskScope} has one of its own. Its {@code join} can be
 * interrupted, on JDK 25 cannot be tried again then, and leaves only its {@code close}, which interrupts the tasks. Here
 * the tasks are over before either is called.
 *
 * <p>The owner sets {@code closing} and then reads {@code live}; the last task lowers {@code live} and then reads
 * {@code closing}. Both are volatile, so one of the two sees the other, and the owner is unparked only when it may be
 * parked here: a supervisor whose loops come and go gets no stray permits.
 */
public class TaskScope {
    private static final AtomicIntegerFieldUpdater<TaskScope> LIVE =
            AtomicIntegerFieldUpdater.newUpdater(TaskScope.class, "live");

    /** In messages, and for a structured scope in thread dumps. */
    final String name;

    /** Makes the threads of the tasks. */
    final ThreadFactory factory;

    /** The thread that opened the scope. */
    private final Thread owner = Thread.currentThread();

    /** Tasks forked and not ended. Raised by the owner, lowered by the tasks, through LIVE only. */
    private volatile int live;

    /** Whether close was called. Written by the owner, read by tasks that end. */
    private volatile boolean closing;

    /**
     * Opens a plain scope that the current thread owns.
     *
     * @param name its name in messages
     * @param factory makes the threads of its tasks, on the owner, within fork
     */
    public TaskScope(String name, ThreadFactory factory) {
        this.name = requireNonNull(name, "name");
        this.factory = requireNonNull(factory, "factory");
    }

    /**
     * Starts a thread that runs the task, or throws.
     *
     * @param task what the thread runs, once
     */
    void start(ForkedTask task) {
        Thread thread = factory.newThread(task);
        if (thread == null) {
            throw new RejectedExecutionException("the thread factory of " + this + " made no thread");
        }
        thread.start();
    }

    /**
     * Ends the scope; every task is over, its thread may still be about to end.
     *
     * @return whether the owner was interrupted, and its flag cleared, meanwhile
     */
    boolean end() {
        return false;
    }

    /**
     * Starts a thread of the scope's factory that runs the task. The scope keeps neither once the task has ended, so it
     * may stay open for as many forks as it likes. What the task throws goes to its thread's uncaught exception
     * handler, and touches no other task.
     *
     * <p>If the factory throws or the thread cannot be started, this throws as well: then the task does not run, and
     * the scope is as it was before. What a factory has counted when it made the thread is the caller's to take back.
     *
     * @param task what to run; it may fork in scopes that it opens itself, not in this one
     * @throws IllegalStateException if the current thread is not the owner, or the scope is closed
     */
    public final void fork(Runnable task) {
        requireNonNull(task, "task");
        requireOwner("fork in");
        if (closing) {
            throw new IllegalStateException("scope '" + name + "' is closed");
        }
        ForkedTask forked = new ForkedTask(this, task);
        LIVE.incrementAndGet(this);
        try {
            start(forked);
        } catch (Throwable t) {
            if (forked.withdraw()) {
                throw t;
            }
            // its thread runs all the same: only a further carrier could not be had
        }
    }

    /**
     * Waits until every task has ended, then ends the scope. It never interrupts a task. An interrupt of the owner
     * neither shortens nor fails this, and is still set when it returns.
     *
     * <p>The wait is a real one, unknown to the clock of the engine's host: the engine first waits by its host until
     * the tasks' work is done, so that what is left here are the last instructions of their threads. Closing again
     * does nothing.
     *
     * @throws IllegalStateException if the current thread is not the owner
     */
    public final void close() {
        requireOwner("close");
        if (closing) {
            return;
        }
        closing = true;
        boolean interrupted = Thread.interrupted(); // a set flag would make each park return at once
        try {
            while (live > 0) {
                LockSupport.park(this);
                interrupted |= Thread.interrupted();
            }
            interrupted |= end();
        } finally {
            if (interrupted) {
                owner.interrupt();
            }
        }
    }

    /** Called once for each task, on its thread, or on the owner's for a task that will never run. */
    final void taskEnded() {
        if (LIVE.decrementAndGet(this) == 0 && closing) {
            LockSupport.unpark(owner);
        }
    }

    private void requireOwner(String verb) {
        Thread current = Thread.currentThread();
        if (current != owner) {
            throw new IllegalStateException("only the thread '" + owner.getName() + "' that opened the scope '" + name
                    + "' may " + verb + " it, not '" + current.getName() + "'");
        }
    }

    @Override
    public final String toString() {
        return "scope '" + name + "' of '" + owner.getName() + "', " + live + " running" + (closing ? ", closed" : "");
    }
}
