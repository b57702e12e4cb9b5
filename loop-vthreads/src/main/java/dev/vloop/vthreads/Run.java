package dev.vloop.vthreads;

import dev.vloop.AfterLoop;
import dev.vloop.BeforeLoop;
import dev.vloop.FailureHandler;
import dev.vloop.LoopEnd;
import dev.vloop.LoopFailure;
import dev.vloop.LoopState;
import dev.vloop.Reaction;
import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/** One life of a loop, on a thread of its own. */
final class Run extends Control implements Runnable {
    private final VirtualLoop loop;
    private final Options options;
    final Progress progress = new Progress();

    /** The loop's thread only. */
    private @Nullable Timetable timetable;

    /** The loop's thread only: what it failed with, if it did. */
    private @Nullable Throwable cause;

    /** What the current attempt has forked; written by the loop's thread, read by those who interrupt. */
    private volatile @Nullable ForkOwner bodyForks;

    /** The report on code that goes on after its interrupt; null while there is none. */
    private volatile @Nullable Overdue overdue;

    /** Guarded by the runtime's lock: the neighbours in its list of runs, and who waits for the end. */
    @Nullable
    Run previous;

    @Nullable
    Run next;

    final Waiters joiners = new Waiters();

    /** Written once, under the runtime's lock; read by any. */
    private volatile @Nullable LoopEnd end;

    Run(VirtualLoop loop, Options options) {
        super(loop.runtime().host());
        this.loop = loop;
        this.options = options;
    }

    VirtualLoop loop() {
        return loop;
    }

    Timeline timeline() {
        return loop.runtime().timeline();
    }

    TaskScope openScope(String name, ThreadFactory factory) {
        return loop.runtime().scopes().open(name, factory);
    }

    @Nullable
    LoopEnd end() {
        return end;
    }

    void setEnd(LoopEnd how) {
        end = how;
    }

    boolean followsWallClock() {
        Timetable current =
                timetable; // a racy read: whoever asks about a run that begins just now has nothing to tell it
        return current != null && current.followsWallClock();
    }

    boolean isThreadOfAttempt(Thread current) {
        if (current == thread()) return true;
        ForkOwner fork = ForkOwner.current();
        return fork != null && fork.run == this;
    }

    /** {@return the current thread as one that forks; a thread of the current attempt only} */
    ForkOwner forks() {
        if (Thread.currentThread() != thread()) {
            ForkOwner fork = ForkOwner.current();
            if (fork == null) throw new AssertionError("neither the body's thread nor a fork");
            return fork;
        }
        ForkOwner body = bodyForks;
        if (body == null) bodyForks = body = new ForkOwner(this, loop.name());
        return body;
    }

    @Override
    void interruptForks(int reason) {
        ForkOwner body = bodyForks;
        if (body != null) body.interruptForks(Fork.ABANDONED);
    }

    @Override
    void interruptDelivered(int reason) {
        Overdue report = new Overdue(this, reason == TIMEOUT ? "its timeout" : "cancel()");
        overdue = report;
        report.watch();
    }

    /** User code that may block. */
    interface Guarded {
        void run() throws Exception;
    }

    /**
     * Loop's thread. Runs user code that a cancel may interrupt, and returns what it threw. Whether it was cancelled, from
     * wherever, is in the control word then; what it threw does not matter in that case.
     */
    @Nullable
    Throwable guard(LoopState state, Guarded code) {
        if (!expose(state)) return null;
        Throwable thrown = null;
        try {
            code.run();
        } catch (Throwable e) {
            thrown = e;
        }
        int left = leave();
        endOverdue();
        if ((left & FLAGGED) != 0 || thrown instanceof InterruptedException) request(CANCEL, 0);
        return thrown;
    }

    /** Loop's thread, after {@link #leave}. Takes back the report on code that was interrupted. */
    void endOverdue() {
        Overdue report = overdue;
        if (report == null) return;
        report.end();
        overdue = null;
    }

    /** Loop's thread. The attempt's forks are over, what they failed with is part of what is returned. */
    @Nullable
    Throwable finishForks(@Nullable Throwable thrown) {
        ForkOwner body = bodyForks;
        if (body == null) return thrown;
        Throwable merged = body.finish(thrown);
        bodyForks = null;
        return merged;
    }

