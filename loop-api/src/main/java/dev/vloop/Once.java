package dev.vloop;

import dev.vloop.internal.Arguments;
import dev.vloop.spi.CalendarSchedule;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One slot. If it has passed when the run starts, it is a missed slot. */
record Once(Instant at) implements CalendarSchedule {
    Once {
        Arguments.notNull(at, "at");
    }

    @Override
    public @Nullable Instant next(SlotContext context) {
        Instant last = context.lastSlot();
        return last == null ? at : nextAfter(last);
    }

    @Override
    public @Nullable Instant nextAfter(Instant instant) {
        return at.isAfter(instant) ? at : null;
    }

    @Override
    public String toString() {
        return "once(" + at + ")";
    }
}
