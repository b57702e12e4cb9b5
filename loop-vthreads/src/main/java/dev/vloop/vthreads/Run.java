package dev.vloop.vthreads;

import static java.util.Objects.requireNonNull;

import dev.vloop.AfterLoop;
import dev.vloop.BeforeLoop;
import dev.vloop.FailureHandler;
import dev.vloop.LoopEnd;
import dev.vloop.LoopFailure;
import dev.vloop.LoopState;
import dev.vloop.Reaction;
import dev.vloop.Schedule;
import dev.vloop.spi.IntervalSchedule;
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

    // What beginning, or going on, returns instead of a time to wait until.

    private static final long COMPLETED = -1;
    private static final long BROKEN_OFF = -2;

    final Progress progress;

    /** The loop's thread only. */
    private @Nullable Timetable timetable;

    /** Whether the slot that comes next was waited for; the first counts as waited for. The loop's thread only. */
    boolean waited = true;

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

    private @Nullable Waiters joiners;

    /** Written once, under the runtime's lock; read by any. */
    private volatile @Nullable LoopEnd end;

    Run(VirtualLoop loop) {
        super(loop);
        this.progress = loop.options().maxConcurrent == 1 ? new Progress() : new SharedProgress();
    }

    /** The runtime's lock is held. */
    Waiters joiners() {
        Waiters waiters = joiners;
        if (waiters == null) {
            joiners = waiters = new Waiters();
        }
        return waiters;
    }

    /** The runtime's lock is held. {@return those who have waited for the end} */
    List<Thread> takeJoiners() {
        Waiters waiters = joiners;
        return waiters == null ? List.of() : waiters.takeAll();
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
        Set<ZoneId> zones = schedule instanceof IntervalSchedule ? Set.of() : schedule.zones();
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
        if (current == thread()) {
            return true;
        }
        ForkOwner fork = ForkOwner.current();
        return fork != null && fork.worker.owner() == this;
    }

    @Override
    void addThreads(List<Thread> threads) {
        super.addThreads(threads);
        Lanes overlapping = lanes;
        if (overlapping != null) {
            overlapping.addThreads(threads);
        }
    }

    /**
     * The life of a loop. All its waits for slots are made here and in no deeper frame: what is on the stack of a waiting thread is
     * most of what a loop costs.
     */
    @Override
    public void run() {
        bindToCurrentThread();
        long until;
        Throwable broken = null;
        try {
            for (until = begin(); until >= 0; until = goOn()) {
                host.park(until);
            }
        } catch (Throwable e) {
            broken = e;
            until = BROKEN_OFF;
        }
        end(until, broken);
    }

    private void end(long reason, @Nullable Throwable broken) {
        LoopEnd end = null;
        try {
            if (has(EXPOSED)) {
                leave();
            }
            LoopEnd how = how(reason, broken);
            end = how;
            beginEnding();
            if (broken != null) {
                Log.broken("loop '" + loop().name() + "' failed in the engine", broken);
            }
            after(how);
            Listeners listeners = loop().runtime().listeners();
            if (!listeners.isEmpty()) {
                listeners.emit(l -> l.onEnd(loop(), how));
            }
            FlightEvents.end(loop(), how);
        } catch (Throwable e) {
            if (end == null) {
                end = new LoopEnd.Failed(progress.iterations(), e);
            }
            throw e;
        } finally { // whatever is broken, the log included: those who wait for the end are not to wait for ever
            loop().runtime().runEnds(this, requireNonNull(end));
        }
    }

    private LoopEnd how(long reason, @Nullable Throwable broken) {
        if (broken != null) {
            return new LoopEnd.Failed(progress.iterations(), broken);
        }
        return reason == COMPLETED ? new LoopEnd.Completed(progress.iterations()) : brokenOff();
    }

    /** {@return until when to wait, or how the run is over} */
    private long begin() {
        Listeners listeners = loop().runtime().listeners();
        if (!listeners.isEmpty()) {
            loop().runtime().watchClock();
            listeners.emit(l -> l.onStart(loop()));
        }
        if (!before()) {
            return BROKEN_OFF;
        }
        if (loop().options().maxConcurrent > 1) {
            Lanes overlapping = new Lanes(this);
            lanes = overlapping;
            return overlapping.live() ? COMPLETED : BROKEN_OFF;
        }
        return Slots.arm(this) ? oneByOne() : BROKEN_OFF;
    }

    /** After a wait. {@return until when to wait, or how the run is over} */
    private long goOn() {
        noteInterrupt();
        return oneByOne();
    }

    /** Does what is due, one iteration after the other. {@return until when to wait, or how the run is over} */
    private long oneByOne() {
        long now = host.nanoTime();
        for (; ; ) {
            long due = Slots.look(this, now);
            if (due >= 0) {
                return due;
            }
            if (due == Slots.NONE) {
                return COMPLETED;
            }
            if (due == Slots.BROKEN_OFF) {
                return BROKEN_OFF;
            }
            if (due == Slots.AGAIN) {
                now = host.nanoTime();
                continue;
            }
            long index = progress.iterations();
            boolean last = index + 1 >= loop().count();
            VirtualIteration iteration = Slots.begin(this, this, due, index, last, now);
            if (iteration == null) {
                return BROKEN_OFF;
            }
            now = Attempts.iterate(this, iteration);
            if (now == Attempts.BROKEN_OFF || has(CANCEL)) {
                return BROKEN_OFF;
            }
            if (last) {
                return COMPLETED;
            }
            if (!Slots.ended(this, due, now)) {
                return BROKEN_OFF;
            }
            if (timetable().asksSchedule() || !loop().runtime().listeners().isEmpty()) {
                now = host.nanoTime();
            }
        }
    }

    /** {@return how the run ends that did not complete} */
    private LoopEnd brokenOff() {
        long iterations = progress.iterations();
        Throwable failed = cause;
        if (failed != null) {
            return new LoopEnd.Failed(iterations, failed);
        }
        return has(CANCEL) ? new LoopEnd.Cancelled(iterations) : new LoopEnd.Stopped(iterations);
    }

    /** {@return whether iterations may begin} */
    private boolean before() {
        for (BeforeLoop hook : loop().options().beforeLoop) {
            if (has(STOP)) {
                return false;
            }
            Throwable thrown = guard(LoopState.STARTING, hook::run);
            if (has(CANCEL)) {
                return false;
            }
            if (thrown != null) {
                fail(thrown);
                return false;
            }
        }
        return true;
    }

    private void after(LoopEnd how) {
        Thread.interrupted(); // a hook that is to flush must be able to block
        for (AfterLoop hook : loop().options().afterLoop) {
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
        if (firstCause != null && firstCause != thrown) {
            firstCause.addSuppressed(thrown);
        }
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
        if (failure.reaction() == Reaction.FAIL) {
            endWith(failure.cause());
        }
        progress.failed(failure);
        Log.failed(failure, backoff);
        Listeners listeners = loop().runtime().listeners();
        if (!listeners.isEmpty()) {
            listeners.emit(l -> l.onFailure(failure));
        }
        FlightEvents.failure(failure, backoff);
        LoopState state = failure.attempt() == 0 ? worker.state() : LoopState.EXECUTING;
        for (FailureHandler handler : loop().options().onFailure) {
            if (worker.has(CANCEL)) {
                return;
            }
            Throwable thrown = worker.guard(state, () -> handler.handle(failure));
            if (thrown != null && !worker.has(CANCEL)) {
                hookFailed("onFailure", thrown, failure.cause());
            }
        }
    }

    /** The first cause counts; of iterations that overlap, others may fail after it. */
    private void endWith(Throwable thrown) {
        if (CAUSE.compareAndSet(this, null, thrown)) {
            return;
        }
        Throwable first = cause;
        if (first != null && first != thrown) {
            first.addSuppressed(thrown);
        }
    }

    /** {@return whether no iteration may begin, as too many go on} */
    boolean isFull() {
        Lanes overlapping = lanes;
        return overlapping != null && overlapping.isFull();
    }

    /** {@return whether it has failed, or was cancelled} */
    boolean isBroken() {
        return cause != null || has(CANCEL);
    }

    Timetable timetable() {
        Timetable current = timetable;
        if (current == null) {
            throw new AssertionError("not armed");
        }
        return current;
    }

    void setTimetable(Timetable current) {
        timetable = current;
        if (current.followsWallClock()) {
            loop().runtime().watchClock();
        }
    }
}
