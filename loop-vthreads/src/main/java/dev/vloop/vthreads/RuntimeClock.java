package dev.vloop.vthreads;

import static dev.vloop.internal.Arguments.notNegative;

import dev.vloop.LoopClock;
import dev.vloop.spi.Host;
import java.time.Duration;
import java.time.Instant;

/**
 * A runtime's clock: for bodies and their helpers, and to show the engine's monotonic times as instants. The engine keeps times as
 * nanoseconds, so that a waiting loop holds no objects for them. Until the wall clock is changed, the same time is always shown as the
 * same instant.
 */
final class RuntimeClock implements LoopClock {
    private final Host host;

    /** Written by any thread without a lock: whichever of two new readings stays, it is right. */
    private volatile ClockReading reading;

    RuntimeClock(Host host) {
        this.host = host;
        reading = ClockReading.at(host);
    }

    /** {@return a monotonic time as an instant} */
    Instant instantOf(long nano) {
        ClockReading current = reading;
        ClockReading fresh = current.refreshed(host);
        if (fresh != current) {
            reading = fresh;
        }
        return fresh.toInstant(nano);
    }

    @Override
    public Instant instant() {
        return host.instant();
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
        StackRoom.require();
        host.sleepUntil(Nanos.plus(host.nanoTime(), Nanos.of(notNegative(duration, "duration"))));
    }
}
