package dev.vloop.cron;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.cron.CronDays.DayRule;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Beside a search that looks at every second, and at every day. */
@DisplayName("R18: the dates and times of an expression")
class CronTableTest {
    private static final CronDays ALL_DAYS = new CronDays(List.of(), List.of());
    private static final long ALL_MONTHS = 0b1_1111_1111_1110;

    private final SplittableRandom random = new SplittableRandom(18);

    private long bits(int most, int below) {
        long bits = 0;
        for (int i = random.nextInt(most); i >= 0; i--) {
            bits |= 1L << random.nextInt(below);
        }
        return bits;
    }

    private static boolean has(long bits, int bit) {
        return (bits >>> bit & 1) == 1;
    }

    @Test
    void have_each_second_that_matches_and_no_other() {
        LocalDateTime start = LocalDateTime.of(2026, 1, 31, 21, 59, 59);
        for (int i = 0; i < 30; i++) {
            CronTable table = new CronTable("", bits(3, 60), bits(4, 60), bits(3, 24), ALL_MONTHS, ALL_DAYS, false);
            List<LocalDateTime> expected = new ArrayList<>();
            for (LocalDateTime at = start.plusSeconds(1); at.isBefore(start.plusHours(30)); at = at.plusSeconds(1)) {
                if (has(table.seconds(), at.getSecond())
                        && has(table.minutes(), at.getMinute())
                        && has(table.hours(), at.getHour())) {
                    expected.add(at);
                }
            }
            LocalDateTime at = start;
            for (LocalDateTime each : expected) {
                at = table.nextAfter(at);
                assertThat(at).as("%s", table).isEqualTo(each);
            }
        }
    }

    @Test
    void have_each_day_that_matches_and_no_other() {
        for (int i = 0; i < 50; i++) {
            long months = bits(3, 12) << 1;
            CronDays days = new CronDays(List.of(new CronDays.Numbers(bits(3, 28) << 1)), List.of());
            CronTable table = new CronTable("", 1, 1, 1, months, days, false);
            LocalDate found = LocalDate.of(2026, 1, 1);
            for (LocalDate day = found; day.getYear() < 2029; day = day.plusDays(1)) {
                if (has(months, day.getMonthValue()) && has(days.of(YearMonth.from(day)), day.getDayOfMonth())) {
                    assertThat(table.nextDay(found, 24)).as("%s", table).isEqualTo(day);
                    found = day.plusDays(1);
                }
            }
        }
    }

    @Test
    void end_where_the_search_ends() {
        CronTable january = new CronTable("", 1, 1, 1, 0b10, ALL_DAYS, false);
        LocalDate february = LocalDate.of(2026, 2, 1);
        assertThat(january.nextDay(february, 11)).isNull();
        assertThat(january.nextDay(february, 12)).isEqualTo(LocalDate.of(2027, 1, 1));
        assertThat(january.nextDay(LocalDate.of(999_999_899, 1, 2), 1)).isEqualTo(LocalDate.of(999_999_899, 1, 2));
        assertThat(january.nextDay(LocalDate.of(999_999_900, 1, 1), 1)).isNull();
        assertThat(january.nextAfter(LocalDateTime.of(2026, 1, 31, 0, 0))).isEqualTo("2027-01-01T00:00");
    }

    private static long naive(YearMonth month, IntPredicate day) {
        long bits = 0;
        for (int i = 1; i <= month.lengthOfMonth(); i++) {
            bits |= day.test(i) ? 1L << i : 0;
        }
        return bits;
    }

    private static void assertDays(DayRule rule, YearMonth month, IntPredicate day) {
        long expected = naive(month, day);
        assertThat(new CronDays(List.of(rule), List.of()).of(month))
                .as("%s in %s", rule, month)
                .isEqualTo(expected);
        assertThat(new CronDays(List.of(), List.of(rule)).of(month))
                .as("%s in %s", rule, month)
                .isEqualTo(expected);
    }

    private static int weekday(YearMonth month, int day) {
        return month.atDay(day).getDayOfWeek().getValue() % 7;
    }

    private static boolean isWorking(YearMonth month, int day) {
        DayOfWeek weekday = month.atDay(day).getDayOfWeek();
        return weekday != DayOfWeek.SATURDAY && weekday != DayOfWeek.SUNDAY;
    }

    /** {@return the working day of a month that is nearest to a day of it; 0 if there is no such day} */
    private static int nearestWorking(YearMonth month, int day) {
        int nearest = 0;
        for (int i = 1; i <= month.lengthOfMonth() && day <= month.lengthOfMonth(); i++) {
            if (isWorking(month, i) && (nearest == 0 || Math.abs(i - day) < Math.abs(nearest - day))) {
                nearest = i;
            }
        }
        return nearest;
    }

    @Test
    void have_the_days_that_the_rules_of_a_month_name() {
        for (YearMonth month = YearMonth.of(2023, 12); month.getYear() < 2029; month = month.plusMonths(1)) {
            YearMonth of = month;
            int length = month.lengthOfMonth();
            assertThat(ALL_DAYS.of(month)).isEqualTo(naive(month, day -> true));
            for (int i = 0; i <= 31; i++) {
                int n = i;
                assertDays(new CronDays.FromEnd(n), month, day -> day == length - n);
                int target = n == 0 ? length : n;
                assertDays(new CronDays.Working(n), month, day -> day == nearestWorking(of, target));
            }
            for (int weekday = 0; weekday < 7; weekday++) {
                int its = weekday;
                assertDays(new CronDays.Weekdays(1L << its), month, day -> weekday(of, day) == its);
                assertDays(new CronDays.Nth(its, 0), month, day -> weekday(of, day) == its && day + 7 > length);
                for (int i = 1; i <= 5; i++) {
                    int n = i;
                    assertDays(new CronDays.Nth(its, n), month, day -> weekday(of, day) == its && (day + 6) / 7 == n);
                }
            }
            assertDays(new CronDays.Numbers(0b1010), month, day -> day == 1 || day == 3);
        }
    }

    @Test
    void have_the_days_of_either_field_if_both_are_restricted() {
        YearMonth month = YearMonth.of(2026, 2);
        CronDays days = new CronDays(
                List.of(new CronDays.Numbers(1L << 13), new CronDays.FromEnd(0)),
                List.of(new CronDays.Weekdays(1L << 5)));
        assertThat(days.of(month)).isEqualTo(naive(month, day -> day == 28 || day % 7 == 6));
    }
}
