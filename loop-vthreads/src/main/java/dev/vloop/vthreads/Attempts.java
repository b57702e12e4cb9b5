package dev.vloop.vthreads;

import dev.vloop.IterationOutcome;
import dev.vloop.LeaseLostException;
import dev.vloop.LoopFailure;
import dev.vloop.LoopInterceptor;
import dev.vloop.LoopState;
import dev.vloop.internal.DurationText;
import dev.vloop.spi.Host;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Runs one iteration: calls the body, retries it, and decides what follows a failure. Used by the worker's thread only. It is static: a
 * waiting loop would keep an object of this class.
 */
final class Attempts {
    private Attempts() {}

    /**
     * {@return whether nothing is called between the begin of an iteration and its body} Then one change of the word begins both.
     */
    static boolean beginAtOnce(Run run) {
        Options options = run.loop().options();
        return !run.events().hasListeners() && options.interceptors.isEmpty() && options.attemptInterceptors.isEmpty();
    }

    /**
     * Runs an iteration with all its retries.
     *
     * @param begun whether the iteration has begun at once: the thread is exposed already
     * @return whether the run may go on: the iteration has succeeded, or its failure is tolerated. Otherwise the worker was cancelled, or
     *     the iteration has failed for good
     */
    static boolean run(Worker worker, VirtualIteration first, boolean begun) {
        Run run = worker.owner();
        Events events = run.events();
        Object flightEvent = events.iterationBegan(first);
        long began = events.hasListeners() ? run.host.nanoTime() : 0;
        VirtualIteration last = null;
        try {
            last = begun || run.loop().options().interceptors.isEmpty()
                    ? runAttempts(worker, first, begun)
                    : InterceptedIteration.run(worker, first);
        } finally {
            if (last == null) { // only if the engine itself has failed
                events.iterationEnded(first, IterationOutcome.FAILED, run.host.nanoTime() - began, flightEvent);
            }
        }
        IterationOutcome outcome = last.outcome();
        long now = run.host.nanoTime();
        boolean counts = outcome == IterationOutcome.SUCCESS || outcome == IterationOutcome.CONTINUED;
        if (counts) {
            run.progress.iterationEnds(now, outcome == IterationOutcome.SUCCESS);
        } else {
            run.progress.iterationBreaksOff(now);
        }
        events.iterationEnded(last, outcome, now - began, flightEvent);
        return counts;
    }

    /** {@return the last attempt, which knows how the iteration has ended} */
    static VirtualIteration runAttempts(Worker worker, VirtualIteration first, boolean begun) {
        Run run = worker.owner();
        VirtualIteration iteration = first;
        Events events = run.events();
        boolean exposed = begun;
        for (; ; ) {
            long began = events.attemptBegins(iteration, run.host);
            Throwable thrown = attempt(worker, iteration, exposed);
            exposed = false;
            long took = events.hasListeners() ? run.host.nanoTime() - began : 0;
            if (thrown == null || worker.has(Control.CANCEL)) {
                if (thrown == null && iteration.isOver()) {
                    iteration.succeeds();
                }
                events.attemptEnded(iteration, took, null);
                return iteration;
            }
            if (!react(worker, iteration, thrown, took)) {
                return iteration;
            }
            iteration = iteration.retry();
            run.progress.retryBegins(iteration.attempt(), run.host.nanoTime());
        }
    }

    private static void callThroughInterceptors(Worker worker, VirtualIteration iteration) throws Exception {
        List<LoopInterceptor> interceptors = worker.loop().options().attemptInterceptors;
        InterceptorChain.run(interceptors, iteration, () -> callBody(worker, iteration));
    }

    /**
     * Calls the body once.
     *
     * @param exposed whether the iteration has begun at once, see {@link #beginAtOnce}: then there are no interceptors
     * @return what it failed with; null if it succeeded, or was not called as the worker was cancelled
     */
    private static @Nullable Throwable attempt(Worker worker, VirtualIteration iteration, boolean exposed) {
        if (!exposed && !worker.exposeAttempt()) {
            return worker.has(Control.CANCEL) ? null : leaseLost(worker, iteration, null);
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
            if (exposed || worker.loop().options().attemptInterceptors.isEmpty()) {
                worker.loop().body().run(iteration);
            } else {
                callThroughInterceptors(worker, iteration);
            }
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
        if ((left & (Control.TIMEOUT | Control.LOST)) != 0) {
            return (left & Control.LOST) != 0
                    ? leaseLost(worker, iteration, thrown)
                    : timeoutFailure(timeout, iteration, thrown);
        }
        if ((left & Control.FLAGGED) != 0 || thrown instanceof InterruptedException) {
            worker.request(Control.CANCEL, 0);
        }
        return thrown;
    }

    /** Calls the body within interceptors. What it has forked is within them, too. */
    private static void callBody(Worker worker, VirtualIteration iteration) throws Exception {
        Throwable thrown = null;
        try {
            worker.loop().body().run(iteration);
        } catch (Throwable e) {
            thrown = e;
        }
        thrown = worker.finishForks(thrown);
        if (thrown != null) {
            throw InterceptedIteration.asException(thrown);
        }
    }

    /** What an attempt fails with whose slot the cluster has taken away, before it or in it. */
    private static LeaseLostException leaseLost(Worker worker, VirtualIteration iteration, @Nullable Throwable thrown) {
        LeaseLostException failure = new LeaseLostException("the lease of " + iteration
                + " was lost: another instance may run its slot, " + iteration.scheduledAt());
        Log.suppress(failure, thrown);
        worker.events().leaseLost(iteration);
        return failure;
    }

    private static TimeoutException timeoutFailure(
            long timeout, VirtualIteration iteration, @Nullable Throwable thrown) {
        TimeoutException failure = new TimeoutException("attempt " + iteration.attempt() + " of " + iteration
                + " took longer than its timeout of " + DurationText.inSeconds(Duration.ofNanos(timeout)));
        Log.suppress(failure, thrown);
        return failure;
    }

    /**
     * Decides what follows a failure, tells of it, and waits before a retry.
     *
     * @param took how long the attempt took, for listeners
     * @return whether another attempt follows; otherwise the attempt has its failure, or the worker was cancelled
     */
    private static boolean react(Worker worker, VirtualIteration iteration, Throwable thrown, long took) {
        Run run = worker.owner();
        boolean mayRetry = iteration.attempt() < run.loop().options().maxAttempts;
        LoopFailure failure = Failures.judge(worker, LoopState.EXECUTING, iteration, thrown, mayRetry);
        if (failure == null) {
            run.events().attemptEnded(iteration, took, null);
            return false;
        }
        iteration.fails(failure);
        run.noteFailure("attempt " + iteration.attempt() + " of iteration " + iteration.index(), failure);
        run.events().attemptEnded(iteration, took, failure);
        Hooks.onFailure(worker, failure);
        Duration wait = failure.backoff();
        return wait != null && Failures.backOff(worker, wait, false);
    }
}
