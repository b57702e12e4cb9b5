package dev.vloop;

import java.time.Instant;
import java.time.LocalTime;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Computes the slots of times of day in another way, to compare with. It cuts time at the zone's transitions. Within a piece the local
 * clock runs evenly. A local time that is in no piece is in a gap; one that is in two pieces is in an overlap. It does not use what
 * java.time knows about local times.
 */
final class Oracle {
    private static final long DAY = 86_400;

    private record Piece(long start, long end, long offset) {}

    private Oracle() {}

    /** {@return all slots in [from, to), as epoch seconds, in order} */
    static long[] slots(
            ZoneRules rules,
            List<LocalTime> times,
            DailySchedule.Gap gap,
            DailySchedule.Overlap overlap,
            long from,
            long to) {
        List<Piece> pieces = pieces(rules, from - 4 * DAY, to + 4 * DAY);
        Longs slots = new Longs();
        for (LocalTime time : times) {
            int second = time.toSecondOfDay();
            long firstDay = Math.floorDiv(from, DAY) - 2;
            long lastDay = Math.floorDiv(to, DAY) + 2;
            int first = 0;
            for (long day = firstDay; day <= lastDay; day++) {
                long local = day * DAY + second;
                // Offsets differ by at most a day and a half. So a piece that ended two local days ago has no more
                // slots.
                while (pieces.get(first).end + pieces.get(first).offset < local - 2 * DAY) {
                    first++;
                }
                offer(pieces, first, local, gap, overlap, slots);
            }
        }
        return Arrays.stream(slots.toArray())
                .filter(s -> s >= from && s < to)
                .sorted()
                .distinct()
                .toArray();
    }

    private static void offer(
            List<Piece> pieces,
            int first,
            long local,
            DailySchedule.Gap gap,
            DailySchedule.Overlap overlap,
            Longs slots) {
        long earliest = Long.MAX_VALUE;
        long latest = Long.MIN_VALUE;
        for (int i = first; i < pieces.size() && pieces.get(i).start < local + 2 * DAY; i++) {
            Piece piece = pieces.get(i);
            long instant = local - piece.offset;
            if (instant >= piece.start && instant < piece.end) {
                earliest = Math.min(earliest, instant);
                latest = Math.max(latest, instant);
            }
        }
        if (earliest != Long.MAX_VALUE) {
            slots.add(overlap == DailySchedule.Overlap.SECOND ? latest : earliest);
            if (overlap == DailySchedule.Overlap.BOTH) {
                slots.add(latest);
            }
            return;
        }
        for (int i = first; i + 1 < pieces.size(); i++) {
            Piece before = pieces.get(i);
            Piece after = pieces.get(i + 1);
            if (local >= before.end + before.offset && local < after.start + after.offset) {
                switch (gap) {
                    case MOVED -> slots.add(before.end + (local - (before.end + before.offset)));
                    case AT_TRANSITION -> slots.add(after.start);
                    case SKIPPED -> {}
                }
                return;
            }
        }
        throw new AssertionError("no piece and no gap for local second " + local);
    }

    private static List<Piece> pieces(ZoneRules rules, long from, long to) {
        List<Piece> pieces = new ArrayList<>();
        long start = from - 4 * DAY;
        while (start < to) {
            Instant at = Instant.ofEpochSecond(start);
            ZoneOffsetTransition next = rules.nextTransition(at);
            long end = next == null ? to + 4 * DAY : Math.min(next.toEpochSecond(), to + 4 * DAY);
            pieces.add(new Piece(start, end, rules.getOffset(at).getTotalSeconds()));
            start = end;
        }
        return pieces;
    }

    private static final class Longs {
        private long[] values = new long[1024];
        private int size;

        void add(long value) {
            if (size == values.length) {
                values = Arrays.copyOf(values, size * 2);
            }
            values[size++] = value;
        }

        long[] toArray() {
            return Arrays.copyOf(values, size);
        }
    }
}
