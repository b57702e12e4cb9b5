package dev.vloop.vthreads;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a timetable hands to the one that replaces it, in instants of the wall clock. */
final class Past {
    final Instant runStart;
    final @Nullable Instant lastSlot;
    final @Nullable Instant lastEnd;
    final long slots;

    Past(Instant runStart, @Nullable Instant lastSlot, @Nullable Instant lastEnd, long slots) {
        this.runStart = runStart;
        this.lastSlot = lastSlot;
        this.lastEnd = lastEnd;
        this.slots = slots;
    }
}
