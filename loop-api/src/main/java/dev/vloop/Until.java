package dev.vloop;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The slots before an instant. */
final class Until extends Derived {
    private final Instant end;

    Until(Schedule schedule, Instant end) {
        super(schedule, end);
        requireNonNull(end, "end");
        this.end = end;
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
