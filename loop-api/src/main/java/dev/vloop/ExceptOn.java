package dev.vloop;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The slots that are not on some local days. */
final class ExceptOn extends Derived {
    private final ZoneId zone;
    private final Predicate<? super LocalDate> days;
    /** Days in a row, more than 27 years of them, or slots, before the search is given up. */
    private static final int MAX_PASSED = 10_000;

    /** Instants go a year further than local dates do, in both directions: those have no local day to be excepted. */
    private static final Instant FIRST_LOCAL = Instant.MIN.plusSeconds(366 * 86_400L);

    private static final Instant LAST_LOCAL = Instant.MAX.minusSeconds(367 * 86_400L);

    ExceptOn(Schedule schedule, ZoneId zone, Predicate<? super LocalDate> days) {
        super(schedule, zone, days);
        requireNonNull(zone, "zone");
        requireNonNull(days, "days");
        this.zone = zone;
        this.days = days;
    }

    @Override
    public @Nullable Instant next(SlotContext at) {
        return firstOutside(at, schedule.next(at));
    }

    @Override
    public @Nullable Instant nextAfter(SlotContext at, Instant bound) {
        return firstOutside(at, Seekable.seek(schedule, at, bound));
    }

    private @Nullable Instant firstOutside(SlotContext at, @Nullable Instant first) {
        Instant slot = first;
        SlotContext context = at;
        for (int i = 0; i < MAX_PASSED; i++) {
            if (slot == null || slot.isBefore(FIRST_LOCAL) || slot.isAfter(LAST_LOCAL)) {
                return slot;
            }
            ZonedDateTime local = slot.atZone(zone);
            if (!days.test(local.toLocalDate())) {
                return slot;
            }
            context = context.passed(slot);
            slot = Seekable.seek(schedule, context, Times.later(slot, Times.justBefore(endOfDay(local))));
        }
        throw new IllegalStateException("schedule " + schedule + " has no slot from " + first + " to " + slot
                + " on a day that is not excepted: gave up; until(..) ends a schedule");
    }

    /** When the next day begins, or the clock changes: it may go back to the day before. */
    private Instant endOfDay(ZonedDateTime local) {
        Instant nextDay = local.toLocalDate().plusDays(1).atStartOfDay(zone).toInstant();
        ZoneOffsetTransition transition = zone.getRules().nextTransition(local.toInstant());
        return transition != null && transition.getInstant().isBefore(nextDay) ? transition.getInstant() : nextDay;
    }

    @Override
    public String toString() {
        return schedule + ".exceptOn(" + zone + ", " + days + ")";
    }
}
