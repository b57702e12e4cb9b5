package dev.vloop.vthreads;

import dev.vloop.Backoff;
import dev.vloop.LoopFailure;
import dev.vloop.LoopState;
import dev.vloop.Reaction;
import dev.vloop.internal.DurationText;
import dev.vloop.spi.Host;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Runs one iteration: calls the body, retries it, and decides what follows a failure. Used by the worker's thread only. It is static: a
 * waiting loop would keep an object of this class.
 */
final class Attempts {
    private Attempts() {}

    /**
     * Runs an iteration with all its retries.
     *
     * @return whether the run may go on: the iteration has succeeded, or its failure is tolerated. Otherwise the worker was cancelled, or
     *     the iteration has failed for good
     */
    static boolean run(Worker worker, VirtualIteration first) {
        Run run = worker.owner();
        VirtualIteration iteration = first;
        Object flightEvent = run.events().iterationBegan(first);
        for (; ; ) {
            Throwable thrown = attempt(worker, iteration);
            if (thrown == null && iteration.isOver()) {
                run.progress.iterationEnds(run.host.nanoTime(), true);
                run.events().iterationSucceeded(iteration, flightEvent);
                return true;
            }
            Reaction reaction = thrown == null || worker.has(Control.CANCEL) ? null : react(worker, iteration, thrown);
            if (reaction != Reaction.RETRY) {
                return endFailed(run, reaction, iteration, flightEvent);
            }
            iteration = iteration.retry();
            run.progress.retryBegins(iteration.attempt());
        }
    }

    /** @param reaction null if the worker was cancelled */
    private static boolean endFailed(
            Run run, @Nullable Reaction reaction, VirtualIteration iteration, @Nullable Object flightEvent) {
        long now = run.host.nanoTime();
        boolean tolerated = reaction == Reaction.CONTINUE;
        if (tolerated) {
            run.progress.iterationEnds(now, false);
        } else {
            run.progress.iterationBreaksOff(now);
        }
        String outcome = tolerated ? "continued" : reaction == Reaction.FAIL ? "failed" : "cancelled";
        run.events().iterationFailed(iteration, flightEvent, outcome);
        return tolerated;
    }

    /** Calls the body once. {@return what it failed with; null if it succeeded, or was not called as the worker was cancelled} */
    private static @Nullable Throwable attempt(Worker worker, VirtualIteration iteration) {
        if (!worker.expose(LoopState.EXECUTING)) {
            return null;
        }
        long timeout = worker.loop().options().timeout;
        Host.Timer timer = null;
        Throwable thrown = null;
        try { // while the thread is exposed, nothing may be thrown past this
            if (timeout != Host.NEVER) {
                long deadline = Nanos.plus(worker.host.nanoTime(), timeout);
                timer = worker.timeout();
                timer.set(deadline);
            }
            iteration.beginBody();
            worker.loop().body().run(iteration);
        } catch (Throwable e) {
            thrown = e;
        }
        thrown = worker.finishForks(thrown);
        iteration.endBody();
        int left = worker.leave();
        if (timer != null) {
            timer.cancel();
            worker.forget(Control.TIMEOUT);
        }
        worker.endDeafThreadReport();
        if ((left & Control.TIMEOUT) != 0) {
            return timeoutFailure(timeout, iteration, thrown);
        }
        if ((left & Control.FLAGGED) != 0 || thrown instanceof InterruptedException) {
            worker.request(Control.CANCEL, 0);
        }
        return thrown;
    }

    private static TimeoutException timeoutFailure(
            long timeout, VirtualIteration iteration, @Nullable Throwable thrown) {
        TimeoutException failure = new TimeoutException("attempt " + iteration.attempt() + " of " + iteration
                + " took longer than its timeout of " + DurationText.inSeconds(Duration.ofNanos(timeout)));
        if (thrown != null) {
            failure.addSuppressed(thrown);
        }
        return failure;
    }

    /**
     * Decides what follows a failure, tells of it, and waits before a retry. A rule or a backoff that throws is a failure of its own, which
     * ends the run.
     *
     * @return the reaction; null if the worker was cancelled
     */
    private static @Nullable Reaction react(Worker worker, VirtualIteration iteration, Throwable thrown) {
        Run run = worker.owner();
        Options options = run.loop().options();
        int attempt = iteration.attempt();
        int inARow = run.progress.nextFailureInARow();
        if (!worker.expose(LoopState.EXECUTING)) {
            return null;
        }
        LoopFailure failure;
        Duration wait = null;
        Throwable fault = null;
        try {
            Reaction reaction = options.rules.judge(thrown, attempt < options.maxAttempts);
            failure = worker.failure(iteration.index(), attempt, inARow, thrown, reaction);
            wait = reaction == Reaction.RETRY ? backoff(run, failure) : null;
        } catch (Throwable e) {
            fault = e;
            failure = worker.failure(iteration.index(), attempt, inARow, fault, Reaction.FAIL);
        }
        worker.endGuard(fault);
        if (worker.has(Control.CANCEL)) {
            return null;
        }
        if (fault != null && fault != thrown) {
            fault.addSuppressed(thrown);
        }
        run.failed(worker, failure, wait);
        return wait != null && !backOff(worker, wait) ? null : failure.reaction();
    }

    private static Duration backoff(Run run, LoopFailure failure) {
        Backoff backoff = run.loop().options().backoff;
        Duration wait = backoff.delay(failure, run.host.random());
        if (wait == null || wait.isNegative()) {
            throw new IllegalStateException("backoff " + backoff + " returned " + wait);
        }
        return wait;
    }

    /** Waits for the backoff to pass; false if the worker is cancelled. */
    private static boolean backOff(Worker worker, Duration backoff) {
        Host host = worker.host;
        long deadline = Nanos.plus(host.nanoTime(), Nanos.of(backoff));
        for (; ; ) {
            int judged = worker.word();
            if ((judged & Control.CANCEL) != 0) {
                return false;
            }
            if (host.nanoTime() >= deadline) {
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
