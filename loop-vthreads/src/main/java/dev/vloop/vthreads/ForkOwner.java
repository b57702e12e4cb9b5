package dev.vloop.vthreads;

import dev.vloop.internal.Causes;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** A thread of an attempt, which may fork: the body's thread, or a fork's. Its groups are opened when they are needed. */
class ForkOwner {
    /*
     * Only the owner's thread opens and closes groups; it closes the innermost first. Any thread may interrupt the forks in them. It walks the
     * groups from top on; a fork is in its group before its thread starts. The walk may miss a fork that is just being added; that fork
     * sees the reason in the run's control word before it begins (Fork.run).
     */
    /** What the current thread is: set on the threads of forks and of overlapping iterations. */
    private static final ThreadLocal<ForkOwner> CURRENT = new ThreadLocal<>();

    final Worker worker;
    private final String name;

    /** The innermost group that is open; its outer groups follow. Written by the owner's thread, read by any. */
    private volatile @Nullable ForkGroup top;

    /** The group that {@code fork(..)} uses; null if it is not open. The owner's thread only. */
    private @Nullable ForkGroup group;

    /** The failure of the first group that failed. The owner's thread only. */
    private @Nullable Throwable failure;

    /** What a fork threw after it was interrupted because its owner had failed. The owner's thread only. */
    private @Nullable Throwable late;

    /** How many forks there were. The owner's thread only. */
    private int forks;

    ForkOwner(Worker worker, String name) {
        this.worker = worker;
        this.name = name;
    }

    /** {@return what the current thread is: a fork, or an overlapping iteration; null if neither} */
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
        StackRoom.require();
        ForkGroup opened = new ForkGroup(this, top);
        top = opened;
        return opened;
    }

    /** The owner's thread: a group has ended. */
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

    /** The owner's thread, when it was interrupted or has failed. {@return the reason, for which its forks are interrupted, too} */
    final int reasonToAbandon() {
        if (worker.has(Control.CANCEL)) {
            return Fork.CANCELLED;
        }
        return worker.has(Control.TIMEOUT) ? Fork.TIMED_OUT : Fork.ABANDONED;
    }

    /** Any thread. Adds the threads of the forks that are running, for reports. */
    final void addThreads(List<Thread> threads) {
        for (ForkGroup open = top; open != null; open = open.outer()) {
            open.addThreads(threads);
        }
    }

    /** Any thread. Interrupts all forks, and what they have forked. */
    final void interruptForks(int reason) {
        for (ForkGroup open = top; open != null; open = open.outer()) {
            open.interruptAll(reason);
        }
    }

    /**
     * The owner's thread, at the end of its code. Waits until all its forks have ended, and interrupts them first if the code has failed.
     *
     * @param thrown by the code; null if it succeeded
     * @return what the code and its forks fail with together; null if they succeeded
     */
    final @Nullable Throwable finish(@Nullable Throwable thrown) {
        for (ForkGroup open = top; open != null; open = top) {
            if (thrown != null) {
                open.abandon();
            }
            if (open.awaitAllAndClose()) {
                Thread.currentThread().interrupt(); // the end of the attempt looks at it
            }
        }
        Throwable merged = merge(thrown, failure);
        if (merged != null) {
            Log.suppress(merged, late);
        }
        return merged;
    }

    private static @Nullable Throwable merge(@Nullable Throwable thrown, @Nullable Throwable failure) {
        if (failure == null || thrown instanceof InterruptedException) {
            return thrown;
        }
        if (Causes.contains(thrown, failure)) {
            return thrown; // the body threw it on, or wrapped it
        }
        Log.suppress(failure, thrown);
        return failure;
    }
}
