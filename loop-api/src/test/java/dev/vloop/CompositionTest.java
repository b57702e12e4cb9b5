package dev.vloop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("R16, R26: schedules made of others")
@NullUnmarked // nulls are passed to see them refused
class CompositionTest {
    private static final String START = "2026-01-01T00:00:00Z";
    private static final Instant AT_START = Instant.parse(START);
    private static final Schedule MINUTES = Schedule.every(Duration.ofMinutes(1));
    private static final Schedule NOON = Schedule.dailyAt(ZoneOffset.UTC, LocalTime.NOON);

    /** A user's own schedule: it depends on its last slot, so it cannot be asked about any other time. */
    private static final Schedule OWN = at -> {
        Instant last = at.lastSlot();
        return last == null ? at.runStart() : last.plusSeconds(3_600);
    };

    @Test
    void a_limit_in_slots_ends_the_run() {
        assertThat(Runs.of(MINUTES.limitedTo(2), START, 5)).containsExactly(START, "2026-01-01T00:01:00Z");
    }

    @Test
    void a_limit_in_time_excludes_its_end() {
        assertThat(Runs.of(MINUTES.until(AT_START.plusSeconds(60)), START, 5)).containsExactly(START);
    }

    @Test
    void an_interval_that_starts_later_is_counted_from_there() {
        assertThat(Runs.of(MINUTES.startingAt(Instant.parse("2026-01-01T09:00:30Z")), START, 2))
                .containsExactly("2026-01-01T09:00:30Z", "2026-01-01T09:01:30Z");
    }

    @Test
    void times_of_day_that_start_later_stay_where_they_are() {
        Instant noon = Instant.parse("2026-02-01T12:00:00Z");
        assertThat(Runs.of(NOON.startingAt(noon), START, 1)).containsExactly("2026-02-01T12:00:00Z");
        assertThat(Runs.of(NOON.startingAt(noon.plusNanos(1)), START, 1)).containsExactly("2026-02-02T12:00:00Z");
        assertThat(Runs.of(NOON.startingAt(noon.minusSeconds(86_400 * 365)), START, 1))
                .containsExactly("2026-01-01T12:00:00Z");
    }

    @Test
    void an_interval_that_starts_later_begins_there_also_in_a_run_that_has_had_slots() {
        Instant start = AT_START.plusSeconds(90);
        Schedule later = MINUTES.startingAt(start);
        Instant before = AT_START.plusSeconds(60);
        assertThat(later.next(Runs.after(AT_START, before, before))).isEqualTo(start);
        assertThat(later.next(Runs.after(AT_START, start, start))).isEqualTo(start.plusSeconds(60));
    }

    @Test
    void an_instant_before_the_start_that_is_asked_for_does_not_run() {
        assertThat(Schedule.once(AT_START).startingAt(AT_START.plusSeconds(1)).nextRuns(AT_START, 1))
                .isEmpty();
    }

    @Test
    void instants_before_the_start_come_in_their_order_also_from_an_anyOf_within_another() {
        Schedule passed = Schedule.anyOf(
                Schedule.once(AT_START.minusSeconds(20)),
                Schedule.once(AT_START.minusSeconds(10)),
                Schedule.once(AT_START.plusSeconds(90)));
        for (Schedule schedule :
                List.of(Schedule.anyOf(passed, MINUTES), Schedule.anyOf(MINUTES, Schedule.anyOf(NOON, passed)))) {
            assertThat(Runs.of(schedule, START, 5))
                    .containsExactly(
                            "2025-12-31T23:59:40Z",
                            "2025-12-31T23:59:50Z",
                            START,
                            "2026-01-01T00:01:00Z",
                            "2026-01-01T00:01:30Z");
        }
    }

    @Test
    void a_shift_moves_times_of_day_from_the_start_of_the_run_on() {
        assertThat(Runs.of(NOON.shiftedBy(Duration.ofMinutes(10)), "2026-01-01T12:05:00Z", 2))
                .containsExactly("2026-01-01T12:10:00Z", "2026-01-02T12:10:00Z");
    }

