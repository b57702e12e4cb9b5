package dev.vloop;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** As if the run had started no earlier than at an instant. */
final class StartingAt extends Derived {
    private final Instant start;

    StartingAt(Schedule schedule, Instant start) {
        super(schedule, start);
        requireNonNull(start, "start");
        this.start = start;
    }

    @Override
    public @Nullable Instant next(SlotContext at) {
        SlotContext moved = moved(at);
        Instant slot = schedule.next(moved);
        // A schedule may begin with a slot that has passed, as once does.
        return slot == null || !slot.isBefore(start) ? slot : Seekable.seek(schedule, moved, Times.justBefore(start));
    }

    @Override
    public @Nullable Instant nextAfter(SlotContext at, Instant bound) {
        return Seekable.seek(schedule, moved(at), Times.later(bound, Times.justBefore(start)));
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
