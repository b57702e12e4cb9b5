package dev.vloop.vthreads;

import static dev.vloop.vthreads.Arguments.notNegative;

import dev.vloop.LoopClock;
import dev.vloop.spi.Host;
import java.time.Duration;
import java.time.Instant;

/**
 * A runtime's time: its clock, for bodies and their helpers, and what its monotonic times are on the wall clock. Times are kept as
 * nanoseconds and shown as instants, so that a waiting loop holds no objects for them; the same time is shown as the same instant
 * until the wall clock is changed.
 */
final class Timeline implements LoopClock {
    private final Host host;

    /** Written by any thread; an anchor that loses a race is as good as the one that wins. */
    private volatile Anchor anchor;

    Timeline(Host host) {
        this.host = host;
        anchor = Anchor.at(host);
    }

    Instant instantOf(long nano) {
        Anchor current = anchor;
        Anchor fresh = current.refreshed(host);
        if (fresh != current) {
            anchor = fresh;
        }
        return fresh.toInstant(nano);
    }

    @Override
    public Instant instant() {
        return host.instant();
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
        host.sleepUntil(Nanos.plus(host.nanoTime(), Nanos.of(notNegative(duration, "duration"))));
    }
}
