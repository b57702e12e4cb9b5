package dev.vloop.vthreads;

import static java.util.Objects.requireNonNull;

import dev.vloop.ClusterStatus;
import dev.vloop.HookFailure;
import dev.vloop.LoopEnd;
import dev.vloop.LoopFailure;
import dev.vloop.LoopState;
import dev.vloop.LoopStatus;
import dev.vloop.LoopTotals;
import java.lang.invoke.VarHandle;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * What a run has done so far. Written by the loop's thread alone, read by any thread. A reader that finds the version odd, or changed
 * when it is done, reads again: so all that it gets was true at the same moment. Times are monotonic.
 *
 * <p>What most loops never need is in an object of its own, {@link Troubles}: a waiting loop is to cost little more than its thread.
 */
class Progress {
    /** How many failures of {@code onFailure} hooks are kept. */
    private static final int MOST_HOOK_FAILURES = 100;

    /** Stands for a monotonic time that there is not. */
    private static final long NONE = -1;

    private static final AtomicIntegerFieldUpdater<Progress> VERSION =
            AtomicIntegerFieldUpdater.newUpdater(Progress.class, "version");

    /** Odd during a write. */
    private volatile int version;

    /** How many iterations have ended and count. */
    private long iterations;

    /** The attempt of the iteration that began last. */
    private int attempt;

    /** How many iterations are running; more than one only if they may overlap. */
    private int running;

    /** When the last iteration began. */
    private long startedAt = NONE;

    /** When the last iteration ended. */
    private long endedAt = NONE;

    /** The next slot as a monotonic time, if it is one; before the first, since when the run is in {@code beforeLoop}. */
    private long nextNano = NONE;

    /** The next slot as an instant of the wall clock, if it is one. */
    private @Nullable Instant nextInstant;

    /** Null while each iteration that has ended was a success, and none was retried or missed. */
    private @Nullable Troubles troubles;

