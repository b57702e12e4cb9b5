package dev.vloop.vthreads;

import static java.util.Objects.requireNonNull;

import dev.vloop.LoopEnd;
import dev.vloop.LoopFailure;
import dev.vloop.LoopState;
import dev.vloop.LoopStatus;
import java.lang.invoke.VarHandle;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * What a run has done so far. Written by the loop's thread alone, read by any: a reader that sees the version change, or odd,
 * reads again, so that what it gets was true at one instant. Times are monotonic nanoseconds, -1 for none. What most loops never
 * need is apart: a waiting loop is to cost little more than its thread.
 */
class Progress {
    private static final long NONE = -1;
    private static final AtomicIntegerFieldUpdater<Progress> VERSION =
            AtomicIntegerFieldUpdater.newUpdater(Progress.class, "version");

    private volatile int version;

    private long iterations;

    /** Of the iteration that began last. */
    private int attempt;

    /** Iterations that have begun and are not over; more than one only if they may overlap. */
    private int running;

    private long startedAt = NONE;
    private long endedAt = NONE;

    /** Null while each iteration that has ended was a success, and none was retried or missed. */
    private @Nullable Troubles troubles;

    private static final class Troubles {
        int failuresInARow;
        long retries;
        long missed;
        long succeededAt;

        @Nullable
        LoopFailure lastFailure;
    }

    /** Begins, and makes them if there are none. They are made first: what has begun is always committed. */
    private Troubles beginTroubles() {
        Troubles fresh = troubles == null ? new Troubles() : null;
        begin();
        Troubles known = troubles;
        if (known == null) {
            known = requireNonNull(fresh);
            known.succeededAt = succeededAt(null);
            troubles = known;
        }
        return known;
    }

    private long succeededAt(@Nullable Troubles known) {
        if (known != null) {
            return known.succeededAt;
        }
        return iterations == 0 ? NONE : endedAt;
    }

    /** The next slot: a monotonic time, or an instant of the wall clock, or neither. */
    private long nextNano = NONE;

    private @Nullable Instant nextInstant;

    void begin() {
        VERSION.lazySet(this, version + 1);
        VarHandle.storeStoreFence();
    }

    void commit() {
        VERSION.lazySet(this, version + 1);
    }

    void next(Timetable timetable) {
        begin();
        nextNano = timetable.nextNano();
        nextInstant = timetable.nextInstant();
        commit();
    }

    /** @param timetable what comes next; null if nothing does */
    void iterationBegins(@Nullable Timetable timetable, long nano) {
        begin();
        nextNano = timetable == null ? NONE : timetable.nextNano();
        nextInstant = timetable == null ? null : timetable.nextInstant();
        attempt = 1;
        running++;
        startedAt = nano;
        commit();
    }

    void retryBegins(int number) {
        beginTroubles().retries++;
        attempt = number;
        commit();
    }

    void failed(LoopFailure failure) {
        Troubles known = beginTroubles();
        known.failuresInARow = failure.inARow();
        known.lastFailure = failure;
        commit();
    }

    void iterationEnds(long nano, boolean success) {
        begin();
        Troubles known = troubles; // there are some if this was no success
        iterations++;
        running--;
        endedAt = nano;
        if (success && known != null) {
            known.succeededAt = nano;
            known.failuresInARow = 0;
        }
        commit();
    }

    /** The iteration is over without being counted: it was cut short, or failed for good. */
    void iterationBreaksOff(long nano) {
        beginTroubles(); // which remember when the last success was
        running--;
        endedAt = nano;
        commit();
    }

    void missed(long slots) {
        beginTroubles().missed += slots;
        commit();
    }

    /** The loop's thread only. */
    long iterations() {
        return iterations;
    }

    /** {@return the number of a failure that is about to be told of by {@link #failed}} */
    int nextFailureInARow() {
        return troubles == null ? 1 : troubles.failuresInARow + 1;
    }

    /** Any thread. */
    LoopStatus read(Run run, boolean paused, @Nullable LoopEnd endBefore) {
        for (; ; ) {
            int before = version;
            LoopState state = run.state();
            boolean inIteration = running > 0 && state != LoopState.IDLE;
            LoopState shown = shown(state, inIteration);
            int current = attempt;
            boolean hasNext =
                    (inIteration || shown == LoopState.WAITING) && !paused && !run.has(Control.STOP | Control.CANCEL);
            long started = startedAt;
            long ended = endedAt;
            Troubles known = troubles;
            long succeeded = succeededAt(known);
            long upcoming = hasNext ? nextNano : NONE;
            Instant upcomingInstant = hasNext ? nextInstant : null;
            LoopFailure failure = known == null ? null : known.lastFailure;
            long done = iterations;
            int inARow = known == null ? 0 : known.failuresInARow;
            long retried = known == null ? 0 : known.retries;
            long skipped = known == null ? 0 : known.missed;
            VarHandle.loadLoadFence();
            if ((before & 1) == 0 && state == run.state() && version == before) {
                return new LoopStatus(
                        run.loop().name(),
                        shown,
                        done,
                        inIteration ? current : 0,
                        inARow,
                        retried,
                        skipped,
                        instant(run.timeline(), started),
                        instant(run.timeline(), ended),
                        instant(run.timeline(), succeeded),
                        failure,
                        state == LoopState.IDLE ? run.end() : endBefore,
                        upcomingInstant != null ? upcomingInstant : instant(run.timeline(), upcoming));
            }
            Thread.onSpinWait(); // a write is a few stores
        }
    }

    /** While iterations overlap, the loop's thread waits; between two iterations, it may not yet. */
    private static LoopState shown(LoopState state, boolean inIteration) {
        if (state == LoopState.IDLE || state == LoopState.ENDING || state == LoopState.BACKING_OFF && inIteration) {
            return state;
        }
        if (inIteration) {
            return LoopState.EXECUTING;
        }
        return state == LoopState.EXECUTING || state == LoopState.BACKING_OFF ? LoopState.WAITING : state;
    }

    private static @Nullable Instant instant(Timeline timeline, long nano) {
        return nano == NONE ? null : timeline.instantOf(nano);
    }
}
