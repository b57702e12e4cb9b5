package dev.vloop.internal;

import dev.vloop.Schedule;
import dev.vloop.spi.CalendarSchedule;
import dev.vloop.spi.IntervalSchedule;

/** A schedule of ours that knows whether code of a user answers for it. */
public interface UserCode {
    /** {@return whether asking it calls code of a user, which runs on the loop's own threads only} */
    boolean callsUserCode();

    /** {@return whether asking any schedule calls code of a user} What implements the interfaces for engines keeps to their rules. */
    static boolean isCalledBy(Schedule schedule) {
        if (schedule instanceof UserCode ours) {
            return ours.callsUserCode();
        }
        return !(schedule instanceof IntervalSchedule) && !(schedule instanceof CalendarSchedule);
    }
}
