package dev.vloop;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The earliest slot of several schedules, each of which keeps to its own slots. */
final class AnyOf extends Value implements Seekable {
    private final List<Schedule> schedules;

    AnyOf(List<Schedule> schedules) {
        super(schedules);
        if (schedules.isEmpty()) {
            throw new IllegalArgumentException("schedules must not be empty: []");
        }
        this.schedules = schedules;
    }

    @Override
    public boolean isMonotonic() {
        for (Schedule schedule : schedules) {
            if (!schedule.isMonotonic()) {
                return false;
            }
        }
        return true;
    }

    @Override
    public @Nullable Instant next(SlotContext at) {
        Instant last = at.lastSlot();
        return last == null ? first(at) : nextAfter(at, last);
    }

    private @Nullable Instant first(SlotContext at) {
        Instant earliest = null;
        for (Schedule schedule : schedules) {
            earliest = Times.earlier(earliest, schedule.next(at));
        }
        return earliest;
    }

    @Override
    public @Nullable Instant nextAfter(SlotContext at, Instant bound) {
        Instant earliest = null;
        for (Schedule schedule : schedules) {
            earliest = Times.earlier(earliest, nextOf(schedule, at, bound));
        }
        return earliest;
    }

    /** A slot from before the start is one with which a schedule begins, as {@code once} may, never one that it passed. */
    private static @Nullable Instant nextOf(Schedule schedule, SlotContext at, Instant bound) {
        if (!bound.isBefore(at.runStart())) {
            return Seekable.seek(schedule, at, bound);
        }
        Instant first = schedule.next(at.startedAt(at.runStart()));
        return first == null || first.isAfter(bound)
                ? first
                : Seekable.seek(schedule, at, Times.justBefore(at.runStart()));
    }

    @Override
    public String toString() {
        return "anyOf" + schedules;
    }
}
