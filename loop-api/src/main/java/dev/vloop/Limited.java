package dev.vloop;

import dev.vloop.internal.Arguments;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** At most so many slots in a run. */
record Limited(Schedule schedule, long slots) implements Derived {
    Limited {
        Arguments.atLeastOne(slots, "slots");
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
