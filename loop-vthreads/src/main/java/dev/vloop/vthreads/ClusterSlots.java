package dev.vloop.vthreads;

import static java.util.Objects.requireNonNull;

import dev.vloop.MissedSlots;
import dev.vloop.Schedule;
import dev.vloop.SlotContext;
import dev.vloop.spi.ClusterPosition;
import dev.vloop.spi.Host;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Computes with a position that a cluster has lent: which slot is to run, and what comes after it. It reads no clock: it is given the
 * cluster's times. Its methods call the schedule. One thread at a time.
 */
final class ClusterSlots {
    private final SlotSequence sequence;

    /** The position as the cluster stores it. */
    private final ClusterPosition stored;

    /** Whether the policy has chosen the next slot. */
    private boolean admitted;

    /** The first slot that was skipped; null if none was. */
    private @Nullable Instant firstSkipped;

    ClusterSlots(Schedule schedule, SearchLimit limit, ClusterPosition stored) {
        this.stored = stored;
        Instant runStart = stored.runStart();
        sequence = new SlotSequence(
                schedule,
                limit,
                new SlotContext(runStart, runStart, stored.lastSlot(), stored.lastEnd(), stored.slots()));
    }

    /**
     * Decides which slot is to run, or is waited for. Slots that have passed are skipped as {@link MissedPolicy} says.
     *
     * @param maxLateness in nanoseconds, as the loop's options have it
     * @return how many slots were skipped
     */
    long choose(MissedSlots policy, long maxLateness, Instant now) {
        findNext(now);
        Instant next = sequence.next();
        if (next == null || next.isAfter(now)) {
            return 0;
        }
        admitted = true;
        long tooLate = maxLateness == Host.NEVER ? 0 : sequence.skipBefore(Nanos.plus(now, -maxLateness), now);
        long skipped = stored.admitted() && tooLate == 0 ? 0 : skip(policy, next, now, tooLate > 0);
        firstSkipped = tooLate + skipped > 0 ? next : null;
        return tooLate + skipped;
    }

    /** Finds the slot that the cluster has stored, or the one after the last. */
    private void findNext(Instant now) {
        Instant known = stored.next();
        if (known == null) {
            sequence.findNext(later(now, sequence.runStart()));
        } else {
            sequence.goOnAt(known);
        }
    }

    /** A slot that came while an iteration was running is not on time, even if its turn comes soon after. */
    private long skip(MissedSlots policy, Instant oldest, Instant now, boolean tooLate) {
        Instant lastEnd = stored.lastEnd();
        boolean waited = lastEnd == null || oldest.isAfter(lastEnd);
        boolean onTime = !tooLate && MissedPolicy.isOnTime(waited, Nanos.between(oldest, now));
        return switch (MissedPolicy.choose(policy, onTime)) {
            case OLDEST -> 0;
            case LATEST -> sequence.skipToLatest(now);
            case NONE -> sequence.skipBefore(now, now);
        };
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    @Nullable
    Instant next() {
        return sequence.next();
    }

    @Nullable
    Instant firstSkipped() {
        return firstSkipped;
    }

    /** {@return whether the slot to run is the one that the cluster has stored, so that its iteration may begin} */
    boolean isUnchanged() {
        return admitted && requireNonNull(sequence.next()).equals(stored.next());
    }

    /** {@return the position to store} */
    ClusterPosition position() {
        Instant next = sequence.next();
        boolean chosen = admitted && next != null;
        boolean same = next != null && next.equals(stored.next());
        return new ClusterPosition(
                sequence.runStart(),
                sequence.last(),
                sequence.lastEnd(),
                sequence.slots(),
                next,
                chosen,
                same && stored.begun());
    }

    /**
     * The next slot's iteration has ended.
     *
     * @param servedUntil slots up to this time are served by the iteration, as its last attempt began then; null if none is
     * @return how many slots were skipped as served
     */
    long end(Instant now, @Nullable Instant servedUntil) {
        sequence.passTo(null);
        sequence.ended(now);
        sequence.findNext(now);
        admitted = false;
        return servedUntil == null ? 0 : skipServed(now, servedUntil);
    }

    /**
     * A triggered iteration has ended whose last attempt, a retry, began at a time: slots up to that are served by it.
     *
     * @return how many slots were skipped as served
     */
    long serve(Instant now, Instant servedUntil) {
        findNext(now);
        return skipServed(now, servedUntil);
    }

    private long skipServed(Instant now, Instant servedUntil) {
        firstSkipped = sequence.next();
        long skipped = sequence.skipToLatest(servedUntil);
        sequence.skipBefore(servedUntil.plusNanos(1), now);
        return skipped;
    }

    /**
     * {@return the position with the first slot of another schedule} On the wall clock, that is the first slot from now on. Otherwise it is
     * computed from the last slot; if it has passed, it is due.
     */
    static ClusterPosition rescheduled(Schedule schedule, SearchLimit limit, ClusterPosition position, Instant now) {
        ClusterSlots slots = new ClusterSlots(schedule, limit, position);
        Instant from = later(now, position.runStart());
        if (schedule.isMonotonic()) {
            slots.sequence.findNext(from);
        } else {
            slots.sequence.findNextFrom(from);
        }
        return slots.position();
    }
}
