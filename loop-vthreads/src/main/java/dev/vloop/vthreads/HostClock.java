package dev.vloop.vthreads;

import static dev.vloop.vthreads.Arguments.notNegative;

import dev.vloop.LoopClock;
import dev.vloop.spi.Host;
import java.time.Duration;
import java.time.Instant;

/** A host's time, for bodies and their helpers. */
record HostClock(Host host) implements LoopClock {
    @Override
    public Instant instant() {
        return host.instant();
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
        host.sleepUntil(Nanos.plus(host.nanoTime(), Nanos.of(notNegative(duration, "duration"))));
    }
}
