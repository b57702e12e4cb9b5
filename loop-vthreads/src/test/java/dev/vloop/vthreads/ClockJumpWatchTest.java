package dev.vloop.vthreads;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("R19 the watch of the real machine's wall clock")
class ClockJumpWatchTest {
    private final HandMovedHost host = new HandMovedHost();
    private final List<Duration> jumps = new ArrayList<>();
    private final ClockJumpWatch watch = new ClockJumpWatch(host, jumps::add);

    @Test
    void notices_a_step_within_two_seconds_and_tells_of_it_once() {
        host.run(Duration.ofMinutes(1));
        host.wall = host.wall.plus(Duration.ofHours(8));
        host.run(Duration.ofSeconds(2));
        assertThat(jumps).containsExactly(Duration.ofHours(8));

        host.run(Duration.ofHours(1));
        assertThat(jumps).hasSize(1);
    }

    @Test
    void notices_a_step_back() {
        host.wall = host.wall.minus(Duration.ofHours(1));
        host.run(Duration.ofSeconds(2));
        assertThat(jumps).containsExactly(Duration.ofHours(-1));
    }

    @Test
    void notices_a_drift_when_it_has_added_up() {
        for (int second = 0; second < 1_000; second++) {
            host.wall = host.wall.plusMillis(1);
            host.run(Duration.ofSeconds(1));
        }
        assertThat(jumps).hasSizeBetween(9, 10).allMatch(jump -> jump.toMillis() >= 100 && jump.toMillis() < 110);
    }

    @Test
    void takes_a_tenth_of_a_second_for_a_jump_and_less_for_none() {
        host.wall = host.wall.plusNanos(99_999_999);
        host.run(Duration.ofSeconds(2));
        assertThat(jumps).isEmpty();
        host.wall = host.wall.plusNanos(1);
        host.run(Duration.ofSeconds(2));
        assertThat(jumps).containsExactly(Duration.ofMillis(100));
    }

    @Test
    void takes_the_time_between_two_readings_for_no_jump() {
        host.wall = host.wall.plusMillis(50);
        host.run(Duration.ofMinutes(10));
        assertThat(jumps).isEmpty();
    }

    @Test
    void leaves_nothing_behind_when_it_is_cancelled() {
        host.run(Duration.ofSeconds(10));
        watch.alarm.cancel();
        host.wall = host.wall.plus(Duration.ofHours(8));
        host.run(Duration.ofMinutes(1));
        assertThat(jumps).isEmpty();
        assertThat(host.alarms).isEmpty();
    }
}
