package dev.vloop.vthreads;

import dev.vloop.Backoff;
import dev.vloop.LoopFailure;
import dev.vloop.LoopState;
import dev.vloop.Reaction;
import dev.vloop.internal.SafeText;
import dev.vloop.spi.Host;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Decides what follows a failure of the body or of {@code beforeLoop}, and waits before a retry. Used by the worker's thread only; static,
 * as {@link Attempts} is.
 */
final class Failures {
    private Failures() {}

    /**
     * {@return the failure, with what follows; null if the worker was cancelled} A rule or a backoff that throws is a failure of its own,
     * which ends the run.
     *
     * @param shown the state meanwhile
     * @param iteration the attempt that has failed; null if it is {@code beforeLoop}
     * @param mayRetry whether there is an attempt left
     */
    static @Nullable LoopFailure judge(
            Worker worker, LoopState shown, @Nullable VirtualIteration iteration, Throwable thrown, boolean mayRetry) {
        Run run = worker.owner();
        int attempt = iteration == null ? 0 : iteration.attempt();
        int inARow = run.progress.nextFailureInARow();
        if (!worker.expose(shown)) {
            return null;
        }
        LoopFailure failure;
        Throwable fault = null;
        try {
            Reaction reaction = run.loop().rules().judge(thrown, mayRetry);
            failure = worker.failure(iteration, attempt, inARow, thrown, reaction, null);
            if (reaction == Reaction.RETRY) {
                Duration wait = backoff(run, failure);
                failure = worker.failure(iteration, attempt, inARow, thrown, reaction, wait);
            }
        } catch (Throwable e) {
            fault = e;
            failure = worker.failure(iteration, attempt, inARow, e, Reaction.FAIL, null);
        }
        worker.endGuard(fault);
        if (worker.has(Control.CANCEL)) {
            return null;
        }
        Log.suppress(fault, thrown);
        return failure;
    }

    private static Duration backoff(Run run, LoopFailure failure) {
        Backoff backoff = run.loop().options().backoff;
        Duration wait = backoff.delay(failure, run.host.random());
        if (wait == null || wait.isNegative()) {
            throw new IllegalStateException("backoff " + SafeText.of(backoff) + " returned " + wait);
        }
        return wait;
    }

    /**
     * Waits for the backoff to pass, or for somebody to end it; false if the worker is cancelled, or nobody waits for the next attempt.
     *
     * @param starting whether it is {@code beforeLoop}'s: a run that is stopped there ends at once, as no iteration would follow
     */
    static boolean backOff(Worker worker, Duration backoff, boolean starting) {
        Host host = worker.host;
        long deadline = Nanos.plus(host.nanoTime(), Nanos.of(backoff));
        for (; ; ) {
            int judged = worker.word();
            if ((judged & Control.CANCEL) != 0) {
                return false;
            }
            if (worker.owner().has(Control.STOP)) {
                if (starting) {
                    return false;
                }
                if (worker.loop().runtime().registry().runs().graceEndsBefore(deadline)) {
                    worker.evict(null); // the shutdown does not wait for an attempt that would come too late
                    return false;
                }
            }
            if ((judged & (Control.HURRY | Control.LOST)) != 0) {
                return true; // if the slot is lost, the next attempt fails before it begins
            }
            if (host.nanoTime() >= deadline) {
                if (backoff.isZero()) {
                    host.giveWay(1); // retries without a backoff never wait
                }
                return true;
            }
            if (!worker.become(judged, LoopState.BACKING_OFF)) {
                continue;
            }
            worker.parker().park(deadline);
            worker.noteInterrupt();
        }
    }
}
