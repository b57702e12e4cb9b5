package dev.vloop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Month;
import java.time.MonthDay;
import java.time.Year;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("R16, R20, R26: schedules as people say them")
@NullUnmarked // nulls are passed to see them refused
class DayAndTimeFiltersTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Schedule NOON = Schedule.dailyAt(ZoneOffset.UTC, LocalTime.NOON);

    private static List<String> local(Schedule schedule, String from, int n) {
        return schedule.nextRuns(Instant.parse(from), n).stream()
                .map(slot -> slot.atZone(BERLIN).toLocalDateTime().toString())
                .toList();
    }

    @Test
    void only_some_days_have_slots() {
        Schedule lastFriday = NOON.onlyOn(
                ZoneOffset.UTC, day -> day.equals(day.with(TemporalAdjusters.lastInMonth(DayOfWeek.FRIDAY))));
        assertThat(Runs.of(lastFriday, "2026-01-01T00:00:00Z", 3))
                .containsExactly("2026-01-30T12:00:00Z", "2026-02-27T12:00:00Z", "2026-03-27T12:00:00Z");
    }

    @Test
    void the_30th_or_the_last_day_of_the_month() {
        Schedule monthly = NOON.onlyOn(ZoneOffset.UTC, day -> day.getDayOfMonth() == Math.min(30, day.lengthOfMonth()));
        assertThat(Runs.of(monthly, "2026-01-01T00:00:00Z", 3))
                .containsExactly("2026-01-30T12:00:00Z", "2026-02-28T12:00:00Z", "2026-03-30T12:00:00Z");
    }

    @Test
    void the_29th_of_february_or_else_the_28th() {
        Schedule birthday = NOON.onlyOn(
                ZoneOffset.UTC,
                day -> day.equals(MonthDay.of(Month.FEBRUARY, 29).atYear(day.getYear())));
        assertThat(Runs.of(birthday, "2026-01-01T00:00:00Z", 3))
                .containsExactly("2026-02-28T12:00:00Z", "2027-02-28T12:00:00Z", "2028-02-29T12:00:00Z");
    }

    @Test
    void a_rule_that_is_rare_is_found() {
        Schedule leapMonday = NOON.onlyOn(
                ZoneOffset.UTC,
                day -> MonthDay.from(day).equals(MonthDay.of(Month.FEBRUARY, 29))
                        && day.getDayOfWeek() == DayOfWeek.MONDAY);
        assertThat(Runs.of(leapMonday, "2024-03-01T00:00:00Z", 2))
                .containsExactly("2044-02-29T12:00:00Z", "2072-02-29T12:00:00Z");
        // 2100 is no leap year, which makes this one wait for 40 years
        Schedule leapThursday = Schedule.dailyAt(ZoneOffset.UTC, LocalTime.NOON)
                .onDays(DayOfWeek.THURSDAY)
                .onlyOn(ZoneOffset.UTC, day -> day.getMonthValue() == 2 && day.getDayOfMonth() == 29);
        assertThat(Runs.of(leapThursday, "2080-01-01T00:00:00Z", 1))
                .containsExactly("2096-02-29T12:00:00Z".replace("2096", firstLeapYear(2080, DayOfWeek.THURSDAY)));
    }

    private static String firstLeapYear(int from, DayOfWeek day) {
        for (int year = from; ; year++) {
            if (Year.isLeap(year) && LocalDate.of(year, 2, 29).getDayOfWeek() == day) {
                return String.valueOf(year);
            }
        }
    }

    @Test
    void a_rule_that_no_day_fits_gives_up_and_says_so() {
        assertThatThrownBy(() -> NOON.onlyOn(ZoneOffset.UTC, day -> false).nextRuns(Instant.EPOCH, 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("onlyOn(Z, ")
                .hasMessageContaining("400 years after 1970-01-01T12:00:00Z");
        assertThatThrownBy(() -> NOON.exceptOn(ZoneOffset.UTC, day -> true).nextRuns(Instant.EPOCH, 1))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_schedule_that_keeps_missing_the_days_is_given_up_after_400_years_of_it() {
        AtomicInteger asked = new AtomicInteger();
        Schedule newYears = at -> {
            asked.incrementAndGet();
            Instant last = at.lastSlot();
            return last == null
                    ? at.runStart()
                    : last.atZone(ZoneOffset.UTC).plusYears(1).toInstant();
        };
        assertThatThrownBy(() -> newYears.onlyOn(ZoneOffset.UTC, day -> day.getMonthValue() == 2)
                        .nextRuns(Instant.parse("2026-01-01T12:00:00Z"), 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("400 years after 2026-01-01T12:00:00Z");
        assertThat(asked.get()).isBetween(395, 410);
        Schedule rare = newYears.onlyOn(ZoneOffset.UTC, day -> day.getMonthValue() == 2 || day.getYear() == 2126);
        assertThat(Runs.of(rare, "2026-01-01T12:00:00Z", 1)).containsExactly("2126-01-01T12:00:00Z");
    }

    @Test
    void instants_without_a_local_day_are_kept() {
        Instant last = Instant.MAX.minusNanos(1);
        Instant first = Instant.MIN.plusNanos(1);
        for (Instant end : List.of(first, last)) {
            Schedule once = Schedule.once(end);
            assertThat(once.onlyOn(BERLIN, day -> false).nextRuns(end, 1)).containsExactly(end);
            assertThat(once.between(BERLIN, LocalTime.of(3, 0), LocalTime.of(3, 1))
                            .nextRuns(end, 1))
                    .containsExactly(end);
        }
        Schedule later = Schedule.anyOf(NOON.until(Instant.parse("2026-01-02T00:00:00Z")), Schedule.once(last));
        assertThat(later.onlyOn(ZoneOffset.UTC, day -> day.getYear() > 2026)
                        .nextRuns(Instant.parse("2026-01-01T00:00:00Z"), 1))
                .containsExactly(last);
    }

    @Test
    void a_schedule_that_is_over_has_no_more_slots_on_any_day() {
        Schedule january = NOON.until(Instant.parse("2026-01-04T00:00:00Z"));
        assertThat(Runs.of(january.onlyOn(ZoneOffset.UTC, day -> day.getDayOfMonth() < 3), "2026-01-02T00:00:00Z", 9))
                .containsExactly("2026-01-02T12:00:00Z");
        assertThat(Runs.of(
                        january.between(ZoneOffset.UTC, LocalTime.of(9, 0), LocalTime.of(17, 0)),
                        "2026-01-02T00:00:00Z",
                        9))
                .containsExactly("2026-01-02T12:00:00Z", "2026-01-03T12:00:00Z");
    }

    @Test
    void days_that_the_clock_returns_to_are_tested_by_themselves() {
        // In St. John's the clock went back from 00:01 to 23:01 of the day before.
        ZoneId stJohns = ZoneId.of("America/St_Johns");
        LocalDate after = LocalDate.of(2005, 10, 30);
        Schedule tenMinutes = Schedule.every(Duration.ofMinutes(10)).exceptOn(stJohns, after::equals);
        Instant start = ZonedDateTime.of(2005, 10, 29, 23, 50, 30, 0, stJohns).toInstant();
        // A slot of the 30th before the change is excepted; those of the hour of the 29th that comes again are not.
        assertThat(tenMinutes.nextRuns(start, 3))
                .containsExactly(
                        start,
                        ZonedDateTime.of(2005, 10, 29, 23, 10, 30, 0, stJohns)
                                .withLaterOffsetAtOverlap()
                                .toInstant(),
                        ZonedDateTime.of(2005, 10, 29, 23, 20, 30, 0, stJohns)
                                .withLaterOffsetAtOverlap()
                                .toInstant());
    }

    @Test
    void a_window_keeps_the_slots_of_its_hours() {
        Schedule work =
                Schedule.every(Duration.ofHours(3)).between(ZoneOffset.UTC, LocalTime.of(9, 0), LocalTime.of(17, 0));
        assertThat(Runs.of(work, "2026-01-01T00:00:00Z", 4))
                .containsExactly(
                        "2026-01-01T09:00:00Z", "2026-01-01T12:00:00Z", "2026-01-01T15:00:00Z", "2026-01-02T09:00:00Z");
    }

    @Test
    void a_window_has_its_start_and_not_its_end() {
        Schedule hours =
                Schedule.every(Duration.ofHours(1)).between(ZoneOffset.UTC, LocalTime.of(9, 0), LocalTime.of(10, 0));
        assertThat(Runs.of(hours, "2026-01-01T08:00:00Z", 2))
                .containsExactly("2026-01-01T09:00:00Z", "2026-01-02T09:00:00Z");
    }

    @Test
    void a_window_goes_over_midnight() {
        Schedule night =
                Schedule.every(Duration.ofHours(4)).between(ZoneOffset.UTC, LocalTime.of(20, 0), LocalTime.of(7, 0));
        assertThat(Runs.of(night, "2026-01-01T12:00:00Z", 4))
                .containsExactly(
                        "2026-01-01T20:00:00Z", "2026-01-02T00:00:00Z", "2026-01-02T04:00:00Z", "2026-01-02T20:00:00Z");
    }

    @Test
    void a_window_is_right_in_both_nights_of_daylight_saving() {
        Schedule night = Schedule.every(Duration.ofMinutes(5)).between(BERLIN, LocalTime.of(20, 0), LocalTime.of(7, 0));
        // every 5 minutes: 12 an hour, in 10 hours in spring, 11 as a rule, 12 in autumn
        assertThat(inNight(night, "2026-03-28")).isEqualTo(10 * 12);
        assertThat(inNight(night, "2026-03-29")).isEqualTo(11 * 12);
        assertThat(inNight(night, "2026-10-24")).isEqualTo(12 * 12);
        assertThat(local(night, "2026-03-28T05:55:00Z", 2)).containsExactly("2026-03-28T06:55", "2026-03-28T20:00");
        assertThat(local(night, "2026-10-25T05:55:00Z", 2)).containsExactly("2026-10-25T06:55", "2026-10-25T20:00");
    }

    private static long inNight(Schedule schedule, String day) {
        Instant noon = LocalDate.parse(day).atTime(12, 0).atZone(BERLIN).toInstant();
        Instant next =
                LocalDate.parse(day).plusDays(1).atTime(12, 0).atZone(BERLIN).toInstant();
        return schedule.nextRuns(noon, 1_000).stream()
                .filter(slot -> slot.isBefore(next))
                .count();
    }

    @Test
    void a_window_whose_start_is_leapt_over_opens_at_the_leap() {
        Schedule window =
                Schedule.every(Duration.ofMinutes(10)).between(BERLIN, LocalTime.of(2, 30), LocalTime.of(4, 0));
        assertThat(local(window, "2026-03-29T00:00:00Z", 2)).containsExactly("2026-03-29T03:00", "2026-03-29T03:10");
    }

    @Test
    void a_window_that_comes_twice_opens_twice() {
        Schedule window =
                Schedule.every(Duration.ofMinutes(30)).between(BERLIN, LocalTime.of(2, 0), LocalTime.of(2, 30));
        assertThat(window.nextRuns(Instant.parse("2026-10-24T22:00:00Z"), 3))
                .containsExactly(
                        Instant.parse("2026-10-25T00:00:00Z"),
                        Instant.parse("2026-10-25T01:00:00Z"),
                        Instant.parse("2026-10-26T01:00:00Z"));
    }

    @Test
    void a_window_opens_again_when_the_clock_goes_back_over_midnight() {
        // In St. John's the clock went back from 00:01 to 23:01 of the day before.
        ZoneId stJohns = ZoneId.of("America/St_Johns");
        Schedule window =
                Schedule.every(Duration.ofMinutes(30)).between(stJohns, LocalTime.of(23, 30), LocalTime.of(23, 45));
        // The run starts at midnight of the 30th, outside of the window, and the next opening is on the 29th.
        Instant start = ZonedDateTime.of(2005, 10, 30, 0, 0, 0, 0, stJohns)
                .withEarlierOffsetAtOverlap()
                .toInstant();
        assertThat(window.nextRuns(start, 2))
                .containsExactly(
                        ZonedDateTime.of(2005, 10, 29, 23, 30, 0, 0, stJohns)
                                .withLaterOffsetAtOverlap()
                                .toInstant(),
                        ZonedDateTime.of(2005, 10, 30, 23, 30, 0, 0, stJohns).toInstant());
    }

    @Test
    void a_window_without_any_slot_gives_up_and_says_so() {
        assertThatThrownBy(() -> NOON.between(ZoneOffset.UTC, LocalTime.of(20, 0), LocalTime.of(7, 0))
                        .nextRuns(Instant.EPOCH, 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("between 20:00 and 07:00: gave up");
    }

    @Test
    void filters_refuse_what_they_cannot_use() {
        assertThatThrownBy(() -> NOON.between(ZoneOffset.UTC, LocalTime.NOON, LocalTime.NOON))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("to must differ from the start of the window (12:00), but is 12:00");
        assertThatThrownBy(() -> NOON.between(null, LocalTime.NOON, LocalTime.MIDNIGHT))
                .hasMessageStartingWith("zone");
        assertThatThrownBy(() -> NOON.between(ZoneOffset.UTC, null, LocalTime.NOON))
                .hasMessageStartingWith("from");
        assertThatThrownBy(() -> NOON.between(ZoneOffset.UTC, LocalTime.NOON, null))
                .hasMessageStartingWith("to");
        assertThatThrownBy(() -> NOON.onlyOn(null, day -> true)).hasMessageStartingWith("zone");
        assertThatThrownBy(() -> NOON.onlyOn(ZoneOffset.UTC, null)).hasMessageStartingWith("days");
    }

    @Test
    void filters_name_their_zones_and_themselves() {
        Schedule window = NOON.between(BERLIN, LocalTime.of(9, 0), LocalTime.of(17, 0));
        assertThat(window.zones()).containsExactlyInAnyOrder(ZoneOffset.UTC, BERLIN);
        assertThat(NOON.onlyOn(BERLIN, day -> true).zones()).containsExactlyInAnyOrder(ZoneOffset.UTC, BERLIN);
        assertThat(window).hasToString("dailyAt(Z, [12:00]).between(Europe/Berlin, 09:00, 17:00)");
    }

    @Test
    void never_has_no_slot_and_no_end() {
        assertThat(Schedule.never().nextRuns(Instant.EPOCH, 3)).isEmpty();
        assertThat(Schedule.never().next(SlotContext.first(Instant.EPOCH))).isEqualTo(Instant.MAX);
        assertThat(Schedule.never()).isEqualTo(Schedule.never()).hasToString("never");
        assertThat(Schedule.never().isMonotonic()).isTrue();
    }

    @Test
    void never_stays_never_in_a_composition() {
        Schedule moved = Schedule.never().shiftedBy(Duration.ofDays(1)).jitter(Duration.ofHours(1), "x");
        assertThat(moved.next(SlotContext.first(Instant.EPOCH))).isEqualTo(Instant.MAX);
        assertThat(Runs.of(Schedule.anyOf(Schedule.never(), NOON), "2026-01-01T00:00:00Z", 1))
                .containsExactly("2026-01-01T12:00:00Z");
        assertThat(Schedule.never().until(Instant.EPOCH).next(SlotContext.first(Instant.EPOCH)))
                .isNull();
    }
}
