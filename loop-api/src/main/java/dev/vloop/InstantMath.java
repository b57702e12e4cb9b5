package dev.vloop;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Arithmetic on instants, which does not overflow. */
final class InstantMath {
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    /** The nanoseconds of a shorter span fit into a long, and so does the sum of two of them. */
    private static final long SHORT_SECONDS = 4_000_000_000L;

    private InstantMath() {}

    static Instant later(Instant a, Instant b) {
        return a.isBefore(b) ? b : a;
    }

    /** The earlier of two instants. Null stands for one that never comes: it is later than all others. */
    static @Nullable Instant earlier(@Nullable Instant a, @Nullable Instant b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return b.isBefore(a) ? b : a;
    }

    /** The sum. Null if it is beyond {@link Instant#MAX}, or if the instant is null. */
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

    /** The difference, or {@link Instant#MIN} if that is later. */
    static Instant minus(Instant instant, Duration duration) {
        try {
            return instant.minus(duration);
        } catch (DateTimeException | ArithmeticException beyond) {
            return Instant.MIN;
        }
    }

    /** The same as {@link #plus}, but a slot that never comes stays one: see {@link Never}. */
    static @Nullable Instant shift(@Nullable Instant slot, Duration duration) {
        return Never.SLOT.equals(slot) ? slot : plus(slot, duration);
    }

    static Instant justBefore(Instant instant) {
        return minus(instant, Duration.ofNanos(1));
    }

    /** The first of {@code start + k·interval} that is after {@code bound}. Null if it is beyond {@link Instant#MAX}. */
    static @Nullable Instant onGrid(Instant start, Duration interval, Instant bound) {
        if (bound.isBefore(start)) {
            return start;
        }
        Duration sinceSlot = remainder(Duration.between(start, bound), interval);
        return plus(bound, interval.minus(sinceSlot));
    }

    /** What is left of a span after as many whole intervals as fit into it. */
    static Duration remainder(Duration span, Duration interval) {
        if (span.compareTo(interval) < 0) {
            return span;
        }
        if (span.toSeconds() < SHORT_SECONDS) {
            return Duration.ofNanos(span.toNanos() % interval.toNanos());
        }
        if (interval.toSeconds() > 0) {
            return span.minus(interval.multipliedBy(span.dividedBy(interval)));
        }
        // The interval is below a second here, so that the product of two remainders does not overflow.
        long nanos = interval.toNanos();
        return Duration.ofNanos((span.toSeconds() % nanos * (NANOS_PER_SECOND % nanos) + span.toNanosPart()) % nanos);
    }
}