    /** Begins a write, and makes the troubles if there are none. They are made before it: if that throws, no write has begun. */
    private Troubles beginWriteOfTroubles() {
        Troubles fresh = troubles == null ? new Troubles() : null;
        beginWrite();
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

    /** Begins a write: readers read again until {@link #endWrite}. */
    void beginWrite() {
        VERSION.lazySet(this, version + 1);
        VarHandle.storeStoreFence();
    }

    void endWrite() {
        VERSION.lazySet(this, version + 1);
    }

    /** The run is about to call {@code beforeLoop}. */
    void starts(long nano) {
        beginWrite();
        nextNano = nano;
        endWrite();
    }

    /** A {@code beforeLoop} that had failed has succeeded: failures are counted afresh. */
    void startSucceeds() {
        beginWriteOfTroubles().failuresInARow = 0;
        endWrite();
    }

    /** The loop is about to wait for the timetable's next slot. That is asked for before the write: if it throws, none has begun. */
    void next(Timetable timetable) {
        long nano = timetable.nextNano();
        Instant instant = timetable.nextInstant();
        beginWrite();
        nextNano = nano;
        nextInstant = instant;
        endWrite();
    }

    /**
     * An iteration begins. Called within a write, in which the run's word has changed, too.
     *
     * @param timetable has the next slot; null if this is the last iteration
     */
    void iterationBegins(@Nullable Timetable timetable, long nano) {
        nextNano = timetable == null ? NONE : timetable.nextNano();
        nextInstant = timetable == null ? null : timetable.nextInstant();
        attempt = 1;
        running++;
        startedAt = nano;
    }

    void retryBegins(int number, long nano) {
        Troubles known = beginWriteOfTroubles();
        known.retries++;
        known.retryBegan = nano;
        attempt = number;
        endWrite();
    }

    /** The loop's thread only. {@return when the last attempt of the last iteration began, if that was a retry; otherwise -1} */
    long retryBegan() {
        return attempt > 1 && troubles != null ? troubles.retryBegan : NONE;
    }

    void failed(LoopFailure failure) {
        Troubles known = beginWriteOfTroubles();
        known.failuresInARow = failure.inARow();
        known.failures++;
        known.lastFailure = failure;
        endWrite();
    }

    void iterationEnds(long nano, boolean success) {
        beginWrite();
        Troubles known = troubles; // not null if this iteration was no success
        iterations++;
        running--;
        endedAt = nano;
        if (success && known != null) {
            known.succeededAt = nano;
            known.failuresInARow = 0;
        }
        endWrite();
    }

    /** The iteration has ended without being counted: it was cancelled, or has failed for good. */
    void iterationBreaksOff(long nano) {
        beginWriteOfTroubles(); // they keep the time of the last success, which endedAt no longer is
        running--;
        endedAt = nano;
        endWrite();
    }

    void hookFailed(HookFailure failure) {
        List<HookFailure> before = hookFailures();
        if (failure.hook() == HookFailure.Hook.ON_FAILURE && before.size() >= MOST_HOOK_FAILURES) {
            return; // a handler that always fails must not fill the memory
        }
        Troubles known = beginWriteOfTroubles();
        List<HookFailure> more = new ArrayList<>(known.hookFailures);
        more.add(failure);
        known.hookFailures = more;
        endWrite();
    }

    /** {@return what hooks have thrown} */
    List<HookFailure> hookFailures() {
        Troubles known = troubles;
        return known == null ? List.of() : known.hookFailures;
    }

    void missed(long slots) {
        beginWriteOfTroubles().missed += slots;
        endWrite();
    }

    /** The loop's thread only. */
    long iterations() {
        return iterations;
    }

    /** The loop's thread only, and not while iterations overlap. {@return when the last iteration ended} */
    long endedAt() {
        return endedAt;
    }

    /** {@return the number in a row of the failure that the next call of {@link #failed} reports} */
    int nextFailureInARow() {
        return troubles == null ? 1 : troubles.failuresInARow + 1;
    }

    /** Any thread. */
    LoopStatus read(Run run, @Nullable LoopEnd endBefore) {
        RuntimeClock clock = run.clock();
        for (; ; ) {
            int before = version;
            int word = run.word();
            boolean paused = run.loop().isPaused();
            LoopState state = ControlWord.shownBy(word);
            boolean inIteration = running > 0 && state != LoopState.IDLE;
            LoopState shown = ShownState.of(state, inIteration, startedAt == NONE, word, paused);
            int current = attempt;
            long started = startedAt;
            long ended = endedAt;
            Troubles known = troubles;
            long succeeded = succeededAt(known);
            boolean starting = started == NONE && (state == LoopState.STARTING || state == LoopState.BACKING_OFF);
            long upcoming = nextNano;
            Instant upcomingInstant = shownNext(run);
            LoopFailure failure = known == null ? null : known.lastFailure;
            long done = iterations;
            int inARow = known == null ? 0 : known.failuresInARow;
            long retried = known == null ? 0 : known.retries;
            long skipped = known == null ? 0 : known.missed;
            VarHandle.loadLoadFence();
            if (isUnchanged(before, word, run)) {
                boolean hasNext = (inIteration || shown == LoopState.WAITING) && !paused && !ShownState.endsSoon(word);
                Instant next = upcomingInstant != null ? upcomingInstant : instant(clock, upcoming);
                if (hasNext && (word & Control.REARM) != 0) {
                    next = Forecast.afterChange(run, state == LoopState.PAUSED);
                } else if (hasNext && state == LoopState.PAUSED) {
                    next = Forecast.afterResume(run, next);
                }
                LoopStatus status = new LoopStatus(
                        run.loop().name(),
                        shown,
                        done,
                        inIteration ? current : 0,
                        inARow,
                        retried,
                        skipped,
                        instant(clock, started),
                        instant(clock, ended),
                        instant(clock, succeeded),
                        failure,
                        state == LoopState.IDLE ? run.end() : endBefore,
                        hasNext ? next : null,
                        paused,
                        starting ? instant(clock, upcoming) : null);
                if (isUnchanged(before, word, run)) {
                    return status;
                }
            }
            Thread.onSpinWait(); // a write is a few stores
        }
    }

    /** Any thread. {@return how many iterations have begun, those that were broken off left out} */
    long begun() {
        return iterations + running;
    }

    /** {@return whether what was read between two calls was true at the same moment} */
    private boolean isUnchanged(int before, int word, Run run) {
        return (before & 1) == 0 && run.word() == word && version == before;
    }

    /** Any thread. {@return what other runs and this one add up to} */
    LoopTotals addTo(LoopTotals others) {
        for (; ; ) {
            int before = version;
            long done = iterations;
            Troubles known = troubles;
            long failed = known == null ? 0 : known.failures;
            long retried = known == null ? 0 : known.retries;
            long skipped = known == null ? 0 : known.missed;
            VarHandle.loadLoadFence();
            if ((before & 1) == 0 && version == before) {
                return new LoopTotals(
                        others.runs() + 1,
                        others.iterations() + done,
                        others.failures() + failed,
                        others.retries() + retried,
                        others.missedSlots() + skipped);
            }
            Thread.onSpinWait(); // a write is a few stores
        }
    }

    /** {@return the next slot, if it is an instant of the wall clock} In a cluster, others may have moved it. */
    private @Nullable Instant shownNext(Run run) {
        ClusterStatus cluster = run.cluster();
        return cluster == null ? nextInstant : cluster.nextSlot();
    }

    private static @Nullable Instant instant(RuntimeClock clock, long nano) {
        return nano == NONE ? null : clock.instantOf(nano);
    }
}
