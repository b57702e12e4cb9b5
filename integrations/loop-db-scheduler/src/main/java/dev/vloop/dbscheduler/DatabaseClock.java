package dev.vloop.dbscheduler;

import com.github.kagkarlsson.scheduler.Clock;
import java.time.Instant;

/**
 * The database's clock, kept by its distance to this JVM's monotonic clock. All instances judge slots and leases by it, so it does not
 * matter what the clocks of their machines show. Any thread reads it; the keeper sets it.
 */
final class DatabaseClock implements Clock {
    /** A time of the database, and the monotonic time at which it was. */
    private record Reading(Instant time, long nano) {}

    /** The machine's own time until the database was asked once; nothing is picked before that. */
    private volatile Reading reading = new Reading(Instant.now(), System.nanoTime());

    /**
     * Sets it. The database has read its clock between two monotonic times, so the error is half their distance at the most.
     *
     * @param longest a reading that took longer than this, in nanoseconds, is dropped
     * @return whether it was taken
     */
    boolean set(Instant time, long before, long after, long longest) {
        if (after - before > longest) {
            return false;
        }
        reading = new Reading(time, before + (after - before) / 2);
        return true;
    }

    @Override
    public Instant now() {
        Reading last = reading;
        return last.time.plusNanos(System.nanoTime() - last.nano);
    }
}
