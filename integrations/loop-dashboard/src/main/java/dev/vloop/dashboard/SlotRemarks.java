package dev.vloop.dashboard;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Says when the clocks change on the day of a slot, or when its time comes twice. */
final class SlotRemarks {
    private SlotRemarks() {}

    /** {@return the remarks, for all zones that the schedule keeps to; empty if nothing is special} */
    static String of(Instant slot, Set<ZoneId> zones) {
        List<String> remarks = new ArrayList<>();
        for (ZoneId zone : zones) {
            try {
                remark(slot, zone, remarks);
            } catch (DateTimeException | ArithmeticException atTheEndOfTime) {
                return "";
            }
        }
        return String.join("; ", remarks);
    }

    private static void remark(Instant slot, ZoneId zone, List<String> remarks) {
        ZoneRules rules = zone.getRules();
        if (rules.isFixedOffset()) {
            return;
        }
        LocalDateTime local = slot.atZone(zone).toLocalDateTime();
        Instant dayBegins = local.toLocalDate().atStartOfDay(zone).toInstant();
        ZoneOffsetTransition change = rules.nextTransition(dayBegins.minusNanos(1));
        if (change == null
                || !change.getInstant()
                        .isBefore(local.toLocalDate()
                                .plusDays(1)
                                .atStartOfDay(zone)
                                .toInstant())) {
            return;
        }
        if (rules.getValidOffsets(local).size() > 1) {
            boolean first = rules.getOffset(slot).equals(change.getOffsetBefore());
            remarks.add(local.toLocalTime().withNano(0) + " comes twice on this day in " + zone + ": this is the "
                    + (first ? "first" : "second"));
            return;
        }
        boolean inGapLength = change.isGap()
                && !slot.isBefore(change.getInstant())
                && slot.isBefore(change.getInstant().plus(change.getDuration()));
        remarks.add("the clocks in " + zone + " go from "
                + change.getDateTimeBefore().toLocalTime() + " to "
                + change.getDateTimeAfter().toLocalTime() + " on this day"
                + (inGapLength ? ": a time that they skip runs " + later(change.getDuration()) : ""));
    }

    private static String later(Duration gap) {
        return TimeText.length(gap) + " later";
    }
}
