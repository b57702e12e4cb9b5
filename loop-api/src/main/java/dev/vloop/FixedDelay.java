package dev.vloop;

import dev.vloop.internal.Arguments;
import dev.vloop.spi.CountableSchedule;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A slot at the start of the run, and one a delay after the end of each iteration. */
record FixedDelay(Duration delay) implements Seekable, CountableSchedule {
    FixedDelay {
        Arguments.positive(delay, "delay");
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
        // The last slot may have been skipped. Then the last end is older than it, and the slot counts instead.
        Instant end = at.lastEnd();
        return InstantMath.plus(end == null ? last : InstantMath.later(last, end), delay);
    }

    @Override
    public @Nullable Instant nextAfter(SlotContext at, Instant bound) {
        Instant next = next(at);
        return next == null ? null : InstantMath.onGrid(next, delay, bound);
    }

    @Override
    public Passed pass(SlotContext at, Instant bound, long most) {
        return Grid.count(next(at), delay, bound, most);
    }

    @Override
    public String toString() {
        return "fixedDelay(" + delay + ")";
    }
}
