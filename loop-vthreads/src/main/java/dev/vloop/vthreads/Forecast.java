package dev.vloop.vthreads;

import dev.vloop.Schedule;
import dev.vloop.internal.UserCode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Computes the next slot of a loop while a change was asked for that the loop's own thread has not made yet. It is computed on the thread
 * that looks. That thread may have asked for the change itself, so it must not see the old slot. Nothing of the run changes.
 *
 * <p>No code of a user runs here. A schedule with such code shows no next slot until the loop's own thread has asked it. Nor does a loop of
 * a cluster, because other instances decide, too.
 */
final class Forecast {
    /** A thread that looks does not search for long: it gives up at the first check. */
    private static final SearchLimit SHORT = () -> true;

    private Forecast() {}

    /**
     * {@return the next slot after a resume; null if there is none, or it is not known yet}
     *
     * @param before the next slot when the loop was paused
     */
    static @Nullable Instant afterResume(Run run, @Nullable Instant before) {
        return before == null || !before.isBefore(run.host.instant()) ? before : afterChange(run, true);
    }

    /**
     * {@return the next slot after a change of the schedule; null if there is none, or it is not known yet}
     *
     * @param resumed whether the loop was paused, so that slots that have passed do not count
     */
    static @Nullable Instant afterChange(Run run, boolean resumed) {
        Timetable next = changed(run, resumed);
        return next == null ? null : next(run, next);
    }

    /** {@return the next slot of a timetable, as it is shown} */
    static @Nullable Instant next(Run run, Timetable timetable) {
        Instant instant = timetable.nextInstant();
        long nano = timetable.nextNano();
        return instant != null || nano < 0 ? instant : run.clock().instantOf(nano);
    }

    /** {@return a timetable as the loop's own thread is about to make it; null if that is not known yet} */
    static @Nullable Timetable changed(Run run, boolean resumed) {
        Timetable current = run.currentTimetable();
        Schedule schedule = run.loop().schedule();
        if (current == null || run.cluster() != null || UserCode.isCalledBy(schedule)) {
            return null;
        }
        try {
            Timetable next =
                    current.changed(run.host, SHORT, schedule, run.loop().options().missed);
            if (resumed) {
                next.dropPassed(run.host.nanoTime());
            }
            return next;
        } catch (RuntimeException e) { // also of a search that is too long; the loop's own thread tells of what fails
            return null;
        }
    }
}
