package dev.vloop.vthreads;

import static dev.vloop.vthreads.Arguments.notNegative;

import dev.vloop.LoopClock;
import dev.vloop.spi.Host;
import java.time.Duration;
import java.time.Instant;

/** A host's time, for bodies and their helpers. */
final class HostClock implements LoopClock {
    private final Host host;

    HostClock(Host host) {
        this.host = host;
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
