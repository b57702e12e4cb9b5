package dev.vloop.examples;

import dev.vloop.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;

/** What docs/schedules.md makes of schedules. */
final class Schedules {
    private Schedules() {}

    static List<Schedule> composed(Set<LocalDate> holidays) {
        // region composed
        Schedule opening = Schedule.anyOf(
                Schedule.dailyAt(ZoneId.of("Europe/Berlin"), LocalTime.of(9, 0)),
                Schedule.dailyAt(ZoneId.of("Asia/Tokyo"), LocalTime.of(9, 0)));
        Schedule spread = Schedule.every(Duration.ofHours(1))
                .jitter(Duration.ofMinutes(5), "shard 7"); // the same after a restart
        Schedule workdays =
                Schedule.every(Duration.ofHours(1)).exceptOn(ZoneId.of("Europe/Berlin"), holidays::contains);
        // end region
        return List.of(opening, spread, workdays);
    }

    static Schedule rarer() {
        // region rarer
        // after 1, 2, 4, 8 ... minutes, but at least once a day
        Schedule rarer = at -> {
            Instant last = at.lastSlot();
            if (last == null) {
                return at.runStart();
            }
            long minutes = 1L << Math.min(at.slots() - 1, 11);
            return last.plus(Duration.ofMinutes(Math.min(minutes, 24 * 60)));
        };
        // end region
        return rarer;
    }
}
