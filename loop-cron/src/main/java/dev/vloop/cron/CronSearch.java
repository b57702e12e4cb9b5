package dev.vloop.cron;

import dev.vloop.DailySchedule.Gap;
import dev.vloop.DailySchedule.Overlap;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the next slot of a table in a zone.
 *
 * <p>It cuts time at the zone's transitions. Within a piece the local clock runs evenly, so each match in local time is a slot. The
 * policy for overlaps says whether a match in an overlap counts. Local times in a gap are in no piece; a second search looks for them.
 */
record CronSearch(CronTable table, ZoneRules rules, Gap gap, Overlap overlap) {
    // The search stays a hundred years away from the ends of time, where arithmetic on local dates would overflow.
    private static final Instant FIRST = Instant.MIN.plusSeconds(100 * 366 * 86_400L);
    private static final Instant LAST = Instant.MAX.minusSeconds(200 * 366 * 86_400L);

    @Nullable
    Instant nextAfter(Instant instant) {
        if (instant.isAfter(LAST)) {
            return null;
        }
        Instant bound = instant.isBefore(FIRST) ? FIRST : instant;
        Instant regular = inPieces(bound);
        if (gap == Gap.SKIPPED) {
            return regular;
        }
        Instant moved = inGaps(bound, regular);
        return regular == null || (moved != null && moved.isBefore(regular)) ? moved : regular;
    }

    private @Nullable Instant inPieces(Instant bound) {
        ZoneOffset offset = rules.getOffset(bound);
        LocalDateTime after = LocalDateTime.ofInstant(bound, offset);
        ZoneOffsetTransition end = rules.nextTransition(bound);
        while (true) {
            LocalDateTime local = table.nextAfter(after);
            if (local == null) {
                return null;
            }
            if (end != null && !local.isBefore(end.getDateTimeBefore())) {
                offset = end.getOffsetAfter();
                after = end.getDateTimeAfter().minusNanos(1);
                end = rules.nextTransition(end.getInstant());
            } else if (isKept(local, offset)) {
                return local.toInstant(offset);
            } else {
                after = local;
            }
        }
    }

    private boolean isKept(LocalDateTime local, ZoneOffset offset) {
        if (overlap == Overlap.BOTH) {
            return true;
        }
        List<ZoneOffset> offsets = rules.getValidOffsets(local);
        return offset.equals(overlap == Overlap.FIRST ? offsets.getFirst() : offsets.getLast());
    }

    /** {@return the first slot of a time in a gap, if it comes before the first regular slot; else null} */
    private @Nullable Instant inGaps(Instant bound, @Nullable Instant regular) {
        if (regular == null) {
            return null;
        }
        ZoneOffsetTransition transition = rules.previousTransition(bound.plusNanos(1));
        // The moved slots of the previous gap may still be to come: they follow its transition for the length of the
        // gap.
        if (transition == null || !bound.isBefore(transition.getInstant().plus(transition.getDuration()))) {
            transition = rules.nextTransition(bound);
        }
        while (transition != null && !transition.getInstant().isAfter(regular)) {
            Instant slot = transition.isGap() ? inGap(transition, bound) : null;
            if (slot != null) {
                return slot;
            }
            transition = rules.nextTransition(transition.getInstant());
        }
        return null;
    }

    private @Nullable Instant inGap(ZoneOffsetTransition transition, Instant bound) {
        LocalDateTime start = transition.getDateTimeBefore().minusNanos(1);
        LocalDateTime asked = LocalDateTime.ofInstant(bound, transition.getOffsetBefore());
        LocalDateTime local = table.nextAfter(gap == Gap.MOVED && asked.isAfter(start) ? asked : start);
        if (local == null || !local.isBefore(transition.getDateTimeAfter())) {
            return null;
        }
        Instant slot = gap == Gap.MOVED ? local.toInstant(transition.getOffsetBefore()) : transition.getInstant();
        return slot.isAfter(bound) ? slot : null;
    }
}