    @Test
    void a_shift_moves_an_interval_as_a_whole() {
        assertThat(Runs.of(MINUTES.shiftedBy(Duration.ofSeconds(10)), START, 2))
                .containsExactly("2026-01-01T00:00:10Z", "2026-01-01T00:01:10Z");
        Schedule delay = Schedule.fixedDelay(Duration.ofSeconds(5)).shiftedBy(Duration.ofSeconds(10));
        Instant slot = AT_START.plusSeconds(10);
        assertThat(delay.next(Runs.after(AT_START, slot, slot.plusSeconds(7)))).isEqualTo(slot.plusSeconds(12));
    }

    @Test
    void a_shift_keeps_a_limit_in_slots() {
        assertThat(Runs.of(MINUTES.limitedTo(2).shiftedBy(Duration.ofSeconds(10)), START, 5))
                .containsExactly("2026-01-01T00:00:10Z", "2026-01-01T00:01:10Z");
    }

    @Test
    void the_earliest_of_several_keeps_each_ones_own_slots() {
        Schedule both = Schedule.anyOf(
                Schedule.every(Duration.ofHours(8)), Schedule.dailyAt(ZoneOffset.UTC, LocalTime.of(9, 3)));
        assertThat(Runs.of(both, START, 5))
                .containsExactly(
                        START,
                        "2026-01-01T08:00:00Z",
                        "2026-01-01T09:03:00Z",
                        "2026-01-01T16:00:00Z",
                        "2026-01-02T00:00:00Z");
    }

    @Test
    void the_earliest_of_several_does_not_go_back_before_the_start_after_an_instant_that_passed() {
        Schedule both = Schedule.anyOf(
                Schedule.once(AT_START.minusSeconds(86_400 * 3)), Schedule.once(AT_START.minusSeconds(5)), NOON);
        assertThat(Runs.of(both, START, 4))
                .containsExactly(
                        "2025-12-29T00:00:00Z", "2025-12-31T23:59:55Z", "2026-01-01T12:00:00Z", "2026-01-02T12:00:00Z");
    }

    @Test
    void several_are_monotonic_only_if_all_are() {
        assertThat(Schedule.anyOf(MINUTES, Schedule.fixedDelay(Duration.ofSeconds(1)))
                        .isMonotonic())
                .isTrue();
        assertThat(Schedule.anyOf(MINUTES, NOON).isMonotonic()).isFalse();
        assertThat(MINUTES.limitedTo(3).shiftedBy(Duration.ofSeconds(1)).isMonotonic())
                .isTrue();
        assertThat(NOON.until(Instant.MAX).isMonotonic()).isFalse();
    }

    @Test
    void excepted_days_have_no_slots() {
        Set<LocalDate> holidays = Set.of(LocalDate.of(2026, 1, 1), LocalDate.of(2026, 1, 3));
        assertThat(Runs.of(NOON.exceptOn(ZoneOffset.UTC, holidays::contains), START, 2))
                .containsExactly("2026-01-02T12:00:00Z", "2026-01-04T12:00:00Z");
    }

    @Test
    void an_interval_keeps_its_slots_over_excepted_days_however_many_there_are() {
        Schedule fast = Schedule.every(Duration.ofMillis(7));
        Schedule except = fast.exceptOn(ZoneOffset.UTC, day -> day.getYear() < 2030);
        Instant first = except.nextRuns(AT_START, 1).getFirst();
        assertThat(first).isBetween(Instant.parse("2030-01-01T00:00:00Z"), Instant.parse("2030-01-01T00:00:00.007Z"));
        assertThat(Duration.between(AT_START, first).toMillis() % 7).isZero();
    }

