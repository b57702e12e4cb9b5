package dev.vloop;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** A random wait below a bound that doubles with each failure in a row. */
final class ExponentialBackoff extends Value implements Backoff {
    private final Duration first;
    private final Duration max;

    ExponentialBackoff(Duration first, Duration max) {
        super(first, max);
        Times.notNegative(first, "first");
        Times.notNegative(max, "max");
        if (max.compareTo(first) < 0) {
            throw new IllegalArgumentException("max must not be less than first, " + first + ": " + max);
        }
        this.first = first;
        this.max = max;
    }

    @Override
    public Duration delay(LoopFailure failure, RandomGenerator random) {
        long bound = saturatedNanos(bound(failure.inARow()));
        long nanos = bound == Long.MAX_VALUE ? random.nextLong() >>> 1 : random.nextLong(bound + 1);
        return Duration.ofNanos(nanos);
    }

    /** The smaller of max and first · 2^(inARow - 1). */
    private Duration bound(int inARow) {
        Duration half = max.dividedBy(2);
        Duration bound = first;
        // Doubling ends when it passes max: after 63 + 30 steps at the latest, unless there is nothing to double.
        for (int i = 1; i < inARow && !bound.isZero(); i++) {
            if (bound.compareTo(half) > 0) {
                return max;
            }
            bound = bound.multipliedBy(2);
        }
        return bound;
    }

    /** Nanoseconds; a wait beyond 292 years is cut to that. */
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
