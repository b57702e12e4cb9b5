package dev.vloop;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Always the same wait. */
final class FixedBackoff extends Value implements Backoff {
    private final Duration delay;

    FixedBackoff(Duration delay) {
        super(delay);
        Times.notNegative(delay, "delay");
        this.delay = delay;
    }

    @Override
    public Duration delay(LoopFailure failure, RandomGenerator random) {
        return delay;
    }

    @Override
    public String toString() {
        return "fixed(" + delay + ")";
    }
}
