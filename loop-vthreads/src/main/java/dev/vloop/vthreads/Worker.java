package dev.vloop.vthreads;

import dev.vloop.LoopState;
import dev.vloop.vthreads.scopes.TaskScope;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/** A thread that makes attempts: the loop's own, or that of one of several overlapping iterations. */
abstract class Worker extends Control {
    private final VirtualLoop loop;

    /** What the current attempt has forked; written by the worker's thread, read by those who interrupt. */
    private volatile @Nullable ForkOwner bodyForks;

    /** The report on code that goes on after its interrupt; written by who interrupted, taken back by the worker's thread. */
    private volatile @Nullable Overdue overdue;

    Worker(VirtualLoop loop) {
        super(loop.runtime().host());
        this.loop = loop;
    }

    /** {@return the run that it works for} */
    abstract Run owner();

    /** {@return the name of its thread} */
    abstract String name();

    final VirtualLoop loop() {
        return loop;
    }

    final Timeline timeline() {
        return loop.runtime().timeline();
    }

    final TaskScope openScope(String name, ThreadFactory factory) {
        return loop.runtime().scopes().open(name, factory);
    }

    /** {@return whether a thread is this worker's, or a fork of its current attempt} */
    final boolean isThreadOfAttempt(Thread current) {
        if (current == thread()) {
            return true;
        }
        ForkOwner fork = ForkOwner.current();
        return fork != null && fork.worker == this;
    }

    /** {@return the current thread as one that forks; a thread of the current attempt only} */
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
        if (overdue != null) {
            return; // it goes on after an earlier interrupt: that is being reported
        }
        Overdue report = new Overdue(this, reason == TIMEOUT ? "its timeout" : "cancel()");
        overdue = report;
        report.watch();
    }

    /** Any thread. Adds the threads of what this worker has under way beside its own: for reports. */
    void addThreads(List<Thread> threads) {
        ForkOwner body = bodyForks;
        if (body != null) {
            body.addThreads(threads);
        }
    }

    /** Worker's thread, after a wait. A wake-up does not interrupt: whoever did wants the run to end. */
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
     * Worker's thread. Runs user code that a cancel may interrupt, and returns what it threw. Whether it was cancelled, from
     * wherever, is in the control word then; what it threw does not matter in that case.
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
        endOverdue();
        if ((left & FLAGGED) != 0 || thrown instanceof InterruptedException) {
            request(CANCEL, 0);
        }
    }

    /** Worker's thread, after {@link #leave}. Takes back the report on code that was interrupted. */
    final void endOverdue() {
        Overdue report = overdue;
        if (report == null) {
            return;
        }
        report.end();
        overdue = null;
    }

    /** Worker's thread. The attempt's forks are over, what they failed with is part of what is returned. */
    final @Nullable Throwable finishForks(@Nullable Throwable thrown) {
        ForkOwner body = bodyForks;
        if (body == null) {
            return thrown;
        }
        try {
            return body.finish(thrown);
        } catch (Throwable e) { // such as that the body left a scope of its own open
            if (thrown != null && thrown != e) {
                e.addSuppressed(thrown);
            }
            return e;
        } finally {
            bodyForks = null;
        }
    }
}
