package dev.vloop;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Says when iterations are due. A schedule is a pure function of where its run is: the same question has the same answer,
 * whoever asks it, from whatever thread, and as often as they like. Any function can be one; those made here are immutable
 * and have {@code equals}.
 *
 * <p>There are two kinds of time. {@link #every} and {@link #fixedDelay} keep to the monotonic clock: they do not care when the
 * wall clock is set. All others, your own included, follow the wall clock: when it jumps, a loop that waits looks again.
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
    @Nullable
    Instant next(SlotContext at);

    /**
     * Says which clock the slots keep to.
     *
     * @return whether it is the monotonic clock, as for {@code every} and {@code fixedDelay}; false unless overridden
     */
    default boolean isMonotonic() {
        return false;
    }

    /**
     * Names the time zones whose rules decide the slots. When such rules change while a loop waits, it asks anew. Only a
     * {@link java.time.zone.ZoneRulesProvider} that forbids caching changes rules at run time; those that the JDK
     * brings never do.
     *
     * @return the zones, those of what it is composed of included; empty unless overridden
     */
    default Set<ZoneId> zones() {
        return Set.of();
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

    /**
     * Ends the run after so many slots, skipped ones included. To end it after so many iterations, use the loop's {@code count}.
     *
     * @param slots how many; at least 1
     * @return this schedule, at most so many slots in a run
     * @throws IllegalArgumentException if {@code slots} is below 1
     */
    default Schedule limitedTo(long slots) {
        return new Limited(this, slots);
    }

    /**
     * Ends the run at an instant.
     *
     * @param end the slots before it are kept, one at this very instant is not
     * @return this schedule, up to that end
     * @throws NullPointerException if it is null
     */
    default Schedule until(Instant end) {
        return new Until(this, end);
    }

    /**
     * Has no slot before an instant. A run that starts earlier is treated as if it had started then: an interval is counted from
     * there.
     *
     * @param start when the first slot may be, this very instant included
     * @return this schedule, from that start on
     * @throws NullPointerException if it is null
     */
    default Schedule startingAt(Instant start) {
        return new StartingAt(this, start);
    }

    /**
     * Moves every slot by the same delay. On the wall clock the slots are those of this schedule, each that much later, from the
     * start of the run on: five minutes after each of its times of day. On the monotonic clock the first slot comes that much
     * later, and the others as far from each other as before.
     *
     * @param delay how much later; not negative
     * @return this schedule, later
     * @throws IllegalArgumentException if the delay is negative
     * @throws NullPointerException if it is null
     */
    default Schedule shiftedBy(Duration delay) {
        return new Shifted(this, delay);
    }

    /**
     * Moves each slot by a random time, drawn for this schedule once: the same slot is always moved by the same time, but that of
     * another slot, or of another call of this method, is unrelated.
     *
     * @param max what a slot may be moved by, itself excluded; positive, and for {@code every} not longer than the interval
     * @return this schedule with jitter
     * @throws IllegalArgumentException if {@code max} is zero, negative or longer than an interval
     * @throws NullPointerException if it is null
     * @see #jitter(Duration, String)
     */
    default Schedule jitter(Duration max) {
        return new Jittered(this, max, ThreadLocalRandom.current().nextLong());
    }

    /**
     * Moves each slot by a time that its name decides: a thousand shards with the same schedule spread over {@code max},
     * and each does so in the same way after a restart, on every machine.
     *
     * <p>Slots stay in order and none is lost, even when {@code max} is longer than their distance. Those of {@code every}
     * are moved from the start of the run + k·interval. A function of your own, whose slots depend on the last one, sees the moved one.
     *
     * @param max what a slot may be moved by, itself excluded; positive, and for {@code every} not longer than the interval
     * @param name for instance that of the loop
     * @return this schedule with jitter
     * @throws IllegalArgumentException if {@code max} is zero, negative or longer than an interval
     * @throws NullPointerException if one is null
     */
    default Schedule jitter(Duration max, String name) {
        return new Jittered(this, max, Jittered.seedOf(requireNonNull(name, "name")));
    }

    /**
     * Has no slot on some local days, as holidays: {@code exceptOn(zone, holidays::contains)}. An interval keeps its slots
     * over such a day. The search for the next slot gives up with an {@code IllegalStateException}, which fails the run, when it
     * passed over 10,000 days in a row, or over 100,000 slots of a function of your own on one of them.
     *
     * @param zone whose days they are
     * @param days a pure function: whether a day has no slots
     * @return this schedule on all other days
     * @throws NullPointerException if one is null
     */
    default Schedule exceptOn(ZoneId zone, Predicate<? super LocalDate> days) {
        return new ExceptOn(this, zone, days);
    }

    /**
     * Lists the slots of a run that starts at an instant and whose iterations take no time: for people and tests.
     *
     * @param from the start of the run
     * @param n at most how many; not negative
     * @return the first slots in order; fewer than {@code n} only if there are no more
     * @throws IllegalArgumentException if {@code n} is negative
     * @throws IllegalStateException if a slot is not after the one before it
     * @throws NullPointerException if {@code from} is null
     */
    default List<Instant> nextRuns(Instant from, int n) {
        if (n < 0) {
            throw new IllegalArgumentException("n must not be negative: " + n);
        }
        SlotContext at = SlotContext.first(requireNonNull(from, "from"));
        List<Instant> runs = new ArrayList<>();
        while (runs.size() < n) {
            Instant slot = next(at);
            if (slot == null) {
                break;
            }
            Seekable.checkAfterLast(this, at, slot);
            runs.add(slot);
            at = at.ran(slot);
        }
        return List.copyOf(runs);
    }
}
