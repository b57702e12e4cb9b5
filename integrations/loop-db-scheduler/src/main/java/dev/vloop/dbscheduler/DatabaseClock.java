package dev.vloop.dbscheduler;

import com.github.kagkarlsson.scheduler.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * The database's clock, kept by its distance to this JVM's monotonic clock. All instances judge slots and leases by it, so it does not
 * matter what the clocks of their machines show. It is late by the way to the database, and never early. Any thread reads it; the keeper
 * sets it.
 */
final class DatabaseClock implements Clock {
    /** A time of the database, and the monotonic time at which it was. */
    private record Reading(Instant time, long nano) {}

    /** After this long a reading is worse than one that took its time: two clocks drift apart. */
    private static final long OLD = Duration.ofMinutes(5).toNanos();

    /** The machine's own time until the database was asked once; nothing is picked before that. */
    private volatile Reading reading = new Reading(Instant.now(), System.nanoTime());

    /** Whether the database was asked. */
    private boolean asked;

    /**
     * Sets it. The database has read its clock between two monotonic times. It is taken for the later one, so no slot begins early.
     *
     * @param longest a reading that took longer than this, in nanoseconds, is dropped if there is a better one
     * @return whether it was taken
     */
    boolean set(Instant time, long before, long after, long longest) {
        if (asked && after - before > longest && after - reading.nano < OLD) {
            return false;
        }
        asked = true;
        reading = new Reading(time, after);
        return true;
    }

    @Override
    public Instant now() {
        Reading last = reading;
        return last.time.plusNanos(System.nanoTime() - last.nano);
    }
}
