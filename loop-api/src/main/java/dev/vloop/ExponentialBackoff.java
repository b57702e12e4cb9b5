package dev.vloop;

import dev.vloop.internal.Arguments;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** A random wait up to a bound that doubles with each failure in a row. */
record ExponentialBackoff(Duration first, Duration max) implements Backoff {
    ExponentialBackoff {
        Arguments.notNegative(first, "first");
        Arguments.notNegative(max, "max");
        if (max.compareTo(first) < 0) {
            throw Arguments.refusal("max", "not be less than first (" + first + ")", max);
        }
    }

    @Override
    public Duration delay(LoopFailure failure, RandomGenerator random) {
        Arguments.notNull(failure, "failure");
        Arguments.notNull(random, "random");
        long bound = saturatedNanos(bound(failure.inARow()));
        long nanos = bound == Long.MAX_VALUE ? random.nextLong() >>> 1 : random.nextLong(bound + 1);
        return Duration.ofNanos(nanos);
    }

    /** {@return the smaller of {@code max} and {@code first · 2^(inARow - 1)}} */
    private Duration bound(int inARow) {
        Duration half = max.dividedBy(2);
        Duration bound = first;
        // It passes max after at most 63 + 30 doublings: a Duration has 63 bits of seconds and 30 of nanoseconds.
        // Zero never does.
        for (int i = 1; i < inARow && !bound.isZero(); i++) {
            if (bound.compareTo(half) > 0) {
                return max;
            }
            bound = bound.multipliedBy(2);
        }
        return bound;
    }

    /** {@return the nanoseconds; those of 292 years if the duration is longer} */
    private static long saturatedNanos(Duration duration) {
        try {
            return duration.toNanos();
        } catch (ArithmeticException tooLong) {
            return Long.MAX_VALUE;
        }
    }

    @Override
    public String toString() {
        return "exponential(" + first + ", " + max + ")";
    }
}
