package dev.vloop.vthreads;

import dev.vloop.spi.Host;
import java.time.Instant;

/**
 * The monotonic and the wall clock, read at the same moment. It translates times of one clock into times of the other, as of that moment.
 *
 * @param nano the monotonic time
 * @param instant the wall clock
 */
record ClockReading(long nano, Instant instant) {
    /** The two clocks are not read at the same instant: only a larger difference is a change of the wall clock. */
    private static final long SLACK = 20_000_000L;

    static ClockReading at(Host host) {
        return new ClockReading(host.nanoTime(), host.instant());
    }

    /** {@return what the wall clock shows at a monotonic time} */
    Instant toInstant(long at) {
        return Nanos.plus(instant, at - nano);
    }

    /** {@return the monotonic time of an instant; zero if it is before the monotonic clock's start} */
    long toNano(Instant at) {
        long distance = Nanos.between(instant, at);
        return distance < 0 ? Math.max(0, nano + distance) : Nanos.plus(nano, distance);
    }

    /** {@return this, or a new reading if the wall clock was changed since} */
    ClockReading refreshed(Host host) {
        ClockReading fresh = at(host);
        return Math.abs(driftTo(fresh)) < SLACK ? this : fresh;
    }

    /** {@return how far the wall clock was moved between this reading and a later one, in nanoseconds; negative if back} */
    long driftTo(ClockReading later) {
        return Nanos.between(toInstant(later.nano), later.instant);
    }
}
