package dev.vloop.vthreads;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.spi.Host;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("R19: how the two clocks stand to each other")
class ClockReadingTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final ClockReading reading = new ClockReading(1_000, NOON);

    @Test
    void times_of_one_clock_are_told_as_times_of_the_other() {
        assertThat(reading.toInstant(1_000)).isEqualTo(NOON);
        assertThat(reading.toInstant(1_007)).isEqualTo(NOON.plusNanos(7));
        assertThat(reading.toInstant(0)).isEqualTo(NOON.minusNanos(1_000));
        assertThat(reading.toNano(NOON)).isEqualTo(1_000);
        assertThat(reading.toNano(NOON.plusNanos(7))).isEqualTo(1_007);
        assertThat(reading.toNano(NOON.minusNanos(1))).isEqualTo(999);
        assertThat(reading.toNano(NOON.minusNanos(1_000))).isZero();
        assertThat(reading.toNano(NOON.minusNanos(1_001)))
                .as("before that clock began")
                .isZero();
        assertThat(reading.toNano(Instant.MIN)).isZero();
        assertThat(reading.toNano(Instant.MAX)).isEqualTo(Host.NEVER);
    }

    @Test
    void a_drift_is_how_far_the_wall_clock_was_moved() {
        assertThat(reading.driftTo(new ClockReading(1_500, NOON.plusNanos(500))))
                .isZero();
        assertThat(reading.driftTo(new ClockReading(1_500, NOON.plusNanos(507))))
                .isEqualTo(7);
        assertThat(reading.driftTo(new ClockReading(1_500, NOON.plusNanos(493))))
                .isEqualTo(-7);
    }

    @Test
    void only_a_change_of_the_wall_clock_needs_a_new_reading() {
        HandMovedHost host = new HandMovedHost();
        host.run(Duration.ofSeconds(5));
        ClockReading before = ClockReading.at(host);
        assertThat(before).isEqualTo(new ClockReading(host.nanoTime(), host.instant()));
        host.run(Duration.ofHours(5));
        assertThat(before.refreshed(host)).isSameAs(before);
        host.wall = host.wall.plusNanos(19_999_999);
        assertThat(before.refreshed(host)).isSameAs(before);
        host.wall = host.wall.plusNanos(1);
        assertThat(before.refreshed(host)).isEqualTo(ClockReading.at(host));
        host.wall = host.wall.minusNanos(39_999_999);
        assertThat(before.refreshed(host)).isSameAs(before);
        host.wall = host.wall.minusNanos(1);
        assertThat(before.refreshed(host)).isEqualTo(ClockReading.at(host));
    }

    @Test
    void a_runtime_shows_a_time_as_the_same_instant_until_the_wall_clock_is_changed() {
        HandMovedHost host = new HandMovedHost();
        RuntimeClock clock = new RuntimeClock(host);
        Instant shown = clock.instantOf(1_000);
        host.wall = host.wall.plusNanos(19_999_999); // such differences come from reading one clock after the other
        assertThat(clock.instantOf(1_000)).isEqualTo(shown);
        host.wall = host.wall.plusNanos(1);
        assertThat(clock.instantOf(1_000)).isEqualTo(shown.plusNanos(20_000_000));
    }
}
