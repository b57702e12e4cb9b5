package dev.vloop;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/** Local days at the ends of time. The range of an {@code Instant} exceeds that of a {@code LocalDate} by a year at both ends. */
final class LocalDays {
    /** A search for a day goes no further than this one: the day after it has a start in every zone. */
    static final LocalDate LAST = LocalDate.MAX.minusDays(400);

    private static final Instant FIRST_INSTANT = Instant.MIN.plusSeconds(366 * 86_400L);
    private static final Instant LAST_INSTANT = Instant.MAX.minusSeconds(800 * 86_400L);

    private LocalDays() {}

    /** {@return whether an instant has a local day, and so do those around it} */
    static boolean hasDay(Instant instant) {
        return !instant.isBefore(FIRST_INSTANT) && !instant.isAfter(LAST_INSTANT);
    }

    /** {@return how many days there are from a day to that of a later instant, which has one; at least 1} */
    static int between(LocalDate day, Instant later, ZoneId zone) {
        long days = later.atZone(zone).toLocalDate().toEpochDay() - day.toEpochDay();
        return Math.clamp(days, 1, Integer.MAX_VALUE);
    }
}
