package dev.vloop;

import dev.vloop.internal.Arguments;
import dev.vloop.spi.CountableSchedule;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** At most so many slots in a run. */
record Limited(Schedule schedule, long slots) implements Derived, CountableSchedule {
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
    public SlotCursor cursor(SlotContext at, Instant bound) {
        return at.slots() >= slots ? () -> null : Seekable.cursor(schedule, at, bound);
    }

    @Override
    public @Nullable Passed pass(SlotContext at, Instant bound, long most) {
        return Grid.pass(schedule, at, bound, Math.min(most, Math.max(0, slots - at.slots())));
    }

    @Override
    public String toString() {
        return schedule + ".limitedTo(" + slots + ")";
    }
}
