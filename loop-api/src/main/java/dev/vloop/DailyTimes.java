package dev.vloop;

import dev.vloop.internal.Arguments;
import dev.vloop.spi.CalendarSchedule;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Times of day in one zone.
 *
 * <p>The search for a slot looks at one local day after the other, from a day that is early enough, and keeps the earliest slot that
 * it finds. The order of local times does not tell the order of instants: clocks go back, and whole days are skipped or repeated. But
 * no offset exceeds 18 hours. This tells on which days a slot can still be earlier than the earliest one found so far.
 *
 * @param zone whose local times they are
 * @param times sorted, without duplicates
 * @param gap what becomes of a time that the clock skips
 * @param overlap what becomes of a time that comes twice
 * @param weekdays empty for all
 * @param monthDays empty for all; negative ones count from the end of the month
 */
record DailyTimes(
        ZoneId zone, List<LocalTime> times, Gap gap, Overlap overlap, Set<DayOfWeek> weekdays, Set<Integer> monthDays)
        implements DailySchedule, CalendarSchedule {

    private static final long SECONDS_PER_DAY = 86_400;
    private static final long MAX_OFFSET_SECONDS = 18 * 3_600;

    /** For how many days to search. Every combination of weekdays, days of the month and gaps occurs well within 40 years. */
    private static final int MAX_DAYS = 40 * 366;

    static DailyTimes of(ZoneId zone, LocalTime... times) {
        Arguments.notNull(zone, "zone");
        List<LocalTime> sorted = List.copyOf(new TreeSet<>(Arguments.notEmpty(times, "times")));
        return new DailyTimes(zone, sorted, Gap.MOVED, Overlap.SECOND, Set.of(), Set.of());
    }

    @Override
    public DailySchedule inGap(Gap policy) {
        return new DailyTimes(zone, times, Arguments.notNull(policy, "policy"), overlap, weekdays, monthDays);
    }

    @Override
    public DailySchedule inOverlap(Overlap policy) {
        return new DailyTimes(zone, times, gap, Arguments.notNull(policy, "policy"), weekdays, monthDays);
    }

    @Override
    public DailySchedule onDays(DayOfWeek... days) {
        Set<DayOfWeek> set = Set.copyOf(Arguments.notEmpty(days, "days"));
        return new DailyTimes(zone, times, gap, overlap, set, monthDays);
    }

    @Override
    public DailySchedule onDaysOfMonth(int... days) {
        Integer[] boxed = Arrays.stream(Arguments.notNull(days, "days")).boxed().toArray(Integer[]::new);
        Set<Integer> set = Set.copyOf(Arguments.notEmpty(boxed, "days"));
        for (int day : set) {
            if (day == 0 || day < -31 || day > 31) {
                throw Arguments.refusal("an element of days", "be from 1 to 31 or from -31 to -1", day);
            }
        }
        return new DailyTimes(zone, times, gap, overlap, weekdays, set);
    }

    @Override
    public Set<ZoneId> zones() {
        return Set.of(zone);
    }

    @Override
    public @Nullable Instant nextAfter(Instant instant) {
        ZoneRules rules = zone.getRules(); // read once: a provider of rules may change them at any time
        Instant best = null;
        LocalDate day = firstDay(instant);
        for (int i = 0; i < MAX_DAYS && (best == null || !isLater(day, best)); i++) {
            if (runsOn(day)) {
                for (LocalTime time : times) {
                    best = InstantMath.earlier(best, slot(day.atTime(time), rules, instant));
                }
            }
            if (day.equals(LocalDate.MAX)) {
                break;
            }
            day = day.plusDays(1);
        }
        return best;
    }

    /** {@return a day so early that no local time before it comes after the instant} */
    private static LocalDate firstDay(Instant instant) {
        long day = Math.floorDiv(instant.getEpochSecond() - MAX_OFFSET_SECONDS, SECONDS_PER_DAY);
        return LocalDate.ofEpochDay(Math.clamp(day, LocalDate.MIN.toEpochDay(), LocalDate.MAX.toEpochDay()));
    }

    /** {@return whether all of a day comes after a slot, even at the largest offset} */
    private static boolean isLater(LocalDate day, Instant slot) {
        return day.toEpochDay() * SECONDS_PER_DAY - MAX_OFFSET_SECONDS > slot.getEpochSecond();
    }

    private boolean runsOn(LocalDate day) {
        if (!weekdays.isEmpty() && !weekdays.contains(day.getDayOfWeek())) {
            return false;
        }
        int fromStart = day.getDayOfMonth();
        int fromEnd = fromStart - day.lengthOfMonth() - 1;
        return monthDays.isEmpty() || monthDays.contains(fromStart) || monthDays.contains(fromEnd);
    }

    /** {@return the first slot of a local time that is after an instant; null if there is none} */
    private @Nullable Instant slot(LocalDateTime local, ZoneRules rules, Instant after) {
        List<ZoneOffset> offsets = rules.getValidOffsets(local);
        if (offsets.isEmpty()) {
            Instant slot = inGap(local, rules.getTransition(local));
            return slot == null || !slot.isAfter(after) ? null : slot;
        }
        Instant slot = local.toInstant(overlap == Overlap.SECOND ? offsets.getLast() : offsets.getFirst());
        if (overlap == Overlap.BOTH && !slot.isAfter(after)) {
            slot = local.toInstant(offsets.getLast());
        }
        return slot.isAfter(after) ? slot : null;
    }

    private @Nullable Instant inGap(LocalDateTime local, ZoneOffsetTransition transition) {
        return switch (gap) {
            // The clock of before the transition goes on: on the new clock this is later by the length of the gap.
            case MOVED -> local.toInstant(transition.getOffsetBefore());
            case AT_TRANSITION -> transition.getInstant();
            case SKIPPED -> null;
        };
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("dailyAt(" + zone + ", " + times + ")");
        if (!weekdays.isEmpty()) {
            text.append(".onDays").append(new TreeSet<>(weekdays));
        }
        if (!monthDays.isEmpty()) {
            text.append(".onDaysOfMonth").append(new TreeSet<>(monthDays));
        }
        if (gap != Gap.MOVED) {
            text.append(".inGap(").append(gap).append(')');
        }
        if (overlap != Overlap.SECOND) {
            text.append(".inOverlap(").append(overlap).append(')');
        }
        return text.toString();
    }
}
