package dev.vloop;

import dev.vloop.internal.UserCode;
import dev.vloop.internal.WallClockBound;
import java.time.ZoneId;
import java.util.Set;

/** A schedule made from another one. It keeps to the same clock and the same zones. */
interface Derived extends Seekable {
    /** {@return the schedule that it was made from} */
    Schedule schedule();

    @Override
    default boolean isMonotonic() {
        return schedule().isMonotonic();
    }

    @Override
    default boolean isReproducible() {
        return schedule().isReproducible();
    }

    @Override
    default boolean callsUserCode() {
        return UserCode.isCalledBy(schedule());
    }

    @Override
    default boolean isBoundToWallClock() {
        return WallClockBound.is(schedule());
    }

    @Override
    default Set<ZoneId> zones() {
        return schedule().zones();
    }
}
