package dev.vloop.spi;

import dev.vloop.Schedule;
import java.time.Duration;

/**
 * A schedule whose slots are an interval apart: the first at the start of the run, each next one an interval after the
 * last. An engine may ask for the interval, for instance to find the next future slot after a long pause without a
 * step for every slot in between.
 *
 * <p>It keeps to the monotonic clock. Implementations are immutable.
 */
public interface IntervalSchedule extends Schedule {
    /** {@return the distance of two slots; positive} */
    Duration interval();

    /** {@return true: an interval does not follow the wall clock when that is set} */
    @Override
    default boolean isMonotonic() {
        return true;
    }
}
