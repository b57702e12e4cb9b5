package dev.vloop.vthreads;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.locks.LockSupport;

/**
 * The half of a scope that is the same on every JDK: who may do what, the count of tasks, the wait for the last one.
 *
 * <p>The count is kept although a {@code StructuredTaskScope} has one of its own. Its {@code join} can be interrupted,
 * on JDK 25 cannot be tried again then, and leaves only its {@code close}, which interrupts the tasks. Here the tasks
 * are over before either is called.
 *
 * <p>The owner sets {@code closing} and then reads {@code live}; the last task lowers {@code live} and then reads
 * {@code closing}. Both are volatile, so one of the two sees the other, and the owner is unparked only when it may be
 * parked here: a supervisor whose loops come and go gets no stray permits.
 */
abstract class OwnedScope implements TaskScope {
    /** Not a VarHandle: that costs milliseconds at its first use. */
    private static final AtomicIntegerFieldUpdater<OwnedScope> LIVE =
            AtomicIntegerFieldUpdater.newUpdater(OwnedScope.class, "live");

    private final String name;
    private final Thread owner = Thread.currentThread();
    /** Tasks forked and not ended. Raised by the owner, lowered by the tasks, through LIVE only. */
    private volatile int live;
    /** Whether close was called. Written by the owner, read by tasks that end. */
    private volatile boolean closing;

    OwnedScope(String name) {
        this.name = requireNonNull(name, "name");
    }

    /**
     * Starts a thread that runs the task, or throws.
     *
     * @param task what the thread runs, once
     */
    abstract void start(ForkedTask task);

    /**
     * Ends the scope; every task is over, its thread may still be about to end.
     *
     * @return whether the owner was interrupted, and its flag cleared, meanwhile
     */
    abstract boolean end();

    @Override
    public final void fork(Runnable task) {
        requireNonNull(task, "task");
        requireOwner("fork in");
        if (closing) {
            throw new IllegalStateException("scope '" + name + "' is closed");
        }
        ForkedTask forked = new ForkedTask(this, task);
        LIVE.incrementAndGet(this);
        boolean started = false;
        try {
            start(forked);
            started = true;
        } finally {
            if (!started) {
                forked.withdraw();
            }
        }
    }

    @Override
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
