package dev.vloop;

import dev.vloop.internal.Arguments;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The slots on all but some local days. */
record ExceptOn(Schedule schedule, ZoneId zone, Predicate<? super LocalDate> days) implements Derived {
    /** How many days in a row it passes over before it gives up: more than 27 years. */
    private static final int MAX_PASSED = 10_000;

    /** Instants before this one have no local date: an Instant's range exceeds a LocalDate's by a year at both ends. */
    private static final Instant FIRST_LOCAL = Instant.MIN.plusSeconds(366 * 86_400L);

    /** Instants after this one have no local date. */
    private static final Instant LAST_LOCAL = Instant.MAX.minusSeconds(367 * 86_400L);

    ExceptOn {
        Arguments.notNull(zone, "zone");
        Arguments.notNull(days, "days");
    }

    @Override
    public Set<ZoneId> zones() {
        Set<ZoneId> zones = new HashSet<>(schedule.zones());
        zones.add(zone);
        return zones;
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
            slot = Seekable.seek(schedule, context, InstantMath.later(slot, InstantMath.justBefore(endOfDay(local))));
        }
        throw new IllegalStateException("schedule " + schedule + " has no slot from " + first + " to " + slot
                + " on a day that is not excepted: gave up; until(..) ends a schedule");
    }

    /** {@return when the next day begins, or the clock changes if that comes first: the clock may go back to the day before} */
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
