package dev.vloop.spi;

import dev.vloop.Schedule;
import java.time.Duration;

/** A schedule whose slots are an interval apart: the first at the start of the run, each next one an interval after the last. */
public interface IntervalSchedule extends Schedule {
    /** {@return the distance of two slots; positive} */
    Duration interval();

    @Override
    default boolean isMonotonic() {
        return true;
    }
}
