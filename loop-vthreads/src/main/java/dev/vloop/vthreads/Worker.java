package dev.vloop.vthreads;

import dev.vloop.LoopFailure;
import dev.vloop.LoopState;
import dev.vloop.Reaction;
import dev.vloop.internal.Causes;
import dev.vloop.internal.LoopThread;
import dev.vloop.spi.Host;
import dev.vloop.vthreads.scopes.TaskScope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/** Runs attempts on its thread: the thread of a run, or of one of several overlapping iterations. */
abstract class Worker extends Control implements LoopThread {
    private final VirtualLoop loop;

    /** What the current attempt has forked; null if nothing. Written by the worker's thread, read by those who interrupt. */
    private volatile @Nullable ForkOwner bodyForks;

    /** Reports code that keeps running after its interrupt. Written by the thread that interrupts, ended by the worker's thread. */
    private volatile @Nullable DeafThreadReport deafThreadReport;

    /** The object that the thread waits with; null before its first wait. The worker's thread only. */
    private Host.@Nullable Parker parker;

    /** Ends attempts that take too long; null before the first attempt. The worker's thread only. */
    private Host.@Nullable Timer timeout;

    Worker(VirtualLoop loop) {
        super(loop.runtime().host());
        this.loop = loop;
    }

    /** {@return the run that it works for} */
    abstract Run owner();

    /** {@return the name of its thread} */
    abstract String name();

    @Override
    public final VirtualLoop loop() {
        return loop;
    }

    final Events events() {
        return loop.runtime().events();
    }

    /**
     * {@return a failure}
     *
     * @param iteration the attempt at an iteration; null if it is of none
     * @param attempt its number; 0 if something outside of it has failed
     */
    final LoopFailure failure(
            @Nullable VirtualIteration iteration,
            int attempt,
            int inARow,
            Throwable thrown,
            Reaction reaction,
            @Nullable Duration backoff) {
        return new LoopFailure(
                loop,
                iteration == null ? owner().progress.iterations() : iteration.index(),
                attempt,
                inARow,
                host.instant(),
                Causes.unwrap(thrown),
                reaction,
                iteration == null || attempt == 0 ? null : iteration.scheduledAt(),
                backoff,
                thrown);
    }

    final RuntimeClock clock() {
        return loop.runtime().clock();
    }

    final TaskScope openScope(String name, ThreadFactory factory) {
        return loop.runtime().scopes().open(name, factory);
    }

    /** A thread of this worker's, before it calls code of the user. */
    final void adoptCurrentThread() {
        Thread current = Thread.currentThread();
        ClassLoader wanted = loop.contextClassLoader();
        if (current.getContextClassLoader() != wanted) {
            current.setContextClassLoader(wanted);
        }
        LoopThread.begin(this);
    }

    /** {@return whether the current thread is this worker's, or a fork's of its current attempt} */
    final boolean ownsCurrentThread() {
        if (Thread.currentThread() == thread()) {
            return true;
        }
        ForkOwner fork = ForkOwner.current();
        return fork != null && fork.worker == this;
    }

    /** A thread of the current attempt only. {@return the owner of what this thread forks} */
    final ForkOwner forks() {
        if (Thread.currentThread() != thread()) {
            ForkOwner fork = ForkOwner.current();
            if (fork == null) {
                throw new AssertionError("neither the body's thread nor a fork");
            }
            return fork;
        }
        ForkOwner body = bodyForks;
        if (body == null) {
            bodyForks = body = new ForkOwner(this, name());
        }
        return body;
    }

    @Override
    final void interruptForks(int reason) {
        ForkOwner body = bodyForks;
        if (body != null) {
            body.interruptForks((reason & CANCEL) != 0 ? Fork.CANCELLED : Fork.TIMED_OUT);
        }
    }

    @Override
    final void interruptDelivered(int reason) {
        if (deafThreadReport != null) {
            return; // the code was interrupted before: a report is under way
        }
        DeafThreadReport report = new DeafThreadReport(
                this, reason == TIMEOUT ? "its timeout" : reason == LOST ? "the loss of its lease" : "cancel()");
        report.start(); // may throw, when there is no thread for its alarm
        deafThreadReport = report;
    }

    /** Any thread. Adds the threads that this worker has started beside its own, for reports. */
    void addThreads(List<Thread> threads) {
        ForkOwner body = bodyForks;
        if (body != null) {
            body.addThreads(threads);
        }
    }

    /** Any thread. {@return its own thread, if it has begun and not ended, then those that it has started} */
    final List<Thread> threads() {
        List<Thread> threads = new ArrayList<>();
        Thread own = thread();
        if (own != null) {
            threads.add(own);
        }
        addThreads(threads);
        return List.copyOf(threads);
    }

    /** Worker's thread. {@return what it waits for a time with} */
    final Host.Parker parker() {
        Host.Parker waits = parker;
        if (waits == null) {
            parker = waits = host.newParker();
        }
        return waits;
    }

    /** Worker's thread. {@return the timer that ends its attempts, not set} */
    final Host.Timer timeout() {
        Host.Timer ends = timeout;
        if (ends == null) {
            timeout = ends = host.newTimer(() -> request(TIMEOUT, 0));
        }
        return ends;
    }

    /** Worker's thread, which will not wait and makes no attempts any more. */
    final void releaseTimers() {
        if (parker != null) {
            parker.release();
            parker = null;
        }
        if (timeout != null) {
            timeout.release();
            timeout = null;
        }
    }

    /** Worker's thread, after a wait. The engine's wake-ups do not interrupt, so whoever interrupted it wants the run to end. */
    final void noteInterrupt() {
        if (Thread.interrupted()) {
            request(CANCEL, 0);
        }
    }

    /** User code that may block. */
    interface Guarded {
        void run() throws Exception;
    }

    /**
     * Worker's thread. Runs user code that a cancel may interrupt, and returns what it threw. Check for {@code CANCEL} first: if the
     * worker was cancelled, what the code threw does not matter.
     */
    final @Nullable Throwable guard(LoopState state, Guarded code) {
        if (!expose(state)) {
            return null;
        }
        Throwable thrown = null;
        try {
            code.run();
        } catch (Throwable e) {
            thrown = e;
        }
        endGuard(thrown);
        return thrown;
    }

    /** Worker's thread. Ends what {@link #expose} began, for code that threw this. */
    final void endGuard(@Nullable Throwable thrown) {
        int left = leave();
        endDeafThreadReport();
        if ((left & FLAGGED) != 0 || thrown instanceof InterruptedException) {
            request(CANCEL, 0);
        }
    }

    /** Worker's thread, after {@link #leave}. The code that was interrupted has ended: no more reports. */
    final void endDeafThreadReport() {
        DeafThreadReport report = deafThreadReport;
        if (report == null) {
            return;
        }
        report.end();
        deafThreadReport = null;
    }

    /**
     * Worker's thread, after the body. Waits for the attempt's forks.
     *
     * @param thrown by the body
     * @return what the attempt fails with, the forks' failures included; null if it succeeded
     */
    final @Nullable Throwable finishForks(@Nullable Throwable thrown) {
        ForkOwner body = bodyForks;
        if (body == null) {
            return thrown;
        }
        try {
            return body.finish(thrown);
        } catch (Throwable e) { // for example, the body left a scope of its own open
            Log.suppress(e, thrown);
            return e;
        } finally {
            bodyForks = null;
        }
    }
}
