package dev.vloop;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** Says when iterations are due. A pure function on the wall clock; {@code every} and {@code fixedDelay} keep to the monotonic one. */
@FunctionalInterface
public interface Schedule {
    /** {@return the first slot after {@code at.lastSlot()}, or null when there is none} */
    @Nullable Instant next(SlotContext at);

    /** {@return whether the slots keep to the monotonic clock, as those of {@code every} and {@code fixedDelay} do; false unless overridden} */
    default boolean isMonotonic() {
        return false;
    }

    /** At once, then at start + k·interval. */
    static Schedule every(Duration interval) {
        throw new UnsupportedOperationException();
    }

    /** At once, then a delay after each end. */
    static Schedule fixedDelay(Duration delay) {
        throw new UnsupportedOperationException();
    }

    /** At these local times, every day. */
    static DailySchedule dailyAt(ZoneId zone, LocalTime... times) {
        throw new UnsupportedOperationException();
    }

    /** Once. */
    static Schedule once(Instant at) {
        return s -> s.lastSlot() == null ? at : null;
    }

    /** The earliest slot of several schedules: times of day in several zones. */
    static Schedule anyOf(Schedule... schedules) {
        throw new UnsupportedOperationException();
    }
}