    @Override
    public void run() {
        bindToCurrentThread();
        LoopEnd how;
        try {
            how = live();
        } catch (Throwable e) {
            Log.broken("loop '" + loop.name() + "' failed in the engine", e);
            how = new LoopEnd.Failed(progress.iterations(), e);
        }
        beginEnding();
        after(how);
        Listeners listeners = loop.runtime().listeners();
        LoopEnd ended = how;
        if (!listeners.isEmpty()) listeners.emit(l -> l.onEnd(loop, ended));
        FlightEvents.end(loop, how);
        loop.runtime().runEnds(this, how);
    }

    private LoopEnd live() {
        Listeners listeners = loop.runtime().listeners();
        if (!listeners.isEmpty()) listeners.emit(l -> l.onStart(loop));
        if (!before()) return brokenOff();
        Slots slots = new Slots(this);
        if (!slots.arm()) return brokenOff();
        Attempts attempts = new Attempts(this);
        for (; ; ) {
            Slots.Next due = slots.await();
            if (due == Slots.Next.NONE) return new LoopEnd.Completed(progress.iterations());
            if (due == Slots.Next.BROKEN_OFF) return brokenOff();
            boolean last = progress.iterations() + 1 >= options.count();
            boolean done = attempts.iterate(slots.begin(due), last ? null : timetable());
            if (!done || has(CANCEL)) return brokenOff();
            if (last) return new LoopEnd.Completed(progress.iterations());
            if (!slots.ended(due)) return brokenOff();
        }
    }

    private LoopEnd brokenOff() {
        long iterations = progress.iterations();
        if (cause != null) return new LoopEnd.Failed(iterations, cause);
        return has(CANCEL) ? new LoopEnd.Cancelled(iterations) : new LoopEnd.Stopped(iterations);
    }

    /** {@return whether iterations may begin} */
    private boolean before() {
        for (BeforeLoop hook : options.beforeLoop()) {
            if (has(STOP)) return false;
            Throwable thrown = guard(LoopState.STARTING, hook::run);
            if (has(CANCEL)) return false;
            if (thrown != null) {
                fail(0, thrown);
                return false;
            }
        }
        return true;
    }

    private void after(LoopEnd how) {
        Thread.interrupted(); // a hook that is to flush must be able to block
        for (AfterLoop hook : options.afterLoop()) {
            try {
                hook.run(how);
            } catch (Throwable e) {
                hookFailed("afterLoop", e, cause);
            }
            Thread.interrupted();
        }
    }

    private void hookFailed(String hook, Throwable thrown, @Nullable Throwable firstCause) {
        Log.hookFailed(loop.name(), hook, thrown);
        if (firstCause != null && firstCause != thrown) firstCause.addSuppressed(thrown);
    }

    /**
     * Loop's thread. The run ends with this cause, and those who want to know are told.
     *
     * @param attempt the attempt that failed, 0 outside of any
     */
    void fail(int attempt, Throwable thrown) {
        cause = thrown;
        failed(failure(attempt, thrown, Reaction.FAIL), null);
    }

    LoopFailure failure(int attempt, Throwable thrown, Reaction reaction) {
        return new LoopFailure(
                loop, progress.iterations(), attempt, progress.failuresInARow() + 1, host.instant(), thrown, reaction);
    }

    /** Loop's thread. Tells of a failure whoever wants to know. */
    void failed(LoopFailure failure, @Nullable Duration backoff) {
        if (failure.reaction() == Reaction.FAIL) cause = failure.cause();
        progress.failed(failure);
        Log.failed(failure, backoff);
        Listeners listeners = loop.runtime().listeners();
        if (!listeners.isEmpty()) listeners.emit(l -> l.onFailure(failure));
        FlightEvents.failure(failure, backoff);
        LoopState state = failure.attempt() == 0 ? state() : LoopState.EXECUTING;
        for (FailureHandler handler : options.onFailure()) {
            if (has(CANCEL)) return;
            Throwable thrown = guard(state, () -> handler.handle(failure));
            if (thrown != null && !has(CANCEL)) hookFailed("onFailure", thrown, failure.cause());
        }
    }

    Options options() {
        return options;
    }

    Timetable timetable() {
        Timetable current = timetable;
        if (current == null) throw new AssertionError("not armed");
        return current;
    }

    void setTimetable(Timetable current) {
        timetable = current;
        if (current.followsWallClock()) loop.runtime().watchClock();
    }
}
