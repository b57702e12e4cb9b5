package dev.vloop.tests.time;

import static java.time.ZoneOffset.UTC;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.Iteration;
import dev.vloop.Loop;
import dev.vloop.Schedule;
import dev.vloop.tests.support.VirtualTimeTest;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("R16: times of day")
class TimesOfDayTest extends VirtualTimeTest {
    private void noteInstant(Iteration it) {
        assertThat(it.now()).isAfterOrEqualTo(it.scheduledAt());
        events.add(it.scheduledAt().toString());
    }

    private static LocalTime at(int hour, int minute) {
        return LocalTime.of(hour, minute);
    }

    @Test
    void each_time_comes_once_a_day_in_order() {
        loops.loop("job").dailyAt(UTC, at(18, 0), at(6, 30)).start(this::noteInstant);
        loops.advance(Duration.ofDays(2));
        assertThat(events)
                .containsExactly(
                        "2000-01-01T06:30:00Z", "2000-01-01T18:00:00Z", "2000-01-02T06:30:00Z", "2000-01-02T18:00:00Z");
    }

    @Test
    void the_first_slot_may_be_the_very_instant_of_the_start() {
        loops.loop("job").dailyAt(UTC, at(0, 0)).start(this::noteInstant);
        loops.settle();
        assertThat(events).containsExactly("2000-01-01T00:00:00Z");
    }

    @Test
    void the_first_slot_is_the_next_one_after_a_start_that_is_late() {
        loops.advance(Duration.ofNanos(1));
        loops.loop("job").dailyAt(UTC, at(0, 0)).start(this::noteInstant);
        loops.advance(Duration.ofDays(1));
        assertThat(events).containsExactly("2000-01-02T00:00:00Z");
    }

    @Test
    void duplicates_count_once() {
        loops.loop("job").dailyAt(UTC, at(6, 0), at(6, 0), at(6, 0)).start(this::noteInstant);
        loops.advance(Duration.ofDays(2));
        assertThat(events).containsExactly("2000-01-01T06:00:00Z", "2000-01-02T06:00:00Z");
    }

    @Test
    void the_same_instant_in_two_zones_counts_once() {
        Schedule both =
                Schedule.anyOf(Schedule.dailyAt(UTC, at(6, 0)), Schedule.dailyAt(ZoneId.of("Europe/Berlin"), at(7, 0)));
        loops.loop("job").schedule(both).start(this::noteInstant);
        loops.advance(Duration.ofDays(2));
        assertThat(events).containsExactly("2000-01-01T06:00:00Z", "2000-01-02T06:00:00Z");
    }

    @Test
    void times_are_local_to_their_zone() {
        loops.loop("job").dailyAt(ZoneId.of("Asia/Kathmandu"), at(6, 0)).start(this::noteInstant);
        loops.advance(Duration.ofDays(1));
        assertThat(events).containsExactly("2000-01-01T00:15:00Z");
    }

    @Test
    void of_several_zones_the_earliest_instant_comes_next() {
        Schedule three = Schedule.anyOf(
                Schedule.dailyAt(ZoneId.of("America/New_York"), at(8, 0)),
                Schedule.dailyAt(ZoneId.of("Asia/Tokyo"), at(20, 0)),
                Schedule.dailyAt(ZoneId.of("Europe/London"), at(12, 0)));
        loops.loop("job").schedule(three).start(this::noteInstant);
        loops.advance(Duration.ofDays(1).plusHours(12));
        assertThat(events)
                .containsExactly(
                        "2000-01-01T11:00:00Z",
                        "2000-01-01T12:00:00Z",
                        "2000-01-01T13:00:00Z",
                        "2000-01-02T11:00:00Z",
                        "2000-01-02T12:00:00Z");
    }

    @Test
    void a_slot_does_not_fire_twice_when_its_body_is_quick() {
        loops.loop("job").dailyAt(UTC, at(6, 0)).start(this::noteInstant);
        loops.advance(Duration.ofHours(6));
        loops.advance(Duration.ofNanos(1));
        loops.advance(Duration.ofHours(5));
        assertThat(events).containsExactly("2000-01-01T06:00:00Z");
    }

    @Test
    void a_wake_up_before_the_slot_sleeps_again() {
        Loop loop = loops.loop("job").dailyAt(UTC, at(6, 0)).start(this::noteInstant);
        loops.settle();
        loops.moveWallClock(Duration.ofMinutes(-10));
        loops.advance(Duration.ofHours(6)); // the deadline that it had first: now it is 05:50 there
        assertThat(events).isEmpty();
        assertThat(loop.nextIteration()).isEqualTo(Instant.parse("2000-01-01T06:00:00Z"));
        loops.advance(Duration.ofMinutes(10));
        assertThat(events).containsExactly("2000-01-01T06:00:00Z");
    }

    @Test
    void a_clock_that_is_put_back_over_a_slot_does_not_run_it_twice() {
        loops.loop("job").dailyAt(UTC, at(6, 0)).start(this::noteInstant);
        loops.advance(Duration.ofHours(6).plusMinutes(5));
        loops.moveWallClock(Duration.ofMinutes(-10));
        loops.advance(Duration.ofHours(24));
        assertThat(events).containsExactly("2000-01-01T06:00:00Z");
        loops.advance(Duration.ofMinutes(5));
        assertThat(events).containsExactly("2000-01-01T06:00:00Z", "2000-01-02T06:00:00Z");
    }

    @Test
    void a_clock_that_is_put_forward_to_a_slot_brings_it_earlier() {
        loops.loop("job").dailyAt(UTC, at(6, 0)).start(it -> note("body"));
        loops.advance(seconds(60));
        loops.moveWallClock(Duration.ofHours(6).minusSeconds(60));
        loops.advance(seconds(5));
        assertThat(events).hasSize(1);
    }

    @Test
    void an_initial_delay_passes_over_times_that_come_before_its_end() {
        loops.loop("job")
                .dailyAt(UTC, at(6, 0), at(12, 0))
                .initialDelay(Duration.ofHours(7))
                .start(this::noteInstant);
        loops.advance(Duration.ofDays(1));
        assertThat(events).containsExactly("2000-01-01T12:00:00Z");
    }

    @Test
    void a_failed_iteration_is_retried_after_the_backoff_and_does_not_run_twice() {
        loops.loop("job")
                .dailyAt(UTC, at(6, 0))
                .backoff((failure, random) -> seconds(10))
                .start(it -> {
                    noteInstant(it);
                    if (it.index() == 0 && it.attempt() == 1) {
                        throw new java.io.IOException("no network");
                    }
                });
        loops.advance(Duration.ofHours(29));
        assertThat(events).containsExactly("2000-01-01T06:00:00Z", "2000-01-01T06:00:00Z");
        loops.advance(Duration.ofHours(1));
        assertThat(events).last().isEqualTo("2000-01-02T06:00:00Z");
    }
}
