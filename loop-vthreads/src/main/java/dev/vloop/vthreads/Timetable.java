package dev.vloop.vthreads;

import dev.vloop.MissedSlots;
import dev.vloop.Schedule;
import dev.vloop.spi.Host;
import dev.vloop.spi.IntervalSchedule;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The slots of one run: the last one, the next one, and how many have passed. It computes with times that it is given and never waits.
 * Used by the loop's thread only.
 *
 * <p>A method that asks a schedule throws what the schedule throws, or an IllegalStateException if a slot is not after the last one.
 */
interface Timetable {
    /** {@return the timetable of a run that begins now} */
    static Timetable first(Schedule schedule, Host host, SearchLimit limit, long initialDelay) {
        long start = Nanos.plus(host.nanoTime(), initialDelay);
        return schedule instanceof IntervalSchedule interval && IntervalTimetable.fits(interval)
                ? new IntervalTimetable(interval, start)
                : new ScheduleTimetable(host, limit, schedule, initialDelay);
    }

    /**
     * {@return whether the other schedule is the same, so that a change to it changes nothing} If {@code equals} throws, they are not the
     * same: a change that was asked for must not be done by half. Any thread.
     */
    static boolean isSame(Schedule before, Schedule other) {
        try {
            return before.equals(other);
        } catch (Throwable e) {
            return false;
        }
    }

    /** {@return whether there is no next slot} */
    boolean isExhausted();

    /**
     * {@return whether the next slot has come}
     *
     * @param now the monotonic time
     */
    boolean isDue(long now);

    /** {@return the monotonic time at which the next slot comes; a change of the wall clock may move it} */
    long deadline();

    /** {@return whether methods of this timetable call a schedule, which may be a user's and may take long} */
    boolean asksSchedule();

    /** {@return whether a change of the wall clock moves the deadline} */
    boolean followsWallClock();

    /**
     * Skips slots that have passed and are not to run. Called when the next slot is due. Afterwards the next slot is the one to run,
     * or is not due yet. Which slots run, {@link MissedPolicy} says.
     *
     * @param policy the loop's
     * @param maxLateness a slot that is later than this, in nanoseconds, is skipped whatever the policy says
     * @param waited whether the loop has waited for the slot, rather than been busy when it came
     * @param now the monotonic time
     * @return how many slots were skipped
     */
    long skipMissed(MissedSlots policy, long maxLateness, boolean waited, long now);

    /**
     * {@return the first of the slots that the last call of {@link #skipMissed} or {@link #serve} skipped}
     *
     * @param clock translates monotonic times
     * @param skipped how many it skipped; at least one
     * @param kept how many slots after these have passed, too: 1 after {@code serve}, otherwise 0
     */
    Instant firstSkipped(RuntimeClock clock, long skipped, long kept);

    /**
     * {@return the slot after the next one, to show while the next one's iteration runs; null if there is none} Changes nothing. Only a
     * timetable that asks a schedule is asked.
     */
    @Nullable
    Instant preview();

    /**
     * The next slot's iteration begins: that slot becomes the last one. Asks no schedule.
     *
     * @param following what {@link #preview} has returned
     */
    void beginSlot(@Nullable Instant following);

    /** The last slot's iteration ended at this monotonic time. Computes the next slot, which may depend on it. */
    void endSlot(long nano);

    /** Computes the next slot again, while the last slot's iteration may still be running. */
    void refreshNext();

    /**
     * Drops slots that have passed, without counting them as missed.
     *
     * @param now the monotonic time
     */
    void dropPassed(long now);

    /**
     * Passes over the slots that came before the last attempt of an iteration, or as it began. That attempt serves the latest of them;
     * those before it are skipped.
     *
     * @param attemptBegan the monotonic time at which it began
     * @return how many were skipped
     */
    long serve(long attemptBegan);

    /**
     * {@return whether the wall clock was set, so that {@link #followClock} is to be called} Slots on that clock follow it only when it is set
     * back. Intervals of which it lets only some pass follow it both ways.
     */
    default boolean clockWasMoved() {
        return false;
    }

    /** Computes the next slot again, because the wall clock was set. */
    default void followClock() {}

    /**
     * {@return a timetable with another schedule} On the wall clock, its next slot is the first one from now on. Otherwise it is computed
     * from the last slot; if it has passed, it is due now, and counts as on time.
     *
     * @param policy says which runs if several have passed; only one does if the new schedule keeps to another clock
     */
    Timetable changed(Host host, SearchLimit limit, Schedule schedule, MissedSlots policy);

    /** {@return the first attempt at the last slot} */
    default VirtualIteration firstAttempt(Worker worker, long index) {
        return new VirtualIteration(worker, index, 1, lastNano(), lastInstant());
    }

    /** {@return whether the next slot is due also while the loop is paused: somebody in a cluster has triggered it} */
    default boolean ignoresPause() {
        return false;
    }

    /** The loop was paused. */
    default void pause() {}

    /** {@return whether triggers are the cluster's to answer, rather than iterations of this run} */
    default boolean passesTriggersOn() {
        return false;
    }

    /** Asks the cluster for one iteration. Only a timetable that passes triggers on is asked. */
    default void passTriggerOn() {}

    /** The run ends, and no iteration is running. Calls no code of a user. */
    default void runEnds() {}

    /**
     * {@return the slots after the next one, as they come if iterations take no time} Changes nothing, and asks the schedule. Any thread; while
     * the loop's own thread goes on to the next slot, the result may be wrong.
     *
     * @param clock translates monotonic times
     * @param most at most how many; not negative
     */
    List<Instant> afterNext(RuntimeClock clock, int most);

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
