package dev.vloop;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** At the start of the run, and a delay after each end. */
final class FixedDelay extends Value implements Seekable {
    private final Duration delay;

    FixedDelay(Duration delay) {
        super(delay);
        Times.positive(delay, "delay");
        this.delay = delay;
    }

    @Override
    public boolean isMonotonic() {
        return true;
    }

    @Override
    public @Nullable Instant next(SlotContext at) {
        Instant last = at.lastSlot();
        if (last == null) {
            return at.runStart();
        }
        // Slots that were skipped have no end: the last end may be older than the last slot, and is then not the
        // measure.
        Instant end = at.lastEnd();
        return Times.plus(end == null ? last : Times.later(last, end), delay);
    }

    @Override
    public @Nullable Instant nextAfter(SlotContext at, Instant bound) {
        Instant next = next(at);
        return next == null ? null : Times.onGrid(next, delay, bound);
    }

    @Override
    public String toString() {
        return "fixedDelay(" + delay + ")";
    }
}
