package dev.vloop.vthreads;

import dev.vloop.MissedSlots;

/**
 * What the policies for missed slots mean. Both timetables ask here which of the slots that have passed is to run; each then finds that
 * slot in its own way: {@link IntervalTimetable} by arithmetic, {@link ScheduleTimetable} by asking its schedule for one slot after the
 * other.
 */
final class MissedPolicy {
    /**
     * How late a slot may be and still count as on time, if the loop has waited for it: 1 s. A busy machine wakes a thread a little
     * late, a suspended one much later.
     */
    static final long TOLERANCE = 1_000_000_000L;

    /** Which of the slots that have passed runs now. Those before it are skipped. */
    enum Runs {
        /** The oldest one: nothing is skipped, and the others follow. */
        OLDEST,
        /** The latest one. */
        LATEST,
        /** None of them: the loop goes on with the next slot to come. */
        NONE
    }

    private MissedPolicy() {}

    /**
     * {@return which of the slots that have passed runs now}
     *
     * @param onTime whether the oldest of them counts as on time, see {@link #isOnTime}
     */
    static Runs choose(MissedSlots policy, boolean onTime) {
        return switch (policy) {
            case RUN_ALL -> Runs.OLDEST;
            case RUN_ONCE -> Runs.LATEST;
            case SKIP -> onTime ? Runs.OLDEST : Runs.NONE;
        };
    }

    /**
     * {@return whether a slot counts as on time}
     *
     * @param waited whether the loop has waited for it, rather than been busy when it came
     * @param late how late it is, in nanoseconds
     */
    static boolean isOnTime(boolean waited, long late) {
        return waited && late <= TOLERANCE;
    }

    /**
     * {@return whether a new schedule begins with the oldest of its slots that have passed since the last iteration} Otherwise it
     * begins with the latest of them, and those before it do not count as missed, as the loop never waited for them.
     */
    static boolean keepsPassedSlotsOfNewSchedule(MissedSlots policy) {
        return policy == MissedSlots.RUN_ALL;
    }
}
