package dev.vloop.vthreads;

import dev.vloop.LoopState;
import dev.vloop.Reaction;
import dev.vloop.spi.Host;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Runs iterations: the body and its retries. The worker's thread only; no objects, which a loop would keep while it waits. */
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
        if (!listeners.isEmpty()) listeners.emit(l -> l.onIteration(first));
        Object event = FlightEvents.begin();
        for (; ; ) {
            Throwable thrown = attempt(worker, options, iteration);
            if (thrown == null && iteration.isOver()) return succeeded(run, listeners, iteration, event);
            Reaction reaction =
                    thrown == null || worker.has(Control.CANCEL) ? null : new Setback(worker, iteration).react(thrown);
            if (reaction != Reaction.RETRY) return failed(run, reaction, iteration, event);
            iteration = iteration.retry();
            run.progress.retryBegins(iteration.attempt());
        }
    }

    private static long succeeded(Run run, Listeners listeners, VirtualIteration iteration, @Nullable Object event) {
        long now = run.host.nanoTime();
        run.progress.iterationEnds(now, true);
        if (!listeners.isEmpty()) listeners.emit(l -> l.onSuccess(iteration));
        FlightEvents.end(event, iteration, "success");
        return now;
    }

    private static long failed(
            Run run, @Nullable Reaction reaction, VirtualIteration iteration, @Nullable Object event) {
        long now = run.host.nanoTime();
        boolean tolerated = reaction == Reaction.CONTINUE;
        if (tolerated) run.progress.iterationEnds(now, false);
        else run.progress.iterationBreaksOff(now);
        FlightEvents.end(
                event, iteration, tolerated ? "continued" : reaction == Reaction.FAIL ? "failed" : "cancelled");
        return tolerated ? now : BROKEN_OFF;
    }

    /** One call of the body. Returns what it failed with; null if it succeeded, or never began as the worker was cancelled. */
    private static @Nullable Throwable attempt(Worker worker, Options options, VirtualIteration iteration) {
        if (!worker.expose(LoopState.EXECUTING)) return null;
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
        if (thrown != null) timeout.addSuppressed(thrown);
        return timeout;
    }
}
