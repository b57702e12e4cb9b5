package dev.vloop.spi;

import dev.vloop.Schedule;
import java.time.Duration;

/**
 * A schedule whose slots are an interval apart. The first is at the start of the run. An engine may ask for the interval, for
 * instance to find the next future slot after a long pause in one step instead of slot by slot.
 *
 * <p>It keeps to the monotonic clock. Implementations are immutable.
 */
public interface IntervalSchedule extends Schedule {
    /** {@return the time from one slot to the next; positive} */
    Duration interval();

    /** {@return true: changes of the wall clock do not affect an interval} */
    @Override
    default boolean isMonotonic() {
        return true;
    }
}
