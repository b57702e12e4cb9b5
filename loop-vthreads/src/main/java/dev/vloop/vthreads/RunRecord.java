package dev.vloop.vthreads;

import dev.vloop.HookFailure;
import dev.vloop.LoopEnd;
import dev.vloop.LoopFailure;
import dev.vloop.Reaction;
import dev.vloop.internal.Causes;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a run: its progress, what it failed with, how it ended, and who waits for its end. {@link Run} adds its life. They are
 * one object in two files, because one more object for each waiting loop would cost memory.
 */
abstract class RunRecord extends Worker {
    private static final AtomicReferenceFieldUpdater<RunRecord, @Nullable LoopFailure> FATAL =
            AtomicReferenceFieldUpdater.newUpdater(RunRecord.class, LoopFailure.class, "fatal");

    final Progress progress;

    /** The failure that the run ends with; null if there is none. Written once, by the worker that failed first. */
    private volatile @Nullable LoopFailure fatal;

    /** The run before this one in the runtime's {@link RunList}. Guarded by the registry's lock, as are the next two. */
    @Nullable
    Run previous;

    /** The run after this one in that list. */
    @Nullable
    Run next;

    /** Who waits for the end of this run; null if nobody ever did. */
    private @Nullable Waiters joiners;

    /** How the run has ended; null before that. Written once, under the registry's lock; read by any thread. */
    private volatile @Nullable LoopEnd end;

    RunRecord(VirtualLoop loop) {
        super(loop);
        this.progress = loop.options().maxConcurrent == 1 ? new Progress() : new SharedProgress();
    }

    // ---- for the registry, which holds its lock

    Waiters joiners() {
        Waiters waiters = joiners;
        if (waiters == null) {
            joiners = waiters = new Waiters();
        }
        return waiters;
    }

    /** {@return the threads that wait for the end, to be unparked once the lock is free} */
    List<Thread> takeJoiners() {
        Waiters waiters = joiners;
        return waiters == null ? List.of() : waiters.takeAll();
    }

    void setEnd(LoopEnd how) {
        end = how;
    }

    // ---- for any thread

    @Nullable
    LoopEnd end() {
        return end;
    }

    /** {@return whether it has not ended} */
    boolean isGoingOn() {
        return end == null;
    }

    // ---- failures

    /**
     * The loop's thread. The run fails with something that no attempt threw.
     *
     * @param what names what has failed, for the log, as in the next two methods
     */
    void fail(String what, Throwable thrown) {
        int inARow = progress.nextFailureInARow();
        failed(this, what, failure(null, 0, inARow, thrown, Reaction.FAIL, null));
    }

    /** The worker's thread. Tells of a failure; if it is fatal, the run ends with it. */
    void failed(Worker worker, String what, LoopFailure failure) {
        noteFailure(what, failure);
        Hooks.onFailure(worker, failure);
    }

    /** The worker's thread. As {@link #failed}, without the loop's own handlers. */
    void noteFailure(String what, LoopFailure failure) {
        if (failure.reaction() == Reaction.FAIL) {
            endWith(failure);
            request(STOP, 0); // from now on no iteration begins, however long the handlers of the failure take
        }
        progress.failed(failure);
        events().failed(what, failure);
    }

    /** The first failure counts. Of iterations that overlap, others may fail after it. */
    private void endWith(LoopFailure failure) {
        if (!FATAL.compareAndSet(this, null, failure)) {
            Log.suppress(cause(), failure.cause());
        }
    }

    /** {@return whether it has failed, or was cancelled} */
    boolean isBroken() {
        return fatal != null || has(CANCEL);
    }

    /** The worker's thread. Tells of a hook that has thrown. */
    void hookFailed(HookFailure.Hook hook, Throwable thrown, @Nullable Throwable firstCause) {
        HookFailure failure = new HookFailure(loop(), hook, host.instant(), thrown);
        progress.hookFailed(failure);
        events().hookFailed(failure);
        Causes.suppress(firstCause, thrown);
    }

    // ---- the end

    /** {@return what it failed with; null if it did not} */
    final @Nullable Throwable cause() {
        LoopFailure failure = fatal;
        return failure == null ? null : failure.cause();
    }

    /**
     * {@return how the run ends, with what its hooks have thrown so far}
     *
     * @param broken a failure of the engine itself; null if there was none
     */
    final LoopEnd howItEnds(Next upcoming, @Nullable Throwable broken) {
        long iterations = progress.iterations();
        List<HookFailure> hooks = progress.hookFailures();
        LoopFailure failure = fatal;
        if (broken != null) {
            return new LoopEnd.Failed(iterations, broken, broken, hooks);
        }
        if (upcoming == Next.COMPLETE) {
            return new LoopEnd.Completed(iterations, hooks);
        }
        if (failure != null) {
            return new LoopEnd.Failed(iterations, failure.cause(), failure.thrown(), hooks);
        }
        return has(CANCEL) ? new LoopEnd.Cancelled(iterations, hooks) : new LoopEnd.Stopped(iterations, hooks);
    }

    /** {@return the same end, with what the hooks have thrown by now} */
    final LoopEnd withHookFailures(LoopEnd end) {
        List<HookFailure> hooks = progress.hookFailures();
        return switch (end) {
            case LoopEnd.Completed it -> new LoopEnd.Completed(it.iterations(), hooks);
            case LoopEnd.Stopped it -> new LoopEnd.Stopped(it.iterations(), hooks);
            case LoopEnd.Cancelled it -> new LoopEnd.Cancelled(it.iterations(), hooks);
            case LoopEnd.Failed it -> new LoopEnd.Failed(it.iterations(), it.cause(), it.thrown(), hooks);
        };
    }
}
