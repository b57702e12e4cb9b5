package dev.vloop;

import dev.vloop.internal.Arguments;
import dev.vloop.internal.ComingSlots;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Says when iterations are due. A schedule is a pure function of where its run is: the same question has the same answer, however
 * often and from whatever thread it is asked. You can write a schedule as a lambda. The schedules made here are immutable, and equal
 * if they were made in the same way.
 *
 * <p>There are two kinds of time. {@link #every} and {@link #fixedDelay} keep to the monotonic clock: changes of the wall clock do not
 * affect them. All others, your own included, follow the wall clock: when it jumps, a waiting loop asks its schedule again.
 *
 * <p>A schedule that throws fails the run with that cause. So does one that returns a slot that is not after the last one.
 */
@FunctionalInterface
public interface Schedule {
    /**
     * Says when the next iteration is due.
     *
     * @param at where the run is
     * @return the next slot, later than {@code at.lastSlot()}; null if there is none, which completes the run. A slot that has passed
     *     already is due now, or is a missed slot
     */
    @Nullable
    Instant next(SlotContext at);

    /**
     * Says which clock the slots keep to.
     *
     * @return true for the monotonic clock, false for the wall clock; false unless overridden
     */
    default boolean isMonotonic() {
        return false;
    }

    /**
     * Says whether every process computes the same slots from the same {@link SlotContext}. A loop that runs {@link
     * LoopBuilder#oncePerCluster} needs that.
     *
     * @return false for {@linkplain #jitter(Duration) jitter without a name} and what is made of it; true unless overridden
     */
    default boolean isReproducible() {
        return true;
    }

    /**
     * Names the time zones whose rules decide the slots. When such rules change, a waiting loop asks its schedule again. Rules change
     * at run time only if a {@link java.time.zone.ZoneRulesProvider} forbids caching; the JDK's own never does.
     *
     * @return the zones, those of its parts included; empty unless overridden
     */
    default Set<ZoneId> zones() {
        return Set.of();
    }

    /**
     * Runs at once, and then at fixed slots: the start of the run + k·interval, on the monotonic clock. Each slot is computed from the
     * last slot and never from the current time, so slots do not drift. There is no slot beyond {@link Instant#MAX}.
     *
     * @param interval from one slot to the next; positive
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
     * @param delay from the end of an iteration to the start of the next; positive, because a loop without a wait would spin
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
     * Runs once, at an instant. If that has passed when the run starts, it is a missed slot.
     *
     * @param at when
     * @return a schedule of that one slot
     * @throws NullPointerException if it is null
     */
    static Schedule once(Instant at) {
        return new Once(at);
    }

    /**
     * Has no slots, and does not end: the loop waits, and its only iterations are those that {@link Loop#trigger} asks for. Give the
     * loop another schedule with {@link Loop#changeSchedule} to wake it for good.
     *
     * @return a schedule without slots
     */
    static Schedule never() {
        return new Never();
    }

    /**
     * Runs at the slots of several schedules, for instance at times of day in several zones, or at an interval and at a time of day.
     * A slot that several of them have runs once. Each keeps to its own slots; those of {@code every} are the start of the run +
     * k·interval. A schedule of your own sees the last slot of the run, which may be another schedule's.
     *
     * @param schedules at least one
     * @return a schedule of all their slots; it keeps to the monotonic clock if all of them do
     * @throws IllegalArgumentException if there is none
     * @throws NullPointerException if one is null
     */
    static Schedule anyOf(Schedule... schedules) {
        return new AnyOf(Arguments.notEmpty(schedules, "schedules"));
    }

    /**
     * Ends the run after a number of slots, skipped ones included. To end it after a number of iterations, use
     * {@link LoopBuilder#count}.
     *
     * <p>All slots of the run count: within {@link #anyOf} those of the other schedules, too, and after a change of the schedule those before
     * it.
     *
     * @param slots how many; at least 1
     * @return this schedule, with at most so many slots in a run
     * @throws IllegalArgumentException if {@code slots} is below 1
     */
    default Schedule limitedTo(long slots) {
        return new Limited(this, slots);
    }

    /**
     * Ends the run at an instant.
     *
     * @param end when; slots before it remain, a slot at this very instant does not
     * @return this schedule, up to that end
     * @throws NullPointerException if it is null
     */
    default Schedule until(Instant end) {
        return new Until(this, end);
    }

    /**
     * Has no slot before an instant. A run that starts earlier has the slots of a run that starts at this instant: an interval is
     * counted from there.
     *
     * @param start the earliest instant for a slot, itself included
     * @return this schedule, from that instant on
     * @throws NullPointerException if it is null
     */
    default Schedule startingAt(Instant start) {
        return new StartingAt(this, start);
    }

    /**
     * Makes every slot later by the same delay. On the wall clock, each slot of this schedule is moved, for instance to five minutes
     * after each time of day; moved slots before the start of the run are left out. On the monotonic clock, the first slot comes later
     * by the delay, and the distances between slots stay the same.
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
     * Makes each slot later by a random time. Asked again, the schedule moves the same slot by the same time. Different slots, and
     * different calls of this method, have unrelated times.
     *
     * @param max each slot is moved by less than this; positive, and for {@code every} not longer than the interval
     * @return this schedule with jitter
     * @throws IllegalArgumentException if {@code max} is zero, negative or longer than an interval
     * @throws NullPointerException if it is null
     * @see #jitter(Duration, String)
     */
    default Schedule jitter(Duration max) {
        return new Jittered(this, max, ThreadLocalRandom.current().nextLong(), false);
    }

    /**
     * Makes each slot later by a time that a name decides. A thousand shards with the same schedule spread over {@code max}, and each of
     * them has the same slots again after a restart, on every machine.
     *
     * <p>Slots stay in order and none is lost, even if {@code max} is longer than the time between them. Those of {@code every} are moved
     * from the start of the run + k·interval. A schedule of your own, whose slots depend on the last one, sees the moved one.
     *
     * @param max each slot is moved by less than this; positive, and for {@code every} not longer than the interval
     * @param name for instance that of the loop
     * @return this schedule with jitter
     * @throws IllegalArgumentException if {@code max} is zero, negative or longer than an interval
     * @throws NullPointerException if one is null
     */
    default Schedule jitter(Duration max, String name) {
        return new Jittered(this, max, Jittered.seedOf(Arguments.notNull(name, "name")), true);
    }

    /**
     * Has no slot on some local days, for instance on holidays: {@code exceptOn(zone, holidays::contains)}. The slots on other days
     * stay where they are. The search for the next slot gives up after 400 years, or after 100,000 slots in a row of a schedule of
     * your own. It then throws an {@code IllegalStateException}, which fails the run.
     *
     * @param zone whose local days they are
     * @param days a pure function that says whether a day has no slots
     * @return this schedule on all other days
     * @throws NullPointerException if one is null
     */
    default Schedule exceptOn(ZoneId zone, Predicate<? super LocalDate> days) {
        return new DayFilter(this, zone, days, true);
    }

    /**
     * Has slots on some local days alone, for instance on the last Friday of a month. The slots on these days stay where they are. The
     * search for the next slot gives up as that of {@link #exceptOn} does.
     *
     * @param zone whose local days they are
     * @param days a pure function that says whether a day has slots
     * @return this schedule on these days
     * @throws NullPointerException if one is null
     */
    default Schedule onlyOn(ZoneId zone, Predicate<? super LocalDate> days) {
        return new DayFilter(this, zone, days, false);
    }

    /**
     * Has slots in a window of the local day alone: {@code every(Duration.ofMinutes(5)).between(zone, LocalTime.of(20, 0),
     * LocalTime.of(7, 0))}. The slots in it stay where they are. A window whose end is before its start goes over midnight. The local
     * clock decides: on a night on which it changes, the window is an hour shorter or longer. When it is set, or the machine has slept, an
     * interval keeps its distances, and runs in the window by the clock as it is then.
     *
     * <p>The search for the next slot gives up after 10,000 windows without one. It then throws an {@code IllegalStateException},
     * which fails the run.
     *
     * @param zone whose local time it is
     * @param from when the window begins; a slot at this very time is kept
     * @param to when it ends; a slot at this very time is not
     * @return this schedule in that window
     * @throws IllegalArgumentException if {@code from} and {@code to} are equal
     * @throws NullPointerException if one is null
     */
    default Schedule between(ZoneId zone, LocalTime from, LocalTime to) {
        return new TimeWindow(this, zone, from, to);
    }

    /**
     * Lists the slots of a run that starts at an instant and whose iterations take no time. It is meant for people and tests.
     *
     * @param from the start of the run
     * @param n at most how many; not negative
     * @return the first slots in order; fewer than {@code n} only if there are no more
     * @throws IllegalArgumentException if {@code n} is negative
     * @throws IllegalStateException if a slot is not after the one before it
     * @throws NullPointerException if {@code from} is null
     */
    default List<Instant> nextRuns(Instant from, int n) {
        Arguments.notNegative(n, "n");
        return ComingSlots.list(this, SlotContext.first(Arguments.notNull(from, "from")), n);
    }
}
