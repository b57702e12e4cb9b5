package dev.vloop;

import static dev.vloop.Runs.BERLIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("R16: times of day")
@NullUnmarked // nulls are passed to see them refused
class TimesOfDayTest {
    private static final Schedule NOON = Schedule.dailyAt(ZoneOffset.UTC, LocalTime.NOON);

    @Test
    void the_first_slot_is_at_the_start_when_that_is_one() {
        assertThat(Runs.of(NOON, "2026-01-01T12:00:00Z", 2))
                .containsExactly("2026-01-01T12:00:00Z", "2026-01-02T12:00:00Z");
    }

    @Test
    void the_first_slot_is_the_next_after_the_start() {
        assertThat(Runs.of(NOON, "2026-01-01T12:00:00.000000001Z", 1)).containsExactly("2026-01-02T12:00:00Z");
        assertThat(Runs.of(NOON, "2026-01-01T11:59:59.999999999Z", 1)).containsExactly("2026-01-01T12:00:00Z");
    }

    @Test
    void a_slot_does_not_come_again_when_the_wake_up_was_early() {
        Instant slot = Instant.parse("2026-01-01T12:00:00Z");
        assertThat(NOON.next(Runs.after(slot.minusSeconds(60), slot, slot.minusMillis(3))))
                .isEqualTo(slot.plusSeconds(86_400));
    }

    @Test
    void duplicates_count_once_and_order_does_not_matter() {
        assertThat(Schedule.dailyAt(BERLIN, Runs.times("09:00", "08:00", "09:00")))
                .isEqualTo(Schedule.dailyAt(BERLIN, Runs.times("08:00", "09:00")))
                .hasSameHashCodeAs(Schedule.dailyAt(BERLIN, Runs.times("08:00", "09:00")))
                .hasToString("dailyAt(Europe/Berlin, [08:00, 09:00])");
    }

    @Test
    void the_earliest_instant_wins_over_all_zones() {
        Schedule both = Schedule.anyOf(
                Schedule.dailyAt(BERLIN, LocalTime.of(9, 0)),
                Schedule.dailyAt(ZoneId.of("Asia/Tokyo"), LocalTime.of(9, 0)));
        assertThat(Runs.of(both, "2026-01-01T01:00:00Z", 3))
                .containsExactly("2026-01-01T08:00:00Z", "2026-01-02T00:00:00Z", "2026-01-02T08:00:00Z");
    }

    @Test
    void the_same_instant_in_two_zones_runs_once() {
        Schedule both = Schedule.anyOf(
                Schedule.dailyAt(BERLIN, LocalTime.of(9, 0)), Schedule.dailyAt(ZoneOffset.UTC, LocalTime.of(8, 0)));
        assertThat(Runs.of(both, "2026-01-01T01:00:00Z", 2))
                .containsExactly("2026-01-01T08:00:00Z", "2026-01-02T08:00:00Z");
    }

    @Test
    void days_of_the_week_are_local_days() {
        Schedule mondays =
                Schedule.dailyAt(ZoneId.of("Asia/Tokyo"), LocalTime.of(1, 0)).onDays(DayOfWeek.MONDAY);
        assertThat(Runs.of(mondays, "2026-01-01T00:00:00Z", 2))
                .containsExactly("2026-01-04T16:00:00Z", "2026-01-11T16:00:00Z");
    }

    @Test
    void days_of_the_month_count_from_the_start_or_from_the_end() {
        Schedule ends = Schedule.dailyAt(ZoneOffset.UTC, LocalTime.MIDNIGHT).onDaysOfMonth(1, -1);
        assertThat(Runs.of(ends, "2028-02-02T00:00:00Z", 3))
                .containsExactly("2028-02-29T00:00:00Z", "2028-03-01T00:00:00Z", "2028-03-31T00:00:00Z");
    }

