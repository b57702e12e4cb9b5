package dev.vloop;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;

/** Writes slots as text, and makes contexts. */
final class Runs {
    static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
    static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private Runs() {}

    static List<String> of(Schedule schedule, String from, int n) {
        return schedule.nextRuns(Instant.parse(from), n).stream()
                .map(Instant::toString)
                .toList();
    }

    /** {@return the slots as local date and time with offset, for instance 2026-03-08T03:30-04:00} */
    static List<String> local(Schedule schedule, ZoneId zone, String localStart, int n) {
        Instant from = LocalDateTime.parse(localStart).atZone(zone).toInstant();
        return schedule.nextRuns(from, n).stream()
                .map(slot -> slot.atZone(zone).toOffsetDateTime().toString())
                .toList();
    }

    static SlotContext after(Instant start, Instant lastSlot, Instant lastEnd) {
        return new SlotContext(lastEnd, start, lastSlot, lastEnd, 1);
    }

    static LocalTime[] times(String... times) {
        return Arrays.stream(times).map(LocalTime::parse).toArray(LocalTime[]::new);
    }
}
