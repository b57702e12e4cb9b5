package dev.vloop.vthreads;

import dev.vloop.spi.Host;
import java.time.Instant;

/** A pair of readings that translates between the monotonic and the wall clock. */
final class Anchor {
    /** Readings this far from what an anchor says are a change of the wall clock, not the time between two readings. */
    private static final long SLACK = 20_000_000L;

    final long nano;
    final Instant instant;

    private Anchor(long nano, Instant instant) {
        this.nano = nano;
        this.instant = instant;
    }

    static Anchor at(Host host) {
        return new Anchor(host.nanoTime(), host.instant());
    }

    Instant toInstant(long at) {
        return Nanos.plus(instant, at - nano);
    }

    /** {@return the monotonic time of an instant, zero if it lies before the clock's start} */
    long toNano(Instant at) {
        long distance = Nanos.between(instant, at);
        return distance < 0 ? Math.max(0, nano + distance) : Nanos.plus(nano, distance);
    }

    /** {@return this, or a new anchor if the wall clock has changed against the monotonic one} */
    Anchor refreshed(Host host) {
        Anchor fresh = at(host);
        return Math.abs(driftTo(fresh)) < SLACK ? this : fresh;
    }

    /** {@return how far the wall clock has moved against the monotonic one, in nanoseconds, when these were read} */
    long driftTo(Anchor fresh) {
        return Nanos.between(toInstant(fresh.nano), fresh.instant);
    }
}
