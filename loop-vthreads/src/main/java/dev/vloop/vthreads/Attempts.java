package dev.vloop.vthreads;

import dev.vloop.LoopFailure;
import dev.vloop.LoopState;
import dev.vloop.Reaction;
import dev.vloop.spi.Host;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Runs iterations: the body, its retries, and what follows a failure. The worker's thread only. */
final class Attempts {
    private final Worker worker;
    private final Run run;
    private final Host host;
    private final Options options;

    /** Whether the last attempt was a success. */
    private boolean succeeded;

    /** The wait that the last failure asked for. */
    private Duration backoff = Duration.ZERO;

    Attempts(Worker worker) {
        this.worker = worker;
        this.run = worker.owner();
        this.host = run.host;
        this.options = run.options();
    }

    /** Runs one iteration with all its retries; false if it broke off: cancelled, or failed for good. */
    boolean iterate(VirtualIteration first) {
        VirtualIteration iteration = first;
        Listeners listeners = run.loop().runtime().listeners();
        if (!listeners.isEmpty()) listeners.emit(l -> l.onIteration(first));
        Object event = FlightEvents.begin();
        for (; ; ) {
            Throwable thrown = attempt(iteration);
            if (succeeded) {
                run.progress.iterationEnds(host.nanoTime(), true);
                VirtualIteration done = iteration;
                if (!listeners.isEmpty()) listeners.emit(l -> l.onSuccess(done));
                FlightEvents.end(event, done, "success");
                return true;
            }
            Reaction reaction = thrown == null || worker.has(Control.CANCEL) ? null : react(iteration, thrown);
            if (reaction == Reaction.RETRY && backOff()) {
                iteration = iteration.retry();
                run.progress.retryBegins(iteration.attempt());
                continue;
            }
            boolean tolerated = reaction == Reaction.CONTINUE;
            if (tolerated) run.progress.iterationEnds(host.nanoTime(), false);
            else run.progress.iterationBreaksOff(host.nanoTime());
            FlightEvents.end(
                    event, iteration, tolerated ? "continued" : reaction == Reaction.FAIL ? "failed" : "cancelled");
            return tolerated;
        }
    }

    /** One call of the body. Returns what it failed with, null if it succeeded or never began. */
    private @Nullable Throwable attempt(VirtualIteration iteration) {
        succeeded = false;
        if (!worker.expose(LoopState.EXECUTING)) return null;
        Host.Alarm alarm = null;
        Throwable thrown = null;
        try { // nothing leaves it: the thread is exposed
            if (options.timeout != Host.NEVER) {
                long deadline = Nanos.plus(host.nanoTime(), options.timeout);
                alarm = host.alarm(deadline, () -> worker.request(Control.TIMEOUT, 0));
            }
            iteration.begin();
            options.body.run(iteration);
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
            thrown = timeout(iteration, thrown);
        } else if ((left & Control.FLAGGED) != 0 || thrown instanceof InterruptedException) {
            worker.request(Control.CANCEL, 0);
        }
        succeeded = thrown == null;
        return thrown;
    }

    private TimeoutException timeout(VirtualIteration iteration, @Nullable Throwable thrown) {
        TimeoutException timeout = new TimeoutException("attempt " + iteration.attempt() + " of " + iteration
                + " took longer than its timeout of " + Log.inWords(Duration.ofNanos(options.timeout)));
        if (thrown != null) timeout.addSuppressed(thrown);
        return timeout;
    }

    /** Decides what follows a failure, and tells of it; null if it was cancelled meanwhile, and there is nothing to tell. */
    private @Nullable Reaction react(VirtualIteration iteration, Throwable thrown) {
        int attempt = iteration.attempt();
        int inARow = run.progress.nextFailureInARow();
        LoopFailure[] judged = {run.failure(iteration.index(), attempt, inARow, thrown, Reaction.FAIL)};
        Throwable fault = worker.guard(LoopState.EXECUTING, () -> {
            Reaction reaction = options.rules.judge(thrown, attempt < options.maxAttempts);
            judged[0] = run.failure(iteration.index(), attempt, inARow, thrown, reaction);
            if (reaction == Reaction.RETRY) backoff = wait(judged[0]);
        });
        if (worker.has(Control.CANCEL)) return null;
        if (fault != null) {
            if (fault != thrown) fault.addSuppressed(thrown);
            judged[0] = run.failure(iteration.index(), attempt, inARow, fault, Reaction.FAIL);
        }
        run.failed(worker, judged[0], judged[0].reaction() == Reaction.RETRY ? backoff : null);
        return judged[0].reaction();
    }

    private Duration wait(LoopFailure failure) {
        Duration wait = options.backoff.delay(failure, host.random());
        if (wait == null || wait.isNegative()) {
            throw new IllegalStateException("backoff " + options.backoff + " returned " + wait);
        }
        return wait;
    }

    /** Waits for the backoff to pass; false if the run is cancelled. */
    private boolean backOff() {
        long deadline = Nanos.plus(host.nanoTime(), Nanos.of(backoff));
        for (; ; ) {
            int judged = worker.word();
            if ((judged & Control.CANCEL) != 0) return false;
            if (host.nanoTime() >= deadline) return true;
            if (!worker.become(judged, LoopState.BACKING_OFF)) continue;
            host.park(deadline);
            if (Thread.interrupted()) worker.request(Control.CANCEL, 0);
        }
    }
}
