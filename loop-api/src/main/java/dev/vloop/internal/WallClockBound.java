package dev.vloop.internal;

import dev.vloop.Schedule;

/**
 * A schedule of ours that may keep to the monotonic clock and still depend on the wall clock: its slots are an interval's, and a window, a
 * day, a start or an end decides which of them there are.
 */
public interface WallClockBound {
    /** {@return whether a change of the wall clock changes which slots there are} */
    boolean isBoundToWallClock();

    /** {@return whether a change of the wall clock changes which slots of any schedule there are, though it keeps to the monotonic clock} */
    static boolean is(Schedule schedule) {
        return schedule instanceof WallClockBound ours && ours.isBoundToWallClock();
    }
}
