package dev.vloop.spi;

import static dev.vloop.internal.Arguments.notNegative;
import static dev.vloop.internal.Arguments.notNull;

import dev.vloop.CutSlots;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where a loop of a {@link Cluster} is: what the cluster stores for it. With a schedule that is a pure function, every instance computes
 * the same slots from it.
 *
 * @param runStart when the loop began in this cluster, its initial delay included; the grid of an interval begins here
 * @param lastSlot the last slot that ran or was skipped; null before the first
 * @param lastEnd when the last iteration ended; null before that
 * @param slots how many slots there were, skipped ones included
 * @param next the next slot; null if the next holder has to compute it
 * @param admitted whether the policy for missed slots has chosen {@code next} already; then it runs even if later slots have passed, too
 * @param begun whether an instance may have begun {@code next}
 */
public record ClusterPosition(
        Instant runStart,
        @Nullable Instant lastSlot,
        @Nullable Instant lastEnd,
        long slots,
        @Nullable Instant next,
        boolean admitted,
        boolean begun) {
    /**
     * Makes a position.
     *
     * @throws NullPointerException if {@code runStart} is null
     * @throws IllegalArgumentException if {@code slots} is negative
     */
    public ClusterPosition {
        notNull(runStart, "runStart");
        notNegative(slots, "slots");
    }

    /**
     * {@return the position of a loop that has had no slot}
     *
     * @param runStart when it begins
     */
    public static ClusterPosition first(Instant runStart) {
        return new ClusterPosition(runStart, null, null, 0, null, false, false);
    }

    /** {@return from when on the position may be claimed; {@link Instant#EPOCH} for at once} */
    public Instant due() {
        return next == null ? Instant.EPOCH : next;
    }

    /**
     * {@return the position after its holder has died, has lost its lease, or has broken the iteration off}
     *
     * @param cut what becomes of the slot
     */
    public ClusterPosition afterCut(CutSlots cut) {
        if (next == null) {
            return this; // the holder was still computing the slot: nothing has begun
        }
        return cut == CutSlots.RUN_AGAIN
                ? new ClusterPosition(runStart, lastSlot, lastEnd, slots, next, true, true)
                : new ClusterPosition(runStart, next, lastEnd, slots + 1, null, false, false);
    }

    /**
     * {@return the position after its slot was run to its end; who claims it next computes the slot}
     *
     * @param end when
     */
    public ClusterPosition afterEnd(Instant end) {
        return next == null ? this : new ClusterPosition(runStart, next, end, slots + 1, null, false, false);
    }
}
