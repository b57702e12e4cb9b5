package dev.vloop;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Says when iterations are due. A schedule is a pure function of where its run is: the same question has the same answer,
 * whoever asks it, from whatever thread, and as often as they like. Any function can be one; those made here are immutable
 * and have {@code equals}.
 *
 * <p>There are two kinds of time. {@link #every} and {@link #fixedDelay} keep to the monotonic clock: they do not care when the
 * wall clock is set. All others, your own included, follow the wall clock: when it jumps, a loop that waits is asked anew.
 *
 * <p>A function that throws fails the run with that cause, and so does one that returns a slot not after the last one.
 */
@FunctionalInterface
public interface Schedule {
    /**
     * Says when the next iteration is due.
     *
     * @param at where the run is
     * @return the next slot, later than {@code at.lastSlot()}; null when there is none, which completes the run. A slot
     *     that has passed is due now, or is treated as missed
     */
    @Nullable Instant next(SlotContext at);

    /**
     * Says which clock the slots keep to.
     *
     * @return whether it is the monotonic clock, as for {@code every} and {@code fixedDelay}; false unless overridden
     */
    default boolean isMonotonic() {
        return false;
    }

    /**
     * Runs at once, and then at fixed slots: the start of the run + k·interval, on the monotonic clock. Slots are counted from
     * the last slot and never from the current time, so they do not drift. The run ends where {@link Instant} does.
     *
     * @param interval the distance of two slots; positive
     * @return a schedule of that interval; it is a {@link dev.vloop.spi.IntervalSchedule}
     * @throws IllegalArgumentException if the interval is zero or negative
     * @throws NullPointerException if it is null
     */
    static Schedule every(Duration interval) {
        return new Every(interval);
    }

    /**
     * Runs at once, and then a delay after the end of each iteration, on the monotonic clock.
     *
     * @param delay from the end of an iteration to the next; positive, for a loop that never waits would only spin
     * @return a schedule of that delay
     * @throws IllegalArgumentException if the delay is zero or negative
     * @throws NullPointerException if it is null
     */
    static Schedule fixedDelay(Duration delay) {
        return new FixedDelay(delay);
    }

    /**
     * Runs at these local times, every day. The first slot is the next one at or after the start of the run.
     *
     * @param zone whose local times they are, for instance {@code ZoneOffset.UTC}
     * @param times at least one; duplicates count once
     * @return a schedule of these times, whose days and daylight saving can be set
     * @throws IllegalArgumentException if there is no time
     * @throws NullPointerException if the zone or a time is null
     */
    static DailySchedule dailyAt(ZoneId zone, LocalTime... times) {
        return DailyTimes.of(zone, times);
    }

    /**
     * Runs once, at an instant. When that has passed as the run starts, it is a missed slot.
     *
     * @param at when
     * @return a schedule of that one slot
     * @throws NullPointerException if it is null
     */
    static Schedule once(Instant at) {
        return new Once(at);
    }

    /**
     * Runs at the slots of several schedules: times of day in several zones, or an interval and a time of day. Slots that several
     * of them have run once. Each keeps to its own slots; those of {@code every} are the start of the run + k·interval. Your own
     * functions see the last slot of the run, which may be another schedule's.
     *
     * @param schedules at least one
     * @return a schedule of all their slots; it keeps to the monotonic clock if all of them do
     * @throws IllegalArgumentException if there is none
     * @throws NullPointerException if one is null
     */
    static Schedule anyOf(Schedule... schedules) {
        for (Schedule schedule : requireNonNull(schedules, "schedules")) {
            requireNonNull(schedule, "an element of schedules");
        }
        return new AnyOf(List.of(schedules));
    }
}
