package dev.vloop;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Always the same wait. */
record FixedBackoff(Duration delay) implements Backoff {
    FixedBackoff {
        Times.notNegative(delay, "delay");
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
