package dev.vloop;

import static java.util.Objects.requireNonNull;

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
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Times of day in one zone.
 *
 * <p>Local days are looked at one by one, from before the instant asked about, and the earliest slot after it wins. Since clocks go
 * back and whole days are skipped or repeated, the order of local times says nothing certain about the order of instants. What is
 * certain is that no offset exceeds 18 hours: this bounds on which days a slot can be earlier than one already found.
 */
final class DailyTimes extends Value implements DailySchedule, CalendarSchedule {
    private final ZoneId zone;
    /** Sorted, without duplicates. */
    private final List<LocalTime> times;

    private final Gap gap;
    private final Overlap overlap;

    /** Empty for all. */
    private final Set<DayOfWeek> weekdays;

    /** Empty for all; negative from the end of the month. */
    private final Set<Integer> monthDays;

    DailyTimes(
            ZoneId zone,
            List<LocalTime> times,
            Gap gap,
            Overlap overlap,
            Set<DayOfWeek> weekdays,
            Set<Integer> monthDays) {
        super(zone, times, gap, overlap, weekdays, monthDays);
        this.zone = zone;
        this.times = times;
        this.gap = gap;
        this.overlap = overlap;
        this.weekdays = weekdays;
        this.monthDays = monthDays;
    }

    private static final long SECONDS_PER_DAY = 86_400;
    private static final long MAX_OFFSET_SECONDS = 18 * 3_600;

    /** All combinations of weekdays, days of the month and gaps come up well within these years. */
    private static final int MAX_DAYS = 40 * 366;

    static DailyTimes of(ZoneId zone, LocalTime... times) {
        requireNonNull(zone, "zone");
        for (LocalTime time : requireNonNull(times, "times")) {
            requireNonNull(time, "an element of times");
        }
        if (times.length == 0) {
            throw new IllegalArgumentException("times must not be empty: []");
        }
        List<LocalTime> sorted = List.copyOf(new TreeSet<>(List.of(times)));
        return new DailyTimes(zone, sorted, Gap.MOVED, Overlap.SECOND, Set.of(), Set.of());
    }

    @Override
    public DailySchedule inGap(Gap policy) {
        return new DailyTimes(zone, times, requireNonNull(policy, "policy"), overlap, weekdays, monthDays);
    }

    @Override
    public DailySchedule inOverlap(Overlap policy) {
        return new DailyTimes(zone, times, gap, requireNonNull(policy, "policy"), weekdays, monthDays);
    }

    @Override
    public DailySchedule onDays(DayOfWeek... days) {
        EnumSet<DayOfWeek> set = EnumSet.noneOf(DayOfWeek.class);
        for (DayOfWeek day : requireNonNull(days, "days")) {
            set.add(requireNonNull(day, "an element of days"));
        }
        if (set.isEmpty()) {
            throw new IllegalArgumentException("days must not be empty: []");
        }
        return new DailyTimes(zone, times, gap, overlap, Set.copyOf(set), monthDays);
    }

    @Override
    public DailySchedule onDaysOfMonth(int... days) {
        requireNonNull(days, "days");
        if (days.length == 0) {
            throw new IllegalArgumentException("days must not be empty: []");
        }
        Set<Integer> set = new TreeSet<>();
        for (int day : days) {
            if (day == 0 || day < -31 || day > 31) {
                throw new IllegalArgumentException("a day of the month must be from 1 to 31 or from -31 to -1: " + day);
            }
            set.add(day);
        }
        return new DailyTimes(zone, times, gap, overlap, weekdays, Set.copyOf(set));
    }

    @Override
    public @Nullable Instant nextAfter(Instant instant) {
        ZoneRules rules = zone.getRules(); // once, for a provider may change them at any time
        Instant best = null;
        LocalDate day = firstDay(instant);
        for (int i = 0; i < MAX_DAYS && (best == null || !isLater(day, best)); i++) {
            if (runsOn(day)) {
                for (LocalTime time : times) {
                    best = Times.earlier(best, slot(day.atTime(time), rules, instant));
                }
            }
            if (day.equals(LocalDate.MAX)) {
                break;
            }
            day = day.plusDays(1);
        }
        return best;
    }

    /** Whether even the first local time of a day, at the largest offset, comes after a slot. */
    private static boolean isLater(LocalDate day, Instant slot) {
        return day.toEpochDay() * SECONDS_PER_DAY - MAX_OFFSET_SECONDS > slot.getEpochSecond();
    }

    /** The first instant after a bound at which a local time runs; null when there is none. */
    private @Nullable Instant slot(LocalDateTime local, ZoneRules rules, Instant after) {
        List<ZoneOffset> offsets = rules.getValidOffsets(local);
        Instant slot;
        if (offsets.isEmpty()) {
            ZoneOffsetTransition transition = rules.getTransition(local);
            if (gap == Gap.SKIPPED) {
                return null;
            }
            // Moved: by the clock as it was before the transition, which is later by the gap's length on the one after
            // it.
            slot = gap == Gap.MOVED ? local.toInstant(transition.getOffsetBefore()) : transition.getInstant();
        } else {
            slot = local.toInstant(overlap == Overlap.SECOND ? offsets.getLast() : offsets.getFirst());
            if (overlap == Overlap.BOTH && !slot.isAfter(after)) {
                slot = local.toInstant(offsets.getLast());
            }
        }
        return slot.isAfter(after) ? slot : null;
    }

    /** No local time before this day can come after the instant. */
    private static LocalDate firstDay(Instant instant) {
        long day = Math.floorDiv(instant.getEpochSecond() - MAX_OFFSET_SECONDS, SECONDS_PER_DAY);
        return LocalDate.ofEpochDay(Math.clamp(day, LocalDate.MIN.toEpochDay(), LocalDate.MAX.toEpochDay()));
    }

    private boolean runsOn(LocalDate day) {
        if (!weekdays.isEmpty() && !weekdays.contains(day.getDayOfWeek())) {
            return false;
        }
        int fromStart = day.getDayOfMonth();
        return monthDays.isEmpty()
                || monthDays.contains(fromStart)
                || monthDays.contains(fromStart - day.lengthOfMonth() - 1);
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
