package dev.vloop;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nanoseconds in a long reach 292 years; slots reach further. */
@DisplayName("R20: intervals over centuries")
class LongSpansTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00.000000007Z");
    private static final BigInteger BILLION = BigInteger.valueOf(1_000_000_000);

    private static BigInteger nanos(Duration span) {
        return BigInteger.valueOf(span.getSeconds()).multiply(BILLION).add(BigInteger.valueOf(span.getNano()));
    }

    /** {@return an instant so many nanoseconds after the start; null if there is none} */
    private static @Nullable Instant after(BigInteger nanos) {
        BigInteger[] parts = nanos.divideAndRemainder(BILLION);
        BigInteger seconds = parts[0].add(BigInteger.valueOf(START.getEpochSecond()));
        if (seconds.compareTo(BigInteger.valueOf(Instant.MAX.getEpochSecond())) > 0) {
            return null;
        }
        return Instant.ofEpochSecond(seconds.longValueExact(), parts[1].longValueExact() + START.getNano());
    }

    /** Around each multiple of the interval, and around the length from which the arithmetic is another one. */
    private static List<Duration> spans(Duration interval) {
        List<Duration> spans = new ArrayList<>(List.of(Duration.ZERO, Duration.ofNanos(1)));
        for (long seconds : new long[] {1, 3_999_999_999L, 4_000_000_000L, 9_300_000_000L, 40_000_000_017L}) {
            for (long nanos : new long[] {-1, 0, 1, 123_456_789, 999_999_999}) {
                spans.add(Duration.ofSeconds(seconds, nanos));
            }
            Duration whole = interval.multipliedBy(1 + seconds / Math.max(1, interval.toSeconds()) / 2);
            spans.add(whole.minusNanos(1));
            spans.add(whole);
            spans.add(whole.plusNanos(1));
        }
        return spans;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PT0.000000001S",
                "PT0.000000007S",
                "PT0.3S",
                "PT0.999999937S",
                "PT1S",
                "PT1.5S",
                "PT7M",
                "P1D",
                "PT87660H",
                "PT2629800H",
                "PT87660000H"
            })
    void the_next_slot_is_the_first_of_the_grid_after_any_time(Duration interval) {
        for (Duration span : spans(interval)) {
            BigInteger passed = nanos(span).divide(nanos(interval));
            Instant expected = after(passed.add(BigInteger.ONE).multiply(nanos(interval)));
            assertThat(InstantMath.onGrid(START, interval, START.plus(span)))
                    .as("%s after %s", interval, span)
                    .isEqualTo(expected);
            assertThat(nanos(InstantMath.remainder(span, interval)))
                    .as("%s in %s", interval, span)
                    .isEqualTo(nanos(span).mod(nanos(interval)));
        }
    }

    @Test
    void before_its_start_the_next_slot_is_the_start() {
        assertThat(InstantMath.onGrid(START, Duration.ofSeconds(1), START.minusNanos(1)))
                .isEqualTo(START);
        assertThat(InstantMath.onGrid(START, Duration.ofSeconds(1), Instant.MIN))
                .isEqualTo(START);
    }

    @Test
    void an_interval_among_others_goes_on_after_five_hundred_years() {
        Schedule any = Schedule.anyOf(
                Schedule.every(Duration.ofMillis(700)), Schedule.dailyAt(ZoneOffset.UTC, LocalTime.NOON));
        Instant late = START.plus(Duration.ofDays(500 * 365));
        Instant next = requireNonNull(any.next(new SlotContext(late, START, late, late, 1)));
        assertThat(next).isBetween(late.plusNanos(1), late.plusMillis(700));
        assertThat(nanos(Duration.between(START, next)).mod(BigInteger.valueOf(700_000_000)))
                .isZero();
    }

    @Test
    void sums_beyond_the_ends_of_time_are_none_or_the_end() {
        assertThat(InstantMath.plus(Instant.MAX, Duration.ofNanos(1))).isNull();
        assertThat(InstantMath.plus(START, Duration.ofSeconds(Long.MAX_VALUE))).isNull();
        assertThat(InstantMath.plus(null, Duration.ofNanos(1))).isNull();
        assertThat(InstantMath.minus(Instant.MIN, Duration.ofNanos(1))).isEqualTo(Instant.MIN);
        assertThat(InstantMath.minus(START, Duration.ofSeconds(Long.MAX_VALUE))).isEqualTo(Instant.MIN);
        assertThat(InstantMath.minus(START, Duration.ofNanos(7))).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
        assertThat(InstantMath.shift(Instant.MAX, Duration.ofNanos(1))).isEqualTo(Instant.MAX);
        assertThat(InstantMath.shift(START, Duration.ofNanos(1))).isEqualTo(START.plusNanos(1));
        assertThat(InstantMath.justBefore(START)).isEqualTo(START.minusNanos(1));
    }

    @Test
    void of_two_instants_one_is_earlier_and_none_comes_after_all() {
        Instant later = START.plusNanos(1);
        assertThat(InstantMath.earlier(START, later)).isSameAs(START);
        assertThat(InstantMath.earlier(later, START)).isSameAs(START);
        assertThat(InstantMath.earlier(null, START)).isSameAs(START);
        assertThat(InstantMath.earlier(START, null)).isSameAs(START);
        assertThat(InstantMath.earlier(null, null)).isNull();
        assertThat(InstantMath.later(START, later)).isSameAs(later);
        assertThat(InstantMath.later(later, START)).isSameAs(later);
    }
}
