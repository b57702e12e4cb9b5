package dev.vloop;

import dev.vloop.internal.SafeText;
import java.time.Instant;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * The shifted slots in order. A slot is only ever shifted to a later time. So the earliest shifted slot is certain as soon as the
 * schedule's next slot is not before it; until then shifted slots wait in a heap.
 */
final class JitterCursor implements SlotCursor {
    private final Jittered jittered;
    private final SlotCursor slots;

    /** Slots of the schedule that were shifted and have not been returned. */
    private final PriorityQueue<Instant> shifted = new PriorityQueue<>();

    /** The slot that was returned last, or the bound: only later ones are returned. */
    private Instant last;

    /** The schedule's next slot; null if there is none, or before the first call. */
    private @Nullable Instant upcoming;

    private boolean begun;

    JitterCursor(Jittered jittered, SlotCursor slots, Instant bound) {
        this.jittered = jittered;
        this.slots = slots;
        this.last = bound;
    }

    @Override
    public @Nullable Instant next() {
        if (!begun) {
            begun = true;
            upcoming = slots.next();
        }
        for (int i = 0; i < Seekable.MAX_STEPS; i++) {
            Instant earliest = shifted.peek();
            Instant slot = upcoming;
            if (earliest != null && (slot == null || !slot.isBefore(earliest))) {
                shifted.remove();
                if (earliest.isAfter(last)) {
                    last = earliest;
                    return earliest;
                }
            } else if (slot == null) {
                return null;
            } else {
                keep(jittered.shifted(slot));
                upcoming = slot.equals(Never.SLOT) ? null : slots.next();
            }
            SlotCursor.checkInterrupt(i, jittered);
        }
        throw new IllegalStateException("schedule " + SafeText.of(jittered.schedule()) + " has more than "
                + Seekable.MAX_STEPS + " slots in its jitter of " + jittered.max());
    }

    private void keep(@Nullable Instant slot) {
        if (slot != null && slot.isAfter(last)) {
            shifted.add(slot);
        }
    }
}
