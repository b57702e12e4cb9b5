package dev.vloop;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The slots before an instant. */
record Until(Schedule schedule, Instant end) implements Seekable {
    Until {
        requireNonNull(end, "end");
    }

    @Override
    public boolean isMonotonic() {
        return schedule.isMonotonic();
    }

    @Override
    public @Nullable Instant next(SlotContext at) {
        return cut(schedule.next(at));
    }

    @Override
    public @Nullable Instant nextAfter(SlotContext at, Instant bound) {
        return bound.isBefore(end) ? cut(Seekable.seek(schedule, at, bound)) : null;
    }

    private @Nullable Instant cut(@Nullable Instant slot) {
        return slot == null || !slot.isBefore(end) ? null : slot;
    }

    @Override
    public String toString() {
        return schedule + ".until(" + end + ")";
    }
}
