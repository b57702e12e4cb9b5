package dev.vloop.spi;

import dev.vloop.Schedule;
import dev.vloop.SlotContext;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A schedule whose slots are fixed instants of the wall clock, whatever ran before: times of day, or the lines of a cron
 * table. Who composes schedules may ask such a one about any time, and so pass over a long stretch without a step
 * for every slot in it.
 *
 * <p>Implementations are immutable, and their search for a slot has an end.
 */
public interface CalendarSchedule extends Schedule {
    /**
     * Finds the first slot after an instant.
     *
     * @param instant any instant; a slot at exactly this one is not the answer
     * @return the first slot later than {@code instant}, or null when there is none
     */
    @Nullable
    Instant nextAfter(Instant instant);

    /**
     * Finds the first slot at or after the start of the run, or the one after the last slot.
     *
     * @param at where the run is
     * @return the next slot, or null when there is none
     */
    @Override
    default @Nullable Instant next(SlotContext at) {
        Instant last = at.lastSlot();
        if (last != null) {
            return nextAfter(last);
        }
        Instant start = at.runStart();
        return nextAfter(start.equals(Instant.MIN) ? start : start.minusNanos(1));
    }
}
