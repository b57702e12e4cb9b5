package dev.vloop.vthreads;

import dev.vloop.Forked;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;

/** A task beside the body of an iteration, on a virtual thread of its own, from which it may fork in turn. */
final class Fork<T extends @Nullable Object> extends ForkOwner implements Forked<T>, Runnable {
    /*
     * Reasons to interrupt a fork: each does at most once. Several threads may come with the same one, as with a cancel: who
     * delivers it, and every owner that is interrupted by it while it waits for its forks.
     */
    static final int SIBLING_FAILED = 1;
    /** Its owner has failed, or was interrupted, and not by us. */
    static final int ABANDONED = 2;

    static final int CANCELLED = 4;
    static final int TIMED_OUT = 8;

    @SuppressWarnings("rawtypes")
    private static final AtomicIntegerFieldUpdater<Fork> REASONS =
            AtomicIntegerFieldUpdater.newUpdater(Fork.class, "reasons");

    private final ForkGroup group;
    private final Callable<? extends T> task;
    private final @Nullable Fork<?> previous;

    /** Why it was interrupted; added to by any thread, before it reads {@link #thread}. */
    private volatile int reasons;

    /** Written by the fork's thread before it reads {@link #reasons}; null again when it is over. */
    private volatile @Nullable Thread thread;

    /** Written by the fork's thread before it counts itself out of its group, read by those who saw the group over. */
    private @Nullable T result;

    private boolean returned;

    Fork(ForkGroup group, Worker worker, String name, Callable<? extends T> task, @Nullable Fork<?> previous) {
        super(worker, name);
        this.group = group;
        this.task = task;
        this.previous = previous;
    }

    @Nullable
    Fork<?> previous() {
        return previous;
    }

    /** {@return its thread while it runs} */
    @Nullable
    Thread thread() {
        return thread;
    }

    boolean wasInterrupted() {
        return reasons != 0;
    }

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
        interruptForks(reason == SIBLING_FAILED ? ABANDONED : reason); // as its thread does, if that notices first
    }

    @Override
    public void run() {
        thread = Thread.currentThread();
        bindToCurrentThread();
        Throwable thrown = null;
        try {
            if (reasons == 0 && !group.isStopped()) {
                result = task.call();
                returned = true;
            }
        } catch (Throwable e) {
            thrown = e;
        }
        try {
            thrown = finish(thrown);
            thread = null;
            if (thrown != null) {
                group.failed(this, thrown);
            }
        } finally {
            group.oneIsOver();
        }
    }

    @Override
    @SuppressWarnings("NullAway") // a result is absent only where T admits it, or something was thrown instead
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
        if (failure instanceof Exception e) {
            throw e;
        }
        if (failure instanceof Error e) {
            throw e;
        }
        if (!returned) {
            throw new InterruptedException(name() + " was interrupted");
        }
        return result;
    }
}
