package dev.vloop.vthreads;

import dev.vloop.MissedSlots;
import dev.vloop.Schedule;
import dev.vloop.spi.Host;
import dev.vloop.spi.IntervalSchedule;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The slots of one run: the last one, the next one, and what becomes of those that passed. Pure arithmetic on the host's
 * readings; touched by the loop's thread only.
 *
 * <p>Whatever asks a schedule throws what the schedule throws, or an IllegalStateException if it answers what no schedule may.
 */
interface Timetable {
    /**
     * How late a slot that was waited for may be without counting as missed under {@link MissedSlots#SKIP}: a busy machine wakes
     * late, a suspended one much later.
     */
    long TOLERANCE = 1_000_000_000L;

    /** {@return the timetable of a run whose first slot has not come yet} */
    static Timetable first(Schedule schedule, Host host, long initialDelay) {
        long start = Nanos.plus(host.nanoTime(), initialDelay);
        return schedule instanceof IntervalSchedule interval && IntervalTimetable.fits(interval)
                ? new IntervalTimetable(interval, start)
                : new ScheduleTimetable(host, schedule, initialDelay);
    }

    /** {@return whether there is no next slot} */
    boolean isExhausted();

    /**
     * {@return whether the next slot has come}
     *
     * @param now the monotonic time
     */
    boolean isDue(long now);

    /** {@return the monotonic time at which the next slot comes, as far as can be told now} */
    long deadline();

    /** {@return whether a call may run a schedule that somebody wrote, which may take its time} */
    boolean asksSchedule();

    /** {@return whether a change of the wall clock moves the deadline} */
    boolean followsWallClock();

    /**
     * Applies the policy for missed slots to a next slot that is due. Afterwards the next slot is the one to run, or not due.
     *
     * @param waited whether the loop has waited for the slot, rather than been late for it
     * @param now the monotonic time
     * @return how many slots were skipped
     */
    long skipMissed(MissedSlots policy, long maxLateness, boolean waited, long now);

    /**
     * {@return the first of the slots that the last call of {@link #skipMissed} skipped}
     *
     * @param skipped how many it skipped; some
     */
    Instant firstSkipped(Timeline timeline, long skipped);

    /** The next slot's iteration begins: it becomes the last one. */
    void begin();

    /** The slot's iteration was over at this monotonic time: the next slot is now certain. */
    void ended(long nano);

    /** The slot's iteration goes on, but the next slot is to be certain now. */
    void confirm();

    /**
     * Drops slots that have passed, without counting them.
     *
     * @param now the monotonic time
     */
    void dropPassed(long now);

    /**
     * {@return the timetable with another schedule, its next slot computed from the last one}; one that has passed is due now.
     *
     * @param all whether each slot that has passed is to run
     */
    Timetable changed(Host host, Schedule schedule, boolean all);

    /** {@return the monotonic time of the last slot; -1 if it is an instant of the wall clock} */
    long lastNano();

    /** {@return the last slot as an instant of the wall clock; null if it is a monotonic time} */
    @Nullable
    Instant lastInstant();

    /** {@return the monotonic time of the next slot; -1 if it is an instant of the wall clock or there is none} */
    long nextNano();

    /** {@return the next slot as an instant of the wall clock; null if it is a monotonic time or there is none} */
    @Nullable
    Instant nextInstant();
}
