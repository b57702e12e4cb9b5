package dev.vloop.vthreads;

import dev.vloop.Forked;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;

/** A task that an iteration has forked, on a virtual thread of its own. It may fork tasks itself. */
final class Fork<T extends @Nullable Object> extends ForkOwner implements Forked<T>, Runnable {
    /*
     * Reasons to interrupt a fork. Each interrupts it at most once, although several threads may bring the same one. A cancel, for example,
     * is brought by the thread that delivers it, and by each interrupted owner that waits for its forks.
     */

    /** Another fork of the group has failed. */
    static final int SIBLING_FAILED = 1;

    /** The owner has failed, or was interrupted by somebody else than the engine. */
    static final int ABANDONED = 2;

    /** The run is cancelled. */
    static final int CANCELLED = 4;

    /** The attempt has timed out. */
    static final int TIMED_OUT = 8;

    @SuppressWarnings("rawtypes")
    private static final AtomicIntegerFieldUpdater<Fork> REASONS =
            AtomicIntegerFieldUpdater.newUpdater(Fork.class, "reasons");

    private final ForkGroup group;
    private final Callable<? extends T> task;

    /** The reasons for which it was interrupted. Any thread adds one before it reads {@link #thread}. */
    private volatile int reasons;

    /** The thread while it runs. Written by that thread before it reads {@link #reasons}; null again at its end. */
    private volatile @Nullable Thread thread;

    /** Written by the fork's thread before it counts itself out of its group; read by threads that have seen the group over. */
    private @Nullable T result;

    /** Whether the task has returned a result, which may be null. Written and read as {@link #result} is. */
    private boolean returned;

    Fork(ForkGroup group, Worker worker, String name, Callable<? extends T> task) {
        super(worker, name);
        this.group = group;
        this.task = task;
    }

    /** {@return its thread while it runs} */
    @Nullable
    Thread thread() {
        return thread;
    }

    boolean wasInterrupted() {
        return reasons != 0;
    }

    /** Any thread. Interrupts the fork and what it has forked, unless this reason has done so before. */
    void interrupt(int reason) {
        for (int before = reasons; ; before = reasons) {
            if ((before & reason) != 0) {
                return;
            }
            if (REASONS.compareAndSet(this, before, before | reason)) {
                break;
            }
        }
        Thread running = thread;
        if (running != null) {
            worker.host.interrupt(running);
        }
        interruptForks(reason == SIBLING_FAILED ? ABANDONED : reason); // its thread does the same if it notices first
    }

    @Override
    public void run() {
        thread = Thread.currentThread();
        bindToCurrentThread();
        worker.adoptCurrentThread();
        Throwable thrown = null;
        try {
            if (reasons == 0 && !group.isStopped()) {
                result = task.call();
                returned = true;
            } else {
                group.cut();
            }
        } catch (Throwable e) {
            thrown = e;
        }
        try {
            thrown = finish(thrown);
            if (isInterruptedByStranger() && !(thrown instanceof InterruptedException)) {
                thrown = interruptedByStranger(thrown);
            }
            thread = null;
            if (thrown != null) {
                group.failed(this, thrown);
            }
        } finally {
            group.oneIsOver(this);
        }
    }

    /** {@return whether the current thread is a fork's that was interrupted by somebody else than the engine} The engine adds its reason first. */
    static boolean isInterruptedByStranger() {
        return Thread.currentThread().isInterrupted()
                && ForkOwner.current() instanceof Fork<?> fork
                && fork.reasons == 0;
    }

    /** Who interrupts a fork without the engine means to cancel the run, as with the body's thread, whatever the task returns or throws. */
    private InterruptedException interruptedByStranger(@Nullable Throwable thrown) {
        InterruptedException cancelled = new InterruptedException(name() + " was interrupted");
        Log.suppress(cancelled, thrown);
        return cancelled;
    }

    @Override
    @SuppressWarnings("NullAway") // the result is null only if T admits null: otherwise something was thrown
    public T get() throws Exception {
        if (!group.isOver()) {
            if (!group.isOwnedByCurrentThread()) {
                throw new IllegalStateException(
                        name() + " is not over: only the thread that forked it can wait for it, not "
                                + Thread.currentThread());
            }
            group.join();
        }
        Throwable failure = group.failure();
        if (failure != null) {
            throw InterceptedIteration.asException(failure);
        }
        if (!returned) {
            throw new InterruptedException(name() + " was interrupted");
        }
        return result;
    }
}
