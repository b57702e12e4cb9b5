package dev.vloop.vthreads;

import dev.vloop.internal.Causes;
import dev.vloop.vthreads.scopes.TaskScope;
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

    /** Whether a fork of its own groups, not of {@code forkEach}, was cut short. The owner's thread only. */
    private boolean cut;

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
        Callable<? extends T> within = CapturedContexts.capture(worker.loop().options().forkContexts, task);
        ForkGroup current = group;
        if (current == null) {
            group = current = open(false);
            return current.fork(within);
        }
        try {
            return current.fork(within);
        } catch (RuntimeException e) {
            if (!TaskScope.isStructureViolation(e)) {
                throw e;
            }
            // Scoped values were bound since the group was opened. A scope that is opened here hands them on.
            current.opensInner();
            group = current = open(false);
            return current.fork(within);
        }
    }

    /** {@return a group for forks that stop each other} Or, if {@code each}, for those of one {@code forkEach}. */
    final ForkGroup open(boolean each) {
        StackRoom.require();
        ForkGroup opened = new ForkGroup(this, top, each);
        top = opened;
        return opened;
    }

    /** The owner's thread. Waits for the groups within this one, and closes them. {@return whether it was interrupted meanwhile} */
    final boolean awaitInner(ForkGroup of) {
        boolean interrupted = false;
        for (ForkGroup inner = top; inner != null && inner != of; inner = top) {
            interrupted |= inner.awaitAllAndClose();
        }
        return interrupted;
    }

    /** A fork's thread, which has failed: the other forks that stop with it are interrupted. */
    final void interruptSiblings(ForkGroup of, Fork<?> failed) {
        for (ForkGroup open = top; open != null; open = open.outer()) {
            if (open == of || !open.isOfEach() && !of.isOfEach()) {
                open.interruptSiblings(failed);
            }
        }
    }

    /** Any thread. {@return whether this group, or another that stops with it, has failed} */
    final boolean hasFailed(ForkGroup of) {
        if (of.failure() != null) {
            return true;
        }
        for (ForkGroup open = of.isOfEach() ? null : top; open != null; open = open.outer()) {
            if (!open.isOfEach() && open.failure() != null) {
                return true;
            }
        }
        return false;
    }

    /** The owner's thread: a group has ended. */
    final void closed(ForkGroup closed) {
        top = closed.outer();
        if (group == closed) {
            ForkGroup outer = top;
            group = outer != null && !outer.isOfEach() ? outer : null;
        }
        if (failure == null) {
            failure = closed.failure();
        }
        if (late == null) {
            late = closed.late();
        }
        cut |= closed.wasCut() && !closed.isOfEach(); // forkEach tells its caller
    }

    /** The owner's thread, when it was interrupted or has failed. {@return the reason, for which its forks are interrupted, too} */
    final int reasonToAbandon() {
        if (worker.has(Control.CANCEL)) {
            return Fork.CANCELLED;
        }
        return worker.has(Control.TIMEOUT | Control.LOST) ? Fork.TIMED_OUT : Fork.ABANDONED;
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
     * @return what the code and its forks fail with together, an {@link InterruptedException} if forks were only cut short; null if all have
     *     succeeded
     */
    final @Nullable Throwable finish(@Nullable Throwable thrown) {
        Throwable broken = null;
        for (ForkGroup open = top; open != null; open = top) {
            if (thrown != null) {
                open.abandon();
            }
            try {
                if (open.awaitAllAndClose()) {
                    Thread.currentThread().interrupt(); // the end of the attempt looks at it
                }
            } catch (RuntimeException e) { // for example, the body left a scope of its own open
                broken = broken == null ? e : broken;
            }
        }
        Throwable merged = merge(explained(thrown, broken), failure);
        if (merged == null && cut) {
            merged = new InterruptedException("forks of " + name + " were interrupted");
        }
        if (merged != null) {
            Log.suppress(merged, late);
        }
        return merged;
    }

    /** {@return what the code has failed with, in words that help if forks were left behind where they must be awaited} */
    private static @Nullable Throwable explained(@Nullable Throwable thrown, @Nullable Throwable broken) {
        Throwable first = thrown == null ? broken : thrown;
        Log.suppress(first, broken);
        if (!TaskScope.isStructureViolation(first)) {
            return first;
        }
        return new IllegalStateException(
                "a fork that is made within ScopedValue.where(..), or within a task scope of the body, must be awaited there: call get() on "
                        + "what fork(..) returns, or use forkEach(..); and a fork that is made outside must be awaited outside",
                first);
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
