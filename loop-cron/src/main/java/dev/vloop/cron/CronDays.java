package dev.vloop.cron;

import java.time.DayOfWeek;
import java.time.YearMonth;
import java.util.List;

/**
 * Which days of a month match: those that either field names, or the one that is restricted.
 *
 * @param ofMonth what the day of the month names; empty when it is not restricted
 * @param ofWeek what the day of the week names; empty when it is not restricted
 */
record CronDays(List<DayRule> ofMonth, List<DayRule> ofWeek) {
    private static final long ALL = 0xffff_fffeL;

    CronDays {
        ofMonth = List.copyOf(ofMonth);
        ofWeek = List.copyOf(ofWeek);
    }

    /** A bit for each day, from 1 on. */
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

    /** Days of a month as bits; bits of days that the month does not have do not matter. */
    sealed interface DayRule {
        long of(YearMonth month);
    }

    /** Days by number. */
    record Numbers(long bits) implements DayRule {
        @Override
        public long of(YearMonth month) {
            return bits;
        }
    }

    /** The day so long before the last. */
    record FromEnd(int before) implements DayRule {
        @Override
        public long of(YearMonth month) {
            int day = month.lengthOfMonth() - before;
            return day < 1 ? 0 : 1L << day;
        }
    }

    /** The working day nearest to a day in the same month; 0 for the last day. */
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

    /** Days of the week, 0 for Sunday. */
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

    /** The n-th of a weekday in a month; 0 for the last. */
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
