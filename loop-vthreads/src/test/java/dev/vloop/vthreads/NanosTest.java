package dev.vloop.vthreads;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.spi.Host;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("R20: nanoseconds that do not overflow")
class NanosTest {
    private static final long LONGEST = Long.MAX_VALUE / 1_000_000_000L;
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    @Test
    void a_duration_has_its_nanoseconds_or_as_many_as_there_can_be() {
        assertThat(Nanos.of(Duration.ZERO)).isZero();
        assertThat(Nanos.of(Duration.ofSeconds(3, 7))).isEqualTo(3_000_000_007L);
        assertThat(Nanos.of(Duration.ofSeconds(-3, 7))).isEqualTo(-2_999_999_993L);
        assertThat(Nanos.of(Duration.ofSeconds(LONGEST - 1, 999_999_999))).isEqualTo(LONGEST * 1_000_000_000L - 1);
        assertThat(Nanos.of(Duration.ofSeconds(LONGEST))).isEqualTo(Host.NEVER);
        assertThat(Nanos.of(Duration.ofSeconds(Long.MAX_VALUE))).isEqualTo(Host.NEVER);
        assertThat(Nanos.of(Duration.ofSeconds(1 - LONGEST))).isEqualTo((1 - LONGEST) * 1_000_000_000L);
        assertThat(Nanos.of(Duration.ofSeconds(-LONGEST))).isEqualTo(Long.MIN_VALUE);
        assertThat(Nanos.of(Duration.ofSeconds(Long.MIN_VALUE))).isEqualTo(Long.MIN_VALUE);
    }

    @Test
    void a_time_that_is_too_far_never_comes() {
        assertThat(Nanos.plus(0, 0)).isZero();
        assertThat(Nanos.plus(3, 4)).isEqualTo(7);
        assertThat(Nanos.plus(Long.MAX_VALUE - 1, 1)).isEqualTo(Host.NEVER);
        assertThat(Nanos.plus(Long.MAX_VALUE - 1, 2)).isEqualTo(Host.NEVER);
        assertThat(Nanos.plus(Long.MAX_VALUE, Long.MAX_VALUE)).isEqualTo(Host.NEVER);
    }

    @Test
    void between_two_instants_are_their_nanoseconds() {
        assertThat(Nanos.between(NOON, NOON.plusNanos(5))).isEqualTo(5);
        assertThat(Nanos.between(NOON, NOON.minusNanos(5))).isEqualTo(-5);
        assertThat(Nanos.between(Instant.MIN, Instant.MAX)).isEqualTo(Host.NEVER);
        assertThat(Nanos.between(Instant.MAX, Instant.MIN)).isEqualTo(Long.MIN_VALUE);
    }

    @Test
    void of_two_instants_one_is_earlier() {
        assertThat(Nanos.earlier(NOON, NOON.plusNanos(1))).isEqualTo(NOON);
        assertThat(Nanos.earlier(NOON.plusNanos(1), NOON)).isEqualTo(NOON);
        assertThat(Nanos.later(NOON, NOON.plusNanos(1))).isEqualTo(NOON.plusNanos(1));
        assertThat(Nanos.later(NOON.plusNanos(1), NOON)).isEqualTo(NOON.plusNanos(1));
    }

    @Test
    void an_instant_stays_within_its_range() {
        assertThat(Nanos.plus(NOON, 5)).isEqualTo(NOON.plusNanos(5));
        assertThat(Nanos.plus(NOON, -5)).isEqualTo(NOON.minusNanos(5));
        assertThat(Nanos.plus(NOON, 0)).isEqualTo(NOON);
        assertThat(Nanos.plus(Instant.MAX, 1)).isEqualTo(Instant.MAX);
        assertThat(Nanos.plus(Instant.MAX, 0)).isEqualTo(Instant.MAX);
        assertThat(Nanos.plus(Instant.MAX.minusNanos(1), 1)).isEqualTo(Instant.MAX);
        assertThat(Nanos.plus(Instant.MAX.minusNanos(2), 1)).isEqualTo(Instant.MAX.minusNanos(1));
        assertThat(Nanos.plus(Instant.MIN, -1)).isEqualTo(Instant.MIN);
        assertThat(Nanos.plus(Instant.MIN.plusNanos(1), -1)).isEqualTo(Instant.MIN);
        assertThat(Nanos.plus(Instant.MIN.plusNanos(2), -1)).isEqualTo(Instant.MIN.plusNanos(1));
        assertThat(Nanos.plus(Instant.MIN, Long.MIN_VALUE)).isEqualTo(Instant.MIN);
    }

    @Test
    void the_nanoseconds_of_an_instant_carry_into_its_seconds() {
        for (Instant at :
                List.of(NOON, NOON.plusNanos(1), NOON.minusNanos(1), Instant.ofEpochSecond(-1, 999_999_999))) {
            for (long nanos : new long[] {1, 999_999_999, 1_000_000_000, 1_000_000_001, Long.MAX_VALUE}) {
                assertThat(Nanos.plus(at, nanos)).isEqualTo(at.plusNanos(nanos));
                assertThat(Nanos.plus(at, -nanos)).isEqualTo(at.minusNanos(nanos));
            }
        }
    }
}
