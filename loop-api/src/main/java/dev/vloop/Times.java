package dev.vloop;

import static java.util.Objects.requireNonNull;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Arithmetic on instants that does not overflow, and the checks of durations. */
final class Times {
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    /** Spans of fewer seconds have nanoseconds that fit a long, a sum of two of them included. */
    private static final long SHORT_SECONDS = 4_000_000_000L;

    private Times() {}

    static Duration positive(Duration value, String name) {
        requireNonNull(value, name);
        if (!value.isPositive()) {
            throw new IllegalArgumentException(name + " must be positive: " + value);
        }
        return value;
    }

    static Duration notNegative(Duration value, String name) {
        requireNonNull(value, name);
        if (value.isNegative()) {
            throw new IllegalArgumentException(name + " must not be negative: " + value);
        }
        return value;
    }

    static Instant later(Instant a, Instant b) {
        return a.isBefore(b) ? b : a;
    }

    static @Nullable Instant earlier(@Nullable Instant a, @Nullable Instant b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return b.isBefore(a) ? b : a;
    }

    /** The sum; null when it lies beyond {@link Instant#MAX}, or when there is nothing to add to. */
    static @Nullable Instant plus(@Nullable Instant instant, Duration duration) {
        if (instant == null) {
            return null;
        }
        try {
            return instant.plus(duration);
        } catch (DateTimeException | ArithmeticException beyond) {
            return null;
        }
    }

    /** The difference, but never before {@link Instant#MIN}. */
    static Instant minus(Instant instant, Duration duration) {
        try {
            return instant.minus(duration);
        } catch (DateTimeException | ArithmeticException beyond) {
            return Instant.MIN;
        }
    }

    static Instant justBefore(Instant instant) {
        return minus(instant, Duration.ofNanos(1));
    }

    /** The first of {@code start + k·interval} that is after {@code bound}; null beyond {@link Instant#MAX}. */
    static @Nullable Instant onGrid(Instant start, Duration interval, Instant bound) {
        if (bound.isBefore(start)) {
            return start;
        }
        Duration sinceSlot = remainder(Duration.between(start, bound), interval);
        return plus(bound, interval.minus(sinceSlot));
    }

    private static Duration remainder(Duration span, Duration interval) {
        if (span.compareTo(interval) < 0) {
            return span;
        }
        if (span.toSeconds() < SHORT_SECONDS) {
            return Duration.ofNanos(span.toNanos() % interval.toNanos());
        }
        if (interval.toSeconds() > 0) {
            return span.minus(interval.multipliedBy(span.dividedBy(interval)));
        }
        long nanos = interval.toNanos(); // short enough that no product of two remainders overflows
        return Duration.ofNanos((span.toSeconds() % nanos * (NANOS_PER_SECOND % nanos) + span.toNanosPart()) % nanos);
    }
}
