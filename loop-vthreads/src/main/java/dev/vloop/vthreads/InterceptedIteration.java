package dev.vloop.vthreads;

import dev.vloop.LoopFailure;
import dev.vloop.Reaction;
import dev.vloop.internal.Causes;
import org.jspecify.annotations.Nullable;

/** An iteration within its interceptors. Used by the worker's thread only. */
final class InterceptedIteration {
    private final Worker worker;

    private final VirtualIteration first;

    /** The last attempt; null before it is over. */
    private @Nullable VirtualIteration last;

    private InterceptedIteration(Worker worker, VirtualIteration first) {
        this.worker = worker;
        this.first = first;
    }

    /** {@return the last attempt, which knows how the iteration has ended; the first one if the interceptors have skipped all} */
    static VirtualIteration run(Worker worker, VirtualIteration first) {
        return new InterceptedIteration(worker, first).run();
    }

    private VirtualIteration run() {
        Throwable thrown = null;
        try {
            InterceptorChain.run(worker.loop().options().interceptors, first, this::attempts);
        } catch (Throwable e) {
            thrown = e;
        }
        VirtualIteration ended = last;
        if (ended == null) {
            ended = first;
            if (thrown == null) {
                first.succeeds();
            }
        }
        if (thrown instanceof InterruptedException) {
            worker.request(Control.CANCEL, 0);
        }
        if (thrown != null && !worker.has(Control.CANCEL)) {
            judge(ended, thrown);
        }
        return ended;
    }

    /** Runs the attempts, and throws what the iteration fails with. */
    private void attempts() throws Exception {
        VirtualIteration ended = Attempts.runAttempts(worker, first, false);
        last = ended;
        LoopFailure failure = ended.failure();
        if (ended.isCancelled()) {
            throw new InterruptedException(ended + " was cancelled");
        }
        if (failure != null) {
            throw asException(failure.cause());
        }
    }

    /** {@return an exception to throw on} What is none is thrown at once: an error, or a throwable of no kind, such as Kotlin throws. */
    static Exception asException(Throwable thrown) {
        return thrown instanceof Exception e ? e : unchecked(thrown);
    }

    /** Throws it, whatever it is. {@return nothing} */
    static RuntimeException unchecked(Throwable thrown) {
        return InterceptedIteration.<RuntimeException>doThrow(thrown);
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the compiler knows no better way
    private static <X extends Throwable> RuntimeException doThrow(Throwable thrown) throws X {
        throw (X) thrown;
    }

    /** What the iteration has failed with was judged before. What an interceptor throws of its own ends the run. */
    private void judge(VirtualIteration ended, Throwable thrown) {
        LoopFailure before = ended.failure();
        if (before != null && Causes.contains(thrown, before.cause())) { // interceptors may have wrapped it
            return;
        }
        Run run = worker.owner();
        int inARow = run.progress.nextFailureInARow();
        LoopFailure failure = worker.failure(ended, 0, inARow, thrown, Reaction.FAIL, null);
        ended.fails(failure);
        run.failed(worker, "an interceptor of iteration " + ended.index(), failure);
    }
}
