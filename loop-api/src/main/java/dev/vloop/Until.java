package dev.vloop;

import dev.vloop.internal.Arguments;
import dev.vloop.spi.CountableSchedule;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The slots before an instant. */
record Until(Schedule schedule, Instant end) implements Derived, CountableSchedule {
    Until {
        Arguments.notNull(end, "end");
    }

    @Override
    public boolean isBoundToWallClock() {
        return true;
    }

    @Override
    public @Nullable Instant next(SlotContext at) {
        return beforeEnd(schedule.next(at));
    }

    @Override
    public @Nullable Instant nextAfter(SlotContext at, Instant bound) {
        return bound.isBefore(end) ? beforeEnd(Seekable.seek(schedule, at, bound)) : null;
    }

    private @Nullable Instant beforeEnd(@Nullable Instant slot) {
        return slot == null || !slot.isBefore(end) ? null : slot;
    }

    @Override
    public SlotCursor cursor(SlotContext at, Instant bound) {
        SlotCursor slots = Seekable.cursor(schedule, at, bound);
        return () -> beforeEnd(slots.next());
    }

    @Override
    public @Nullable Passed pass(SlotContext at, Instant bound, long most) {
        return Grid.pass(schedule, at, bound.isBefore(end) ? bound : end, most);
    }

    @Override
    public String toString() {
        return schedule + ".until(" + end + ")";
    }
}
