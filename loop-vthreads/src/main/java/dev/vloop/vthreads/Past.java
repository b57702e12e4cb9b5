package dev.vloop.vthreads;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a timetable hands to the one that replaces it, in instants of the wall clock. */
record Past(
        Instant runStart,
        @Nullable Instant lastSlot,
        @Nullable Instant lastEnd,
        long slots) {}
