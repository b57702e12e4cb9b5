package dev.vloop.vthreads;

import dev.vloop.Backoff;
import dev.vloop.LoopFailure;
import dev.vloop.LoopState;
import dev.vloop.Reaction;
import dev.vloop.spi.Host;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Runs iterations: the body, its retries, and what follows a failure. The worker's thread only; no objects, which a loop would keep
 * while it waits.
 */
final class Attempts {
    /** What {@link #iterate} returns for an iteration that broke off: the worker was cancelled, or has failed for good. */
    static final long BROKEN_OFF = -1;

    private Attempts() {}

    /** Runs one iteration with all its retries. {@return the monotonic time at which it was over, or BROKEN_OFF} */
    static long iterate(Worker worker, VirtualIteration first) {
        Run run = worker.owner();
        Options options = run.loop().options();
        VirtualIteration iteration = first;
        Listeners listeners = run.loop().runtime().listeners();
        if (!listeners.isEmpty()) {
            listeners.emit(l -> l.onIteration(first));
        }
        Object event = FlightEvents.begin();
        for (; ; ) {
            Throwable thrown = attempt(worker, options, iteration);
            if (thrown == null && iteration.isOver()) {
                return succeeded(run, listeners, iteration, event);
            }
            Reaction reaction = thrown == null || worker.has(Control.CANCEL) ? null : react(worker, iteration, thrown);
            if (reaction != Reaction.RETRY) {
                return failed(run, reaction, iteration, event);
            }
            iteration = iteration.retry();
            run.progress.retryBegins(iteration.attempt());
        }
    }

    private static long succeeded(Run run, Listeners listeners, VirtualIteration iteration, @Nullable Object event) {
        long now = run.host.nanoTime();
        run.progress.iterationEnds(now, true);
        if (!listeners.isEmpty()) {
            listeners.emit(l -> l.onSuccess(iteration));
        }
        FlightEvents.end(event, iteration, "success");
        return now;
    }

    private static long failed(
            Run run, @Nullable Reaction reaction, VirtualIteration iteration, @Nullable Object event) {
        long now = run.host.nanoTime();
        boolean tolerated = reaction == Reaction.CONTINUE;
        if (tolerated) {
            run.progress.iterationEnds(now, false);
        } else {
            run.progress.iterationBreaksOff(now);
        }
        FlightEvents.end(
                event, iteration, tolerated ? "continued" : reaction == Reaction.FAIL ? "failed" : "cancelled");
        return tolerated ? now : BROKEN_OFF;
    }

    /** One call of the body. Returns what it failed with; null if it succeeded, or never began as the worker was cancelled. */
    private static @Nullable Throwable attempt(Worker worker, Options options, VirtualIteration iteration) {
        if (!worker.expose(LoopState.EXECUTING)) {
            return null;
        }
        Host.Alarm alarm = null;
        Throwable thrown = null;
        try { // nothing leaves it: the thread is exposed
            if (options.timeout != Host.NEVER) {
                long deadline = Nanos.plus(worker.host.nanoTime(), options.timeout);
                alarm = worker.host.alarm(deadline, () -> worker.request(Control.TIMEOUT, 0));
            }
            iteration.begin();
            worker.loop().body().run(iteration);
        } catch (Throwable e) {
            thrown = e;
        }
        thrown = worker.finishForks(thrown);
        iteration.end();
        int left = worker.leave();
        if (alarm != null) {
            alarm.cancel();
            worker.forget(Control.TIMEOUT);
        }
        worker.endOverdue();
        if ((left & Control.TIMEOUT) != 0) {
            return timeout(options, iteration, thrown);
        }
        if ((left & Control.FLAGGED) != 0 || thrown instanceof InterruptedException) {
            worker.request(Control.CANCEL, 0);
        }
        return thrown;
    }

    private static TimeoutException timeout(Options options, VirtualIteration iteration, @Nullable Throwable thrown) {
        TimeoutException timeout = new TimeoutException("attempt " + iteration.attempt() + " of " + iteration
                + " took longer than its timeout of " + Log.inWords(Duration.ofNanos(options.timeout)));
        if (thrown != null) {
            timeout.addSuppressed(thrown);
        }
        return timeout;
    }

    /** Decides what follows a failure, tells of it, and waits before a retry; null if the worker is cancelled. */
    private static @Nullable Reaction react(Worker worker, VirtualIteration iteration, Throwable thrown) {
        Run run = worker.owner();
        Options options = run.loop().options();
        int attempt = iteration.attempt();
        int inARow = run.progress.nextFailureInARow();
        LoopFailure[] judged = {run.failure(iteration.index(), attempt, inARow, thrown, Reaction.FAIL)};
        Duration[] backoff = {Duration.ZERO};
        Throwable fault = worker.guard(LoopState.EXECUTING, () -> {
            Reaction reaction = options.rules.judge(thrown, attempt < options.maxAttempts);
            judged[0] = run.failure(iteration.index(), attempt, inARow, thrown, reaction);
            if (reaction == Reaction.RETRY) {
                backoff[0] = backoff(run, judged[0]);
            }
        });
        if (worker.has(Control.CANCEL)) {
            return null;
        }
        if (fault != null) {
            if (fault != thrown) {
                fault.addSuppressed(thrown);
            }
            judged[0] = run.failure(iteration.index(), attempt, inARow, fault, Reaction.FAIL);
        }
        Reaction reaction = judged[0].reaction();
        run.failed(worker, judged[0], reaction == Reaction.RETRY ? backoff[0] : null);
        return reaction == Reaction.RETRY && !backOff(worker, backoff[0]) ? null : reaction;
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
            host.park(deadline);
            worker.noteInterrupt();
        }
    }
}
