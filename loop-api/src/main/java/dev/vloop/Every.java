package dev.vloop;

import dev.vloop.internal.Arguments;
import dev.vloop.spi.IntervalSchedule;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A slot at the start of the run, and one an interval after each slot. */
record Every(Duration interval) implements IntervalSchedule {
    Every {
        Arguments.positive(interval, "interval");
    }

    @Override
    public @Nullable Instant next(SlotContext at) {
        Instant last = at.lastSlot();
        return last == null ? at.runStart() : InstantMath.plus(last, interval);
    }

    @Override
    public String toString() {
        return "every(" + interval + ")";
    }
}
