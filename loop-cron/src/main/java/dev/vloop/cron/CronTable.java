package dev.vloop.cron;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.YearMonth;
import org.jspecify.annotations.Nullable;

/**
 * A cron expression without its zone: which local dates and times match.
 *
 * @param expression as it was written
 * @param seconds 0 to 59, a bit for each that matches; likewise the next three
 * @param minutes 0 to 59
 * @param hours 0 to 23
 * @param months 1 to 12
 * @param days which days of a month match
 * @param everySoOften whether the hour or the minute has a star or a step
 */
record CronTable(
        String expression, long seconds, long minutes, long hours, long months, CronDays days, boolean everySoOften) {

    /** For how many months to search. */
    private static final int MONTHS = 100 * 12;
    /** The search ends here, before the last year of {@link LocalDate}. */
    private static final int LAST_YEAR = 999_999_900;

    /** {@return the first match after a local time; null if there is none within a hundred years} */
    @Nullable
    LocalDateTime nextAfter(LocalDateTime local) {
        LocalDateTime from = local.withNano(0).plusSeconds(1);
        if (matches(from.toLocalDate())) {
            LocalTime time = timeFrom(from.toLocalTime());
            if (time != null) {
                return from.toLocalDate().atTime(time);
            }
        }
        LocalDate day = nextDay(from.toLocalDate().plusDays(1), MONTHS);
        LocalTime first = timeFrom(LocalTime.MIDNIGHT);
        return day == null || first == null ? null : day.atTime(first);
    }

    private boolean matches(LocalDate day) {
        return has(months, day.getMonthValue()) && (days.of(YearMonth.from(day)) & (1L << day.getDayOfMonth())) != 0;
    }

    /** {@return the first day that matches, from {@code from} on and within {@code atMost} months; null if there is none} */
    @Nullable
    LocalDate nextDay(LocalDate from, int atMost) {
        YearMonth month = YearMonth.from(from);
        int first = from.getDayOfMonth();
        for (int i = 0; i < atMost && month.getYear() < LAST_YEAR; i++) {
            if (has(months, month.getMonthValue())) {
                int day = nextBit(days.of(month), first);
                if (day >= 0) {
                    return month.atDay(day);
                }
            }
            month = month.plusMonths(1);
            first = 1;
        }
        return null;
    }

    /** {@return the first time that matches, from {@code from} on and on the same day; null if there is none} */
    private @Nullable LocalTime timeFrom(LocalTime from) {
        int hour = nextBit(hours, from.getHour());
        if (hour < 0) {
            return null;
        }
        if (hour > from.getHour()) {
            return LocalTime.of(hour, first(minutes), first(seconds));
        }
        int minute = nextBit(minutes, from.getMinute());
        if (minute == from.getMinute()) {
            int second = nextBit(seconds, from.getSecond());
            if (second >= 0) {
                return LocalTime.of(hour, minute, second);
            }
            minute = nextBit(minutes, minute + 1);
        }
        if (minute >= 0) {
            return LocalTime.of(hour, minute, first(seconds));
        }
        hour = nextBit(hours, hour + 1);
        return hour < 0 ? null : LocalTime.of(hour, first(minutes), first(seconds));
    }

    private static boolean has(long bits, int bit) {
        return (bits & (1L << bit)) != 0;
    }

    private static int first(long bits) {
        return Long.numberOfTrailingZeros(bits);
    }

    /** {@return the index of the first bit from {@code from} on, which is below 64; -1 if there is none} */
    private static int nextBit(long bits, int from) {
        long rest = bits & (-1L << from);
        return rest == 0 ? -1 : Long.numberOfTrailingZeros(rest);
    }
}
