package dev.vloop.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.spi.Host;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The wall clock of a virtual host")
class WallClockTest {
    private static final Instant ORIGIN = Instant.parse("2000-01-01T00:00:00Z");

    private final WallClock clock = new WallClock(ORIGIN);
    private final List<String> told = new ArrayList<>();

    @Test
    void shows_its_origin_the_time_since_and_how_far_it_was_moved() {
        assertThat(clock.at(0)).isEqualTo(ORIGIN);
        assertThat(clock.at(5)).isEqualTo(ORIGIN.plusNanos(5));
        assertThat(clock.at(5)).isSameAs(clock.at(5));
        clock.move(Duration.ofHours(1));
        assertThat(clock.at(5)).isEqualTo(ORIGIN.plusSeconds(3_600).plusNanos(5));
        clock.move(Duration.ofHours(-2));
        assertThat(clock.at(6)).isEqualTo(ORIGIN.minusSeconds(3_600).plusNanos(6));
        assertThat(clock.at(0)).isEqualTo(ORIGIN.minusSeconds(3_600));
    }

    @Test
    void tells_those_who_watch_in_their_order_until_they_cancel() {
        Host.Alarm first = clock.watch(by -> told.add("first " + by));
        Host.Alarm second = clock.watch(by -> told.add("second " + by));
        clock.move(Duration.ofSeconds(1));
        clock.move(Duration.ZERO);
        first.cancel();
        clock.move(Duration.ofSeconds(-2));
        second.cancel();
        clock.move(Duration.ofSeconds(3));
        assertThat(told).containsExactly("first PT1S", "second PT1S", "second PT-2S");
    }

    @Test
    void shows_the_new_time_to_those_whom_it_tells() {
        clock.watch(by -> told.add(clock.at(0).toString()));
        clock.move(Duration.ofHours(1));
        assertThat(told).containsExactly("2000-01-01T01:00:00Z");
    }

    @Test
    void tells_nobody_who_was_cancelled_by_another_a_moment_before() {
        Host.Alarm[] second = new Host.Alarm[1];
        clock.watch(by -> second[0].cancel());
        second[0] = clock.watch(by -> told.add("second"));
        clock.move(Duration.ofSeconds(1));
        assertThat(told).isEmpty();
    }
}
