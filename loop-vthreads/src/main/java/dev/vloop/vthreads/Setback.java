package dev.vloop.vthreads;

import dev.vloop.LoopFailure;
import dev.vloop.LoopState;
import dev.vloop.Reaction;
import dev.vloop.spi.Host;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A failed attempt: what follows it, and the wait before the next one. The worker's thread only. */
final class Setback {
    private final Worker worker;
    private final Run run;
    private final Host host;
    private final Options options;
    private final VirtualIteration iteration;

    /** The wait before a retry. */
    private Duration backoff = Duration.ZERO;

    Setback(Worker worker, VirtualIteration iteration) {
        this.worker = worker;
        this.run = worker.owner();
        this.host = worker.host;
        this.options = worker.loop().options();
        this.iteration = iteration;
    }

    /** Decides what follows, tells of it, and waits before a retry; null if the worker is cancelled, and nothing follows. */
    @Nullable
    Reaction react(Throwable thrown) {
        Reaction reaction = decide(thrown);
        return reaction == Reaction.RETRY && !backOff() ? null : reaction;
    }

    private @Nullable Reaction decide(Throwable thrown) {
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
