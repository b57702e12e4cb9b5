package dev.vloop;

import dev.vloop.internal.Arguments;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** Always the same wait. */
record FixedBackoff(Duration delay) implements Backoff {
    FixedBackoff {
        Arguments.notNegative(delay, "delay");
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
