package dev.vloop;

import dev.vloop.internal.Arguments;
import dev.vloop.internal.SafeText;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The slots on some local days: on those that a function names, or on all others.
 *
 * <p>Days are tested one by one, which is cheap, and the schedule is asked only about a day that passes. So a rule that is rare, such
 * as 29 February on a Monday, is found although 28 years lie between.
 *
 * @param excepted whether the days that are named have no slots, rather than all others
 */
record DayFilter(Schedule schedule, ZoneId zone, Predicate<? super LocalDate> days, boolean excepted)
        implements LocalFilter {
    /** How many days it looks ahead: the calendar repeats, with its weekdays, every 400 years. */
    private static final int MAX_DAYS = 146_097 + 366;

    DayFilter {
        Arguments.notNull(zone, "zone");
        Arguments.notNull(days, "days");
    }

    private boolean allows(LocalDate day) {
        return days.test(day) != excepted;
    }

    @Override
    public boolean callsUserCode() {
        return true; // the days
    }

    @Override
    public @Nullable Instant firstKept(SlotContext at, @Nullable Instant first) {
        if (first == null || !LocalDays.hasDay(first)) {
            return first;
        }
        Instant slot = first;
        SlotContext context = at;
        for (int days = MAX_DAYS; days > 0; ) {
            LocalDate day = slot.atZone(zone).toLocalDate();
            if (allows(day)) {
                return slot;
            }
            Instant from = nextAllowedDay(slot, days);
            if (from == null) {
                break;
            }
            context = context.passed(slot);
            slot = Seekable.seek(schedule, context, InstantMath.later(slot, InstantMath.justBefore(from)));
            if (slot == null || !LocalDays.hasDay(slot)) {
                return slot;
            }
            days -= LocalDays.between(day, slot, zone);
        }
        throw new IllegalStateException("schedule " + SafeText.of(this) + " has no slot in the 400 years after " + first
                + ": gave up; until(..) ends a schedule");
    }

    /** {@return when the next day begins that may have slots; null if there is none within so many days} */
    private @Nullable Instant nextAllowedDay(Instant slot, int most) {
        Instant boundary = endOfDay(slot.atZone(zone));
        LocalDate day = boundary.atZone(zone).toLocalDate();
        if (allows(day)) {
            return boundary;
        }
        for (int i = 0; i < most && day.isBefore(LocalDays.LAST); i++) {
            day = day.plusDays(1);
            if (allows(day)) {
                return InstantMath.later(boundary, day.atStartOfDay(zone).toInstant());
            }
            SlotCursor.checkInterrupt(i, this);
        }
        return null;
    }

    /** {@return when the next day begins, or the clock changes if that comes first: the clock may go back to the day before} */
    private Instant endOfDay(ZonedDateTime local) {
        Instant nextDay = local.toLocalDate().plusDays(1).atStartOfDay(zone).toInstant();
        ZoneOffsetTransition transition = zone.getRules().nextTransition(local.toInstant());
        return transition != null && transition.getInstant().isBefore(nextDay) ? transition.getInstant() : nextDay;
    }

    @Override
    public String toString() {
        return schedule + (excepted ? ".exceptOn(" : ".onlyOn(") + zone + ", " + days + ")";
    }
}
