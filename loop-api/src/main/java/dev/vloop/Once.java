package dev.vloop;

import static java.util.Objects.requireNonNull;

import dev.vloop.spi.CalendarSchedule;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One instant, also when it has passed as the run starts: then it is a missed slot. */
final class Once extends Value implements CalendarSchedule {
    private final Instant at;

    Once(Instant at) {
        super(at);
        requireNonNull(at, "at");
        this.at = at;
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
