package dev.vloop;

import dev.vloop.internal.Arguments;
import dev.vloop.spi.CountableSchedule;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The slots that a run would have if it had started no earlier than at an instant. */
record StartingAt(Schedule schedule, Instant start) implements Derived, CountableSchedule {
    StartingAt {
        Arguments.notNull(start, "start");
    }

    @Override
    public boolean isBoundToWallClock() {
        return true;
    }

    @Override
    public @Nullable Instant next(SlotContext at) {
        SlotContext moved = moved(at);
        Instant slot = schedule.next(moved);
        // A schedule's first slot may have passed already, as with once.
        return slot == null || !slot.isBefore(start)
                ? slot
                : Seekable.seek(schedule, moved, InstantMath.justBefore(start));
    }

    @Override
    public @Nullable Instant nextAfter(SlotContext at, Instant bound) {
        return Seekable.seek(schedule, moved(at), InstantMath.later(bound, InstantMath.justBefore(start)));
    }

    @Override
    public SlotCursor cursor(SlotContext at, Instant bound) {
        return Seekable.cursor(schedule, moved(at), InstantMath.later(bound, InstantMath.justBefore(start)));
    }

    @Override
    public @Nullable Passed pass(SlotContext at, Instant bound, long most) {
        return Grid.pass(schedule, moved(at), bound, most);
    }

    private SlotContext moved(SlotContext at) {
        if (!at.runStart().isBefore(start)) {
            return at;
        }
        Instant last = at.lastSlot();
        return last == null || last.isBefore(start) ? at.startedAt(start) : at.withRunStart(start);
    }

    @Override
    public String toString() {
        return schedule + ".startingAt(" + start + ")";
    }
}
