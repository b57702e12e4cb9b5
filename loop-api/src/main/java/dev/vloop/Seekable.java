package dev.vloop;

import dev.vloop.internal.UserCode;
import dev.vloop.internal.WallClockBound;
import dev.vloop.spi.CalendarSchedule;
import dev.vloop.spi.IntervalSchedule;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A schedule that finds its first slot after any time, without going there slot by slot. This is what lets schedules be composed: a
 * filter can pass over a month, a jitter can look back, and each of several schedules can keep to its own slots although the last slot
 * of the run was another's.
 */
interface Seekable extends Schedule, UserCode, WallClockBound {
    @Override
    default boolean callsUserCode() {
        return false;
    }

    @Override
    default boolean isBoundToWallClock() {
        return false;
    }

    /** How many slots a search passes over before it gives up. */
    int MAX_STEPS = 100_000;

    /** {@return the first slot later than {@code bound}, in the run that {@code at} describes; null if there is none} */
    @Nullable
    Instant nextAfter(SlotContext at, Instant bound);

    /** {@return the slots later than {@code bound}, in order} Overridden where going on is cheaper than seeking again. */
    default SlotCursor cursor(SlotContext at, Instant bound) {
        return new SeekingCursor(this, at, bound);
    }

    /** {@return the slots of any schedule later than {@code bound}, in order} */
    static SlotCursor cursor(Schedule schedule, SlotContext at, Instant bound) {
        if (schedule instanceof Seekable seekable) {
            return seekable.cursor(at, bound);
        }
        if (schedule instanceof CalendarSchedule || schedule instanceof IntervalSchedule) {
            return new SeekingCursor(schedule, at, bound);
        }
        return new Steps(schedule, at, bound);
    }

    /**
     * Finds the first slot of any schedule later than {@code bound}. A user's own schedule is asked step by step from the last slot of
     * the run on: each slot may depend on the one before it.
     */
    static @Nullable Instant seek(Schedule schedule, SlotContext at, Instant bound) {
        if (schedule instanceof Seekable seekable) {
            return seekable.nextAfter(at, bound);
        }
        if (schedule instanceof CalendarSchedule calendar) {
            return calendar.nextAfter(bound);
        }
        if (schedule instanceof IntervalSchedule interval) {
            return InstantMath.onGrid(at.runStart(), interval.interval(), bound);
        }
        return new Steps(schedule, at, bound).next();
    }
}
