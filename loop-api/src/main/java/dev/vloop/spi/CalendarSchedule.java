package dev.vloop.spi;

import dev.vloop.Schedule;
import dev.vloop.SlotContext;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A schedule whose slots are fixed instants of the wall clock, whatever ran before: times of day, or a cron expression. It can be
 * asked about any instant, so that schedules made from it pass over a long time in one step instead of slot by slot.
 *
 * <p>Implementations are immutable, and their search for a slot always ends.
 */
public interface CalendarSchedule extends Schedule {
    /**
     * Finds the first slot after an instant.
     *
     * @param instant any instant
     * @return the first slot later than {@code instant}; null if there is none
     */
    @Nullable
    Instant nextAfter(Instant instant);

    /**
     * Finds the next slot of a run. The first is the first slot at or after the start of the run; each other one is the first slot after
     * the last.
     *
     * @param at where the run is
     * @return the next slot; null if there is none
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
