package dev.vloop;

import dev.vloop.spi.CalendarSchedule;
import dev.vloop.spi.IntervalSchedule;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A schedule that can be asked for its first slot after any time, without going there slot by slot. This is what makes
 * schedules composable: a filter passes over a month, a jitter looks back by its length, and several schedules
 * each keep to their own slots although the last slot of the run was another's.
 */
interface Seekable extends Schedule {
    /** How many slots of a user's own schedule are passed over, before the search is given up. */
    int MAX_STEPS = 100_000;

    /** The first slot later than {@code bound} in the run that {@code at} describes; null when there is none. */
    @Nullable
    Instant nextAfter(SlotContext at, Instant bound);

    /**
     * The first slot of any schedule later than {@code bound}. A user's own schedule is a function of its last slot, which cannot be
     * made up: it is asked step by step, from the last slot of the run.
     */
    static @Nullable Instant seek(Schedule schedule, SlotContext at, Instant bound) {
        if (schedule instanceof Seekable seekable) {
            return seekable.nextAfter(at, bound);
        }
        if (schedule instanceof CalendarSchedule calendar) {
            return calendar.nextAfter(bound);
        }
        if (schedule instanceof IntervalSchedule interval) {
            return Times.onGrid(at.runStart(), interval.interval(), bound);
        }
        return step(schedule, at, bound);
    }

    private static @Nullable Instant step(Schedule schedule, SlotContext at, Instant bound) {
        SlotContext context = at;
        for (int i = 0; i < MAX_STEPS; i++) {
            Instant slot = schedule.next(context);
            if (slot == null || slot.isAfter(bound)) {
                return slot;
            }
            checkAfterLast(schedule, context, slot);
            context = context.passed(slot);
        }
        throw new IllegalStateException(
                "schedule " + schedule + " had " + MAX_STEPS + " slots and none after " + bound + ": gave up");
    }

    /** Refuses a slot that is not after the last one: whoever went on from there would never end. */
    static void checkAfterLast(Schedule schedule, SlotContext context, Instant slot) {
        Instant last = context.lastSlot();
        if (last != null && !slot.isAfter(last)) {
            throw new IllegalStateException(
                    "schedule " + schedule + " returned " + slot + ", which is not after its last slot " + last);
        }
    }
}
