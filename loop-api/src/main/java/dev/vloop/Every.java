package dev.vloop;

import dev.vloop.spi.IntervalSchedule;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** At the start of the run, and an interval after each slot. */
final class Every extends Value implements IntervalSchedule {
    private final Duration interval;

    Every(Duration interval) {
        super(interval);
        Times.positive(interval, "interval");
        this.interval = interval;
    }

    @Override
    public Duration interval() {
        return interval;
    }

    @Override
    public @Nullable Instant next(SlotContext at) {
        Instant last = at.lastSlot();
        return last == null ? at.runStart() : Times.plus(last, interval);
    }

    @Override
    public String toString() {
        return "every(" + interval + ")";
    }
}