    @Test
    void a_function_of_ones_own_is_asked_step_by_step() {
        Schedule weekdays = OWN.exceptOn(
                ZoneOffset.UTC,
                day -> EnumSet.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY).contains(day.getDayOfWeek()));
        assertThat(Runs.of(weekdays, "2026-01-02T22:30:00Z", 3))
                .containsExactly("2026-01-02T22:30:00Z", "2026-01-02T23:30:00Z", "2026-01-05T00:30:00Z");
    }

    @Test
    void the_search_for_a_day_gives_up() {
        for (Schedule schedule : new Schedule[] {NOON, MINUTES, OWN, Schedule.fixedDelay(Duration.ofNanos(1))}) {
            assertThatThrownBy(
                            () -> schedule.exceptOn(ZoneOffset.UTC, day -> true).nextRuns(AT_START, 1))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("gave up");
        }
    }

    @Test
    void a_function_that_does_not_go_on_is_refused_and_never_spins() {
        Schedule stuck = at -> at.runStart();
        assertThatThrownBy(() -> stuck.nextRuns(AT_START, 2))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("is not after its last slot " + START);
        assertThatThrownBy(() -> Schedule.anyOf(stuck, stuck).nextRuns(AT_START, 2))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> stuck.exceptOn(ZoneOffset.UTC, day -> day.getYear() == 2026)
                        .nextRuns(AT_START, 1))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void clocks_that_go_back_over_midnight_bring_a_permitted_day_back() {
        // St. John's went from 00:01 on the 29th back to 23:01 on the 28th.
        var zone = java.time.ZoneId.of("America/St_Johns");
        Schedule seconds = Schedule.every(Duration.ofSeconds(10)).exceptOn(zone, LocalDate.of(2006, 10, 29)::equals);
        assertThat(Runs.local(seconds, zone, "2006-10-28T23:59:50", 1)).containsExactly("2006-10-28T23:59:50-02:30");
        Instant inFirstMinute =
                LocalDate.of(2006, 10, 29).atTime(0, 0, 10).atZone(zone).toInstant();
        assertThat(seconds.nextRuns(inFirstMinute, 1).getFirst().atZone(zone).toOffsetDateTime())
                .hasToString("2006-10-28T23:01-03:30");
    }

    @Test
    void wrong_arguments_are_refused_by_name_and_value() {
        assertThatThrownBy(() -> Schedule.anyOf()).hasMessage("schedules must not be empty");
        assertThatThrownBy(() -> Schedule.anyOf(NOON, null)).hasMessage("an element of schedules must not be null");
        assertThatThrownBy(() -> NOON.limitedTo(0)).hasMessage("slots must be at least 1, but is 0");
        assertThatThrownBy(() -> NOON.until(null)).hasMessage("end must not be null");
        assertThatThrownBy(() -> NOON.startingAt(null)).hasMessage("start must not be null");
        assertThatThrownBy(() -> NOON.shiftedBy(Duration.ofNanos(-1)))
                .hasMessage("delay must not be negative, but is PT-0.000000001S");
        assertThatThrownBy(() -> NOON.exceptOn(null, day -> true)).hasMessage("zone must not be null");
        assertThatThrownBy(() -> NOON.exceptOn(ZoneOffset.UTC, null)).hasMessage("days must not be null");
        assertThatThrownBy(() -> NOON.nextRuns(AT_START, -1)).hasMessage("n must not be negative, but is -1");
        assertThatThrownBy(() -> NOON.nextRuns(null, 1)).hasMessage("from must not be null");
    }

    @Test
    void a_composition_says_what_it_is_and_can_be_compared() {
        Schedule made = Schedule.anyOf(MINUTES, NOON).until(AT_START).limitedTo(2);
        assertThat(made)
                .hasToString("anyOf[every(PT1M), dailyAt(Z, [12:00])].until(2026-01-01T00:00:00Z).limitedTo(2)")
                .isEqualTo(Schedule.anyOf(MINUTES, NOON).until(AT_START).limitedTo(2));
    }

    @Test
    void a_schedule_names_the_zones_that_it_and_its_parts_keep_to() {
        ZoneId berlin = ZoneId.of("Europe/Berlin");
        ZoneId tokyo = ZoneId.of("Asia/Tokyo");
        Schedule daily = Schedule.dailyAt(berlin, LocalTime.NOON);
        assertThat(daily.zones()).containsExactly(berlin);
        assertThat(daily.limitedTo(3)
                        .until(Instant.MAX)
                        .startingAt(Instant.EPOCH)
                        .zones())
                .containsExactly(berlin);
        assertThat(daily.shiftedBy(Duration.ofHours(1))
                        .jitter(Duration.ofMinutes(1))
                        .zones())
                .containsExactly(berlin);
        assertThat(daily.exceptOn(tokyo, day -> false).zones()).containsExactlyInAnyOrder(berlin, tokyo);
        assertThat(Schedule.anyOf(Schedule.every(Duration.ofHours(1)), Schedule.dailyAt(tokyo, LocalTime.NOON), daily)
                        .zones())
                .containsExactlyInAnyOrder(berlin, tokyo);
        assertThat(Schedule.every(Duration.ofHours(1)).zones()).isEmpty();
        Schedule own = at -> at.now().plusSeconds(1);
        assertThat(own.zones()).isEmpty();
    }
}
