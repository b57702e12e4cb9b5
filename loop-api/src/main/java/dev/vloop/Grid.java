package dev.vloop;

import dev.vloop.spi.CountableSchedule;
import dev.vloop.spi.CountableSchedule.Passed;
import dev.vloop.spi.IntervalSchedule;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Counts slots that are the same distance apart. */
final class Grid {
    private Grid() {}

    /** Counts the slots of any schedule, as {@link CountableSchedule#pass} does. Null if it has to be asked slot by slot. */
    static @Nullable Passed pass(Schedule schedule, SlotContext at, Instant bound, long most) {
        if (schedule instanceof CountableSchedule countable) {
            return countable.pass(at, bound, most);
        }
        if (schedule instanceof IntervalSchedule interval) {
            Instant last = at.lastSlot();
            Instant first = last == null ? at.runStart() : InstantMath.plus(last, interval.interval());
            return count(first, interval.interval(), bound, most);
        }
        return null;
    }

    /** Counts {@code first + k·interval} before the bound. A first slot of null never comes. */
    static Passed count(@Nullable Instant first, Duration interval, Instant bound, long most) {
        if (first == null || most == 0 || !first.isBefore(bound)) {
            return Passed.NONE;
        }
        Duration span = Duration.between(first, bound);
        Duration sinceSlot = InstantMath.remainder(span, interval);
        Duration toLast = span.minus(sinceSlot.isZero() ? interval : sinceSlot);
        long count = times(toLast, interval);
        if (count < most) {
            return new Passed(count + 1, first.plus(toLast));
        }
        return new Passed(most, first.plus(interval.multipliedBy(most - 1)));
    }

    private static long times(Duration span, Duration interval) {
        try {
            return span.dividedBy(interval);
        } catch (ArithmeticException tooMany) {
            return Long.MAX_VALUE;
        }
    }
}
