package dev.vloop;

import dev.vloop.internal.Arguments;
import dev.vloop.internal.SafeText;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import org.jspecify.annotations.Nullable;

/**
 * The slots whose local time is in a window of the day. The window may go over midnight. On a night on which the clock changes it is
 * as long as the clock says: an hour shorter in spring, an hour longer in autumn.
 */
record TimeWindow(Schedule schedule, ZoneId zone, LocalTime from, LocalTime to) implements LocalFilter {
    /** How many windows without a slot it passes over before it gives up. */
    private static final int MAX_WINDOWS = 10_000;

    TimeWindow {
        Arguments.notNull(zone, "zone");
        Arguments.notNull(from, "from");
        Arguments.notNull(to, "to");
        if (from.equals(to)) {
            throw Arguments.refusal("to", "differ from the start of the window (" + from + ")", to);
        }
    }

    @Override
    public @Nullable Instant firstKept(SlotContext at, @Nullable Instant first) {
        ZoneRules rules = zone.getRules();
        Instant slot = first;
        SlotContext context = at;
        for (int i = 0; i < MAX_WINDOWS; i++) {
            if (slot == null || !LocalDays.hasDay(slot) || isInside(slot, rules)) {
                return slot;
            }
            context = context.passed(slot);
            Instant opening = nextOpening(slot, rules);
            slot = Seekable.seek(schedule, context, InstantMath.later(slot, InstantMath.justBefore(opening)));
            SlotCursor.checkInterrupt(i, this);
        }
        throw new IllegalStateException("schedule " + SafeText.of(schedule) + " has no slot from " + first + " to "
                + slot + " between " + from + " and " + to + ": gave up; until(..) ends a schedule");
    }

    private boolean isInside(Instant instant, ZoneRules rules) {
        LocalTime time = LocalTime.ofInstant(instant, rules.getOffset(instant));
        boolean begun = !time.isBefore(from);
        boolean over = !time.isBefore(to);
        return from.isBefore(to) ? begun && !over : begun || !over;
    }

    /**
     * {@return when the window next opens, for an instant outside of it}
     *
     * <p>It opens at its first local time, as often as that comes in a day, or at a change of the clock that leaps over that time. Of the
     * days, the first one with an opening has the earliest: no clock was ever set back by more than a day.
     */
    private Instant nextOpening(Instant outside, ZoneRules rules) {
        LocalDate day = LocalDate.ofInstant(outside, rules.getOffset(outside));
        Instant best = null;
        for (int i = -1; best == null; i++) {
            LocalDate candidate = day.plusDays(i);
            for (ZoneOffset offset : rules.getValidOffsets(candidate.atTime(from))) {
                Instant opening = candidate.atTime(from).toInstant(offset);
                if (opening.isAfter(outside)) {
                    best = InstantMath.earlier(best, opening);
                }
            }
        }
        ZoneOffsetTransition change = rules.nextTransition(outside);
        return change != null && change.getInstant().isBefore(best) && isInside(change.getInstant(), rules)
                ? change.getInstant()
                : best;
    }

    @Override
    public String toString() {
        return schedule + ".between(" + zone + ", " + from + ", " + to + ")";
    }
}
