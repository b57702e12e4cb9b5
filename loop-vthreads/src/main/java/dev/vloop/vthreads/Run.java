package dev.vloop.vthreads;

import dev.vloop.AfterLoop;
import dev.vloop.BeforeLoop;
import dev.vloop.FailureHandler;
import dev.vloop.LoopEnd;
import dev.vloop.LoopFailure;
import dev.vloop.LoopState;
import dev.vloop.Reaction;
import dev.vloop.Schedule;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/** One life of a loop, on a thread of its own. */
final class Run extends Worker implements Runnable {
    private static final AtomicReferenceFieldUpdater<Run, @Nullable Throwable> CAUSE =
            AtomicReferenceFieldUpdater.newUpdater(Run.class, Throwable.class, "cause");

    private final Options options;
    final Progress progress;

    /** The loop's thread only. */
    private @Nullable Timetable timetable;

    /** Whether a zone of the schedule may change; written by the loop's thread, read by the alarms'. */
    volatile boolean zoned;

    /** What it failed with, if it did; written once, by the worker that failed. */
    private volatile @Nullable Throwable cause;

    /** What overlaps; written by the loop's thread, read by those who report. */
    private volatile @Nullable Lanes lanes;

    /** Guarded by the runtime's lock: the neighbours in its list of runs, and who waits for the end. */
    @Nullable
    Run previous;

    @Nullable
    Run next;

    final Waiters joiners = new Waiters();

    /** Written once, under the runtime's lock; read by any. */
    private volatile @Nullable LoopEnd end;

    Run(VirtualLoop loop, Options options) {
        super(loop);
        this.options = options;
        this.progress = options.maxConcurrent == 1 ? new Progress() : new SharedProgress();
    }

    @Nullable
    LoopEnd end() {
        return end;
    }

    void setEnd(LoopEnd how) {
        end = how;
    }

    /** The loop's thread, which is about to ask it. {@return the schedule; its zones are watched from now on} */
    Schedule schedule() {
        Schedule schedule = loop().schedule();
        Set<ZoneId> zones = schedule.zones();
        zoned = !zones.isEmpty() && loop().runtime().watchClock().add(zones);
        return schedule;
    }

    boolean followsWallClock() {
        // a racy read: whoever asks about a run that begins just now has nothing to tell it
        Timetable current = timetable;
        return current != null && current.followsWallClock();
    }

    @Override
    Run owner() {
        return this;
    }

    @Override
    String name() {
        return loop().name();
    }

    /** {@return whether a thread is one of this run's: its own, that of an iteration, or a fork} */
    boolean isOwnThread(Thread current) {
        if (current == thread()) return true;
        ForkOwner fork = ForkOwner.current();
        return fork != null && fork.worker.owner() == this;
    }

    @Override
    void addThreads(List<Thread> threads) {
        super.addThreads(threads);
        Lanes overlapping = lanes;
        if (overlapping != null) overlapping.addThreads(threads);
    }

    @Override
    public void run() {
        bindToCurrentThread();
        LoopEnd how = liveOrFail();
        try {
            after(how);
            Listeners listeners = loop().runtime().listeners();
            if (!listeners.isEmpty()) listeners.emit(l -> l.onEnd(loop(), how));
            FlightEvents.end(loop(), how);
        } finally { // whatever is broken, the log included: those who wait for the end are not to wait for ever
            loop().runtime().runEnds(this, how);
        }
    }

    private LoopEnd liveOrFail() {
        try {
            return live();
        } catch (Throwable e) {
            Log.broken("loop '" + loop().name() + "' failed in the engine", e);
            return new LoopEnd.Failed(progress.iterations(), e);
        } finally {
            if (has(EXPOSED)) leave();
            beginEnding();
        }
    }

    private LoopEnd live() {
        Listeners listeners = loop().runtime().listeners();
        if (!listeners.isEmpty()) {
            loop().runtime().watchClock();
            listeners.emit(l -> l.onStart(loop()));
        }
        if (!before()) return brokenOff();
        if (options.maxConcurrent > 1) {
            Lanes overlapping = new Lanes(this);
            lanes = overlapping;
            return overlapping.live();
        }
        Slots slots = new Slots(this, null);
        return slots.arm() ? oneByOne(slots) : brokenOff();
    }