    @Test
    void the_last_days_that_count_are_the_31st_from_either_end() {
        DailySchedule midnight = Schedule.dailyAt(ZoneOffset.UTC, LocalTime.MIDNIGHT);
        assertThat(Runs.of(midnight.onDaysOfMonth(31), "2026-01-02T00:00:00Z", 1))
                .containsExactly("2026-01-31T00:00:00Z");
        assertThat(Runs.of(midnight.onDaysOfMonth(-31), "2026-01-02T00:00:00Z", 1))
                .containsExactly("2026-03-01T00:00:00Z");
        for (int wrong : new int[] {0, 32, -32}) {
            assertThatThrownBy(() -> midnight.onDaysOfMonth(wrong))
                    .hasMessage("an element of days must be from 1 to 31 or from -31 to -1, but is " + wrong);
        }
    }

    @Test
    void a_short_month_has_no_31st() {
        Schedule last = Schedule.dailyAt(ZoneOffset.UTC, LocalTime.MIDNIGHT).onDaysOfMonth(31);
        assertThat(Runs.of(last, "2026-02-01T00:00:00Z", 2))
                .containsExactly("2026-03-31T00:00:00Z", "2026-05-31T00:00:00Z");
        assertThat(Runs.of(last.until(Instant.parse("2026-03-01T00:00:00Z")), "2026-02-01T00:00:00Z", 2))
                .isEmpty();
    }

    @Test
    void days_of_week_and_of_month_must_both_match() {
        Schedule fridays13 = Schedule.dailyAt(ZoneOffset.UTC, LocalTime.MIDNIGHT)
                .onDays(DayOfWeek.FRIDAY)
                .onDaysOfMonth(13);
        assertThat(Runs.of(fridays13, "2026-01-01T00:00:00Z", 4))
                .containsExactly(
                        "2026-02-13T00:00:00Z", "2026-03-13T00:00:00Z", "2026-11-13T00:00:00Z", "2027-08-13T00:00:00Z");
    }

    @Test
    void each_setting_keeps_the_others_in_any_order() {
        DailySchedule midnight = Schedule.dailyAt(ZoneOffset.UTC, LocalTime.MIDNIGHT);
        List<UnaryOperator<DailySchedule>> settings = List.of(
                daily -> daily.onDays(DayOfWeek.FRIDAY),
                daily -> daily.onDaysOfMonth(13),
                daily -> daily.inGap(DailySchedule.Gap.SKIPPED),
                daily -> daily.inOverlap(DailySchedule.Overlap.FIRST));
        for (UnaryOperator<DailySchedule> one : settings) {
            for (UnaryOperator<DailySchedule> other : settings) {
                assertThat(one.apply(other.apply(midnight))).isEqualTo(other.apply(one.apply(midnight)));
            }
        }
    }

    @Test
    void a_schedule_ends_where_local_dates_end_and_begins_where_they_begin() {
        assertThat(NOON.nextRuns(Instant.MAX, 1)).isEmpty();
        assertThat(NOON.nextRuns(Instant.parse("+999999999-12-31T00:00:00Z"), 5))
                .hasSize(1);
        assertThat(NOON.nextRuns(Instant.MIN, 1)).containsExactly(Instant.parse("-999999999-01-01T12:00:00Z"));
    }

    @Test
    void wrong_arguments_are_refused_by_name_and_value() {
        DailySchedule daily = Schedule.dailyAt(BERLIN, LocalTime.NOON);
        assertThatThrownBy(() -> Schedule.dailyAt(BERLIN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("times must not be empty");
        assertThatThrownBy(() -> Schedule.dailyAt(BERLIN, LocalTime.NOON, null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("an element of times must not be null");
        assertThatThrownBy(() -> Schedule.dailyAt(null, LocalTime.NOON))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("zone must not be null");
        assertThatThrownBy(daily::onDays).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(daily::onDaysOfMonth).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> daily.onDaysOfMonth(32))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("an element of days must be from 1 to 31 or from -31 to -1, but is 32");
        assertThatThrownBy(() -> daily.onDaysOfMonth(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> daily.inGap(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> daily.inOverlap(null)).isInstanceOf(NullPointerException.class);
    }
}
