package dev.vloop.vthreads;

import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** A thread of an attempt that may fork: that of the body, or a fork. Its groups are opened when they are needed. */
class ForkOwner {
    /*
     * Only the owner's thread opens and closes groups, innermost first. Any thread may interrupt what is in them: it walks the
     * list from top, which is written before a fork's thread starts. A fork that such a walk missed sees the reason for it in
     * the run's control word before it begins (Fork.run).
     */
    private static final ThreadLocal<ForkOwner> CURRENT = new ThreadLocal<>();

    final Worker worker;
    private final String name;

    /** Written by the owner's thread, read by any. */
    private volatile @Nullable ForkGroup top;

    /** The group of {@code fork(..)}; the owner's thread only. */
    private @Nullable ForkGroup group;

    /** The first failure of a group that is over; the owner's thread only. */
    private @Nullable Throwable failure;

    /** What a fork threw after it was interrupted because its owner had failed; the owner's thread only. */
    private @Nullable Throwable late;

    private int forks;

    ForkOwner(Worker worker, String name) {
        this.worker = worker;
        this.name = name;
    }

    /** {@return the owner that the current thread is as a fork, or null} */
    static @Nullable ForkOwner current() {
        return CURRENT.get();
    }

    final void bindToCurrentThread() {
        CURRENT.set(this);
    }

    final String name() {
        return name;
    }

    final String nextForkName() {
        return name + "/fork-" + ++forks;
    }

    final <T extends @Nullable Object> Fork<T> fork(Callable<? extends T> task) {
        if (group == null) {
            group = open();
        }
        return group.fork(task);
    }

    final ForkGroup open() {
        ForkGroup opened = new ForkGroup(this, top);
        top = opened;
        return opened;
    }

    final void closed(ForkGroup closed) {
        top = closed.outer();
        if (group == closed) {
            group = null;
        }
        if (failure == null) {
            failure = closed.failure();
        }
        if (late == null) {
            late = closed.late();
        }
    }

    /** The owner's thread, which was interrupted or has failed. Says why its forks are interrupted: as it was itself. */
    final int reasonToAbandon() {
        if (worker.has(Control.CANCEL)) {
            return Fork.CANCELLED;
        }
        return worker.has(Control.TIMEOUT) ? Fork.TIMED_OUT : Fork.ABANDONED;
    }

    /** Any thread. Adds the threads of what was forked here and is not over. */
    final void addThreads(List<Thread> threads) {
        for (ForkGroup open = top; open != null; open = open.outer()) {
            open.addThreads(threads);
        }
    }

    /** Any thread. Interrupts all that was forked here, and what that has forked. */
    final void interruptForks(int reason) {
        for (ForkGroup open = top; open != null; open = open.outer()) {
            open.interruptAll(reason);
        }
    }

    /**
     * The owner's thread, when its code is over: waits until all that it forked is over, too, and interrupts it first if the
     * code failed. Returns what the code and its forks come to.
     */
    final @Nullable Throwable finish(@Nullable Throwable thrown) {
        for (ForkGroup open = top; open != null; open = top) {
            if (thrown != null) {
                open.abandon();
            }
            if (open.awaitAllAndClose()) {
                Thread.currentThread().interrupt(); // seen by whoever ends the attempt
            }
        }
        Throwable merged = merge(thrown, failure);
        if (late != null && merged != null && merged != late) {
            merged.addSuppressed(late);
        }
        return merged;
    }

    private static @Nullable Throwable merge(@Nullable Throwable thrown, @Nullable Throwable failure) {
        if (failure == null || thrown instanceof InterruptedException) {
            return thrown;
        }
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause == failure) {
                return thrown; // the body threw it on, or told it in its own words
            }
        }
        if (thrown != null) {
            failure.addSuppressed(thrown);
        }
        return failure;
    }
}
