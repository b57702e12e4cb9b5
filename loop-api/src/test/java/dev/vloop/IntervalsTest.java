package dev.vloop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vloop.spi.IntervalSchedule;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("R14, R15, R20: intervals and delays")
@NullUnmarked // nulls are passed to see them refused
class IntervalsTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void an_interval_runs_at_once_and_then_at_fixed_slots() {
        assertThat(Runs.of(Schedule.every(Duration.ofMinutes(5)), "2026-01-01T00:00:03Z", 3))
                .containsExactly("2026-01-01T00:00:03Z", "2026-01-01T00:05:03Z", "2026-01-01T00:10:03Z");
    }

    @Test
    void an_interval_is_counted_from_the_last_slot_however_late_the_iteration_ended() {
        Instant late = START.plusSeconds(1_000);
        assertThat(Schedule.every(Duration.ofSeconds(10)).next(Runs.after(START, START, late)))
                .isEqualTo(START.plusSeconds(10));
    }

    @Test
    void an_interval_of_a_nanosecond_and_of_three_hundred_years_work() {
        Duration years = Duration.ofDays(300 * 366);
        assertThat(Schedule.every(Duration.ofNanos(1)).nextRuns(START, 2))
                .last()
                .isEqualTo(START.plusNanos(1));
        assertThat(Schedule.every(years).nextRuns(START, 2)).last().isEqualTo(START.plus(years));
    }

    @Test
    void an_interval_ends_where_instants_end() {
        Schedule everlasting = Schedule.every(Duration.ofSeconds(Long.MAX_VALUE));
        assertThat(everlasting.nextRuns(START, 5)).containsExactly(START);
        assertThat(Schedule.fixedDelay(Duration.ofSeconds(1)).next(Runs.after(START, START, Instant.MAX)))
                .isNull();
    }

    @Test
    void an_interval_can_be_recognised_and_compared() {
        assertThat(Schedule.every(Duration.ofSeconds(60)))
                .isEqualTo(Schedule.every(Duration.ofMinutes(1)))
                .isInstanceOfSatisfying(
                        IntervalSchedule.class, s -> assertThat(s.interval()).isEqualTo(Duration.ofMinutes(1)))
                .hasToString("every(PT1M)");
    }

    @Test
    void a_delay_begins_at_the_end_of_the_iteration() {
        Instant end = START.plusSeconds(7);
        assertThat(Schedule.fixedDelay(Duration.ofSeconds(10)).next(Runs.after(START, START, end)))
                .isEqualTo(START.plusSeconds(17));
    }

    @Test
    void a_delay_begins_at_the_last_slot_when_that_was_skipped() {
        SlotContext skipped = new SlotContext(START, START, START.plusSeconds(30), START.plusSeconds(1), 2);
        assertThat(Schedule.fixedDelay(Duration.ofSeconds(10)).next(skipped)).isEqualTo(START.plusSeconds(40));
    }

    @Test
    void intervals_and_delays_keep_to_the_monotonic_clock_and_others_do_not() {
        assertThat(Schedule.every(Duration.ofSeconds(1)).isMonotonic()).isTrue();
        assertThat(Schedule.fixedDelay(Duration.ofSeconds(1)).isMonotonic()).isTrue();
        assertThat(Schedule.once(START).isMonotonic()).isFalse();
        assertThat(((Schedule) at -> null).isMonotonic()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S"})
    void an_interval_or_delay_that_is_not_positive_is_refused_by_value(String value) {
        Duration d = Duration.parse(value);
        assertThatThrownBy(() -> Schedule.every(d))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("interval must be positive, but is " + value);
        assertThatThrownBy(() -> Schedule.fixedDelay(d))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("delay must be positive, but is " + value);
    }

    @Test
    void nulls_are_refused_by_name() {
        assertThatThrownBy(() -> Schedule.every(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("interval must not be null");
        assertThatThrownBy(() -> Schedule.fixedDelay(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("delay must not be null");
        assertThatThrownBy(() -> Schedule.once(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("at must not be null");
    }
}
