package dev.vloop.cron;

import java.time.DayOfWeek;
import java.time.YearMonth;
import java.util.List;

/**
 * Which days of a month match. If both day fields are restricted, a day matches if it matches one of them.
 *
 * @param ofMonth the rules of the day of the month; empty if it is not restricted
 * @param ofWeek the rules of the day of the week; empty if it is not restricted
 */
record CronDays(List<DayRule> ofMonth, List<DayRule> ofWeek) {
    /** The bits 1 to 31. */
    private static final long ALL = 0xffff_fffeL;

    CronDays {
        ofMonth = List.copyOf(ofMonth);
        ofWeek = List.copyOf(ofWeek);
    }

    /** {@return a bit for each day that matches; bit 1 is the first day} */
    long of(YearMonth month) {
        long bits = ofMonth.isEmpty() && ofWeek.isEmpty() ? ALL : 0;
        for (DayRule rule : ofMonth) {
            bits |= rule.of(month);
        }
        for (DayRule rule : ofWeek) {
            bits |= rule.of(month);
        }
        return bits & (ALL >>> (31 - month.lengthOfMonth()));
    }

    /** Which days match one part of a day field. */
    sealed interface DayRule {
        /** {@return a bit for each day that matches; bits beyond the end of the month are ignored} */
        long of(YearMonth month);
    }

    /** Days by number, a bit for each. */
    record Numbers(long bits) implements DayRule {
        @Override
        public long of(YearMonth month) {
            return bits;
        }
    }

    /** A day counted from the end of the month: 0 is the last day, 3 is three days before it. */
    record FromEnd(int before) implements DayRule {
        @Override
        public long of(YearMonth month) {
            int day = month.lengthOfMonth() - before;
            return day < 1 ? 0 : 1L << day;
        }
    }

    /** The working day of the month that is nearest to a day; day 0 stands for the last day. */
    record Working(int day) implements DayRule {
        @Override
        public long of(YearMonth month) {
            int length = month.lengthOfMonth();
            int nearest = day == 0 ? length : day;
            if (nearest > length) {
                return 0;
            }
            DayOfWeek weekday = month.atDay(nearest).getDayOfWeek();
            if (weekday == DayOfWeek.SATURDAY) {
                nearest += nearest == 1 ? 2 : -1;
            } else if (weekday == DayOfWeek.SUNDAY) {
                nearest += nearest == length ? -2 : 1;
            }
            return 1L << nearest;
        }
    }

    /** Days of the week, a bit for each; bit 0 is Sunday. */
    record Weekdays(long bits) implements DayRule {
        @Override
        public long of(YearMonth month) {
            int weekday = month.atDay(1).getDayOfWeek().getValue() % 7;
            long days = 0;
            for (int day = 1; day <= 31; day++) {
                days |= ((bits >>> weekday) & 1) << day;
                weekday = (weekday + 1) % 7;
            }
            return days;
        }
    }

    /** The n-th occurrence of a weekday in the month; n is 0 for the last. */
    record Nth(int weekday, int n) implements DayRule {
        @Override
        public long of(YearMonth month) {
            int first =
                    1 + Math.floorMod(weekday - month.atDay(1).getDayOfWeek().getValue(), 7);
            int day = n == 0 ? first + 7 * ((month.lengthOfMonth() - first) / 7) : first + 7 * (n - 1);
            return 1L << day;
        }
    }
}
