package dev.vloop;

import dev.vloop.internal.UserCode;
import dev.vloop.internal.WallClockBound;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The slots of several schedules. Each schedule keeps to its own slots, whatever slots the others have. */
record AnyOf(List<Schedule> schedules) implements Seekable {
    @Override
    public boolean callsUserCode() {
        return schedules.stream().anyMatch(UserCode::isCalledBy);
    }

    @Override
    public boolean isBoundToWallClock() {
        return schedules.stream().anyMatch(WallClockBound::is);
    }

    @Override
    public boolean isMonotonic() {
        return schedules.stream().allMatch(Schedule::isMonotonic);
    }

    @Override
    public boolean isReproducible() {
        return schedules.stream().allMatch(Schedule::isReproducible);
    }

    @Override
    public Set<ZoneId> zones() {
        Set<ZoneId> zones = new HashSet<>();
        for (Schedule schedule : schedules) {
            zones.addAll(schedule.zones());
        }
        return zones;
    }

    @Override
    public @Nullable Instant next(SlotContext at) {
        Instant last = at.lastSlot();
        return last == null ? first(at) : nextAfter(at, last);
    }

    private @Nullable Instant first(SlotContext at) {
        Instant earliest = null;
        for (Schedule schedule : schedules) {
            earliest = InstantMath.earlier(earliest, schedule.next(at));
        }
        return earliest;
    }

    @Override
    public @Nullable Instant nextAfter(SlotContext at, Instant bound) {
        Instant earliest = null;
        for (Schedule schedule : schedules) {
            earliest = InstantMath.earlier(earliest, nextOf(schedule, at, bound));
        }
        return earliest;
    }

    @Override
    public SlotCursor cursor(SlotContext at, Instant bound) {
        SlotCursor[] cursors = new SlotCursor[schedules.size()];
        @Nullable Instant[] heads = new Instant[cursors.length];
        Instant beforeStart = InstantMath.justBefore(at.runStart());
        for (int i = 0; i < cursors.length; i++) {
            Schedule schedule = schedules.get(i);
            Instant head = nextOf(schedule, at, bound);
            heads[i] = head;
            cursors[i] =
                    head == null ? () -> null : Seekable.cursor(schedule, at, InstantMath.later(head, beforeStart));
        }
        return () -> {
            Instant earliest = null;
            for (Instant head : heads) {
                earliest = InstantMath.earlier(earliest, head);
            }
            for (int i = 0; i < heads.length && earliest != null; i++) {
                if (earliest.equals(heads[i])) {
                    heads[i] = cursors[i].next();
                }
            }
            return earliest;
        };
    }

    /** Slots that precede the run's start, as with {@code once}, are asked for one by one, because a search begins at the start. */
    private static @Nullable Instant nextOf(Schedule schedule, SlotContext at, Instant bound) {
        if (!bound.isBefore(at.runStart())) {
            return Seekable.seek(schedule, at, bound);
        }
        Instant slot = schedule.next(at.startedAt(at.runStart()));
        for (int i = 0; slot != null && !slot.isAfter(bound); i++) {
            SlotCursor.checkInterrupt(i, schedule);
            slot = Seekable.seek(schedule, at, slot);
        }
        return slot;
    }

    @Override
    public String toString() {
        return "anyOf" + schedules;
    }
}
