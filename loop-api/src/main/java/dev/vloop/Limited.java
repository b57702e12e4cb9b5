package dev.vloop;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** At most so many slots in a run. */
final class Limited extends Derived {
    private final long slots;

    Limited(Schedule schedule, long slots) {
        super(schedule, slots);
        if (slots < 1) {
            throw new IllegalArgumentException("slots must be at least 1: " + slots);
        }
        this.slots = slots;
    }

    @Override
    public @Nullable Instant next(SlotContext at) {
        return at.slots() >= slots ? null : schedule.next(at);
    }

    @Override
    public @Nullable Instant nextAfter(SlotContext at, Instant bound) {
        return at.slots() >= slots ? null : Seekable.seek(schedule, at, bound);
    }

    @Override
    public String toString() {
        return schedule + ".limitedTo(" + slots + ")";
    }
}