    private LoopEnd oneByOne(Slots slots) {
        Attempts attempts = new Attempts(this);
        for (; ; ) {
            int due = slots.await();
            if (due == Slots.NONE) return completed();
            if (due == Slots.BROKEN_OFF) return brokenOff();
            long index = progress.iterations();
            boolean last = index + 1 >= options.count;
            VirtualIteration iteration = slots.begin(this, due, index, last);
            if (iteration == null) return brokenOff();
            boolean done = attempts.iterate(iteration);
            if (!done || has(CANCEL)) return brokenOff();
            if (last) return completed();
            if (!slots.ended(due)) return brokenOff();
        }
    }

    LoopEnd completed() {
        return new LoopEnd.Completed(progress.iterations());
    }

    /** {@return how the run ends that did not complete} */
    LoopEnd brokenOff() {
        long iterations = progress.iterations();
        Throwable failed = cause;
        if (failed != null) return new LoopEnd.Failed(iterations, failed);
        return has(CANCEL) ? new LoopEnd.Cancelled(iterations) : new LoopEnd.Stopped(iterations);
    }

    /** {@return whether iterations may begin} */
    private boolean before() {
        for (BeforeLoop hook : options.beforeLoop) {
            if (has(STOP)) return false;
            Throwable thrown = guard(LoopState.STARTING, hook::run);
            if (has(CANCEL)) return false;
            if (thrown != null) {
                fail(thrown);
                return false;
            }
        }
        return true;
    }

    private void after(LoopEnd how) {
        Thread.interrupted(); // a hook that is to flush must be able to block
        for (AfterLoop hook : options.afterLoop) {
            try {
                hook.run(how);
            } catch (Throwable e) {
                hookFailed("afterLoop", e, cause);
            } finally {
                Thread.interrupted();
            }
        }
    }

    private void hookFailed(String hook, Throwable thrown, @Nullable Throwable firstCause) {
        Log.hookFailed(loop().name(), hook, thrown);
        if (firstCause != null && firstCause != thrown) firstCause.addSuppressed(thrown);
    }

    /** Loop's thread. The run ends with this cause, which arose outside of any attempt, and those who want to know are told. */
    void fail(Throwable thrown) {
        int inARow = progress.nextFailureInARow();
        failed(this, failure(progress.iterations(), 0, inARow, thrown, Reaction.FAIL), null);
    }

    LoopFailure failure(long index, int attempt, int inARow, Throwable thrown, Reaction reaction) {
        return new LoopFailure(loop(), index, attempt, inARow, host.instant(), thrown, reaction);
    }

    /** The worker's thread. Tells of a failure whoever wants to know. */
    void failed(Worker worker, LoopFailure failure, @Nullable Duration backoff) {
        if (failure.reaction() == Reaction.FAIL) endWith(failure.cause());
        progress.failed(failure);
        Log.failed(failure, backoff);
        Listeners listeners = loop().runtime().listeners();
        if (!listeners.isEmpty()) listeners.emit(l -> l.onFailure(failure));
        FlightEvents.failure(failure, backoff);
        LoopState state = failure.attempt() == 0 ? worker.state() : LoopState.EXECUTING;
        for (FailureHandler handler : options.onFailure) {
            if (worker.has(CANCEL)) return;
            Throwable thrown = worker.guard(state, () -> handler.handle(failure));
            if (thrown != null && !worker.has(CANCEL)) hookFailed("onFailure", thrown, failure.cause());
        }
    }

    /** The first cause counts; of iterations that overlap, others may fail after it. */
    private void endWith(Throwable thrown) {
        if (CAUSE.compareAndSet(this, null, thrown)) return;
        Throwable first = cause;
        if (first != null && first != thrown) first.addSuppressed(thrown);
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
        if (current.followsWallClock()) loop().runtime().watchClock();
    }
}
