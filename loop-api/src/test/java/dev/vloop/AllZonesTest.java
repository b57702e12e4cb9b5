package dev.vloop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@DisplayName("R16, R17: times of day in all zones of the JDK, 1970 to 2100")
class AllZonesTest {
    private static final long SEED = Long.getLong("dev.vloop.seed", 20_261_123);
    private static final Instant FROM = Instant.parse("1970-01-01T00:00:00Z");
    private static final Instant TO = Instant.parse("2101-01-01T00:00:00Z");

    private final Random random = new Random(SEED);
    private long slots;

    @Test
    void every_slot_is_right_around_every_transition_of_every_zone() {
        Set<ZoneRules> seen = new HashSet<>();
        for (String id : new TreeSet<>(ZoneId.getAvailableZoneIds())) {
            ZoneId zone = ZoneId.of(id);
            if (!seen.add(zone.getRules())) {
                continue; // another name for a zone that was compared already
            }
            ZoneOffsetTransition transition = zone.getRules().nextTransition(FROM);
            while (transition != null && transition.getInstant().isBefore(TO)) {
                Instant at = transition.getInstant();
                compare(zone, timesAround(transition), at.minus(Duration.ofDays(5)), at.plus(Duration.ofDays(5)));
                transition = zone.getRules().nextTransition(at);
            }
        }
        report(1_000_000);
    }

    @Test
    void every_slot_is_right_in_all_years_of_some_zones() {
        List<String> ids = new ArrayList<>(new TreeSet<>(ZoneId.getAvailableZoneIds()));
        Collections.shuffle(ids, random);
        List<String> some = new ArrayList<>(ids.subList(0, 8));
        some.addAll(List.of("Pacific/Apia", "Europe/Dublin", "Africa/Casablanca", "Australia/Lord_Howe"));
        for (String id : some) {
            compare(ZoneId.of(id), randomTimes(), FROM, TO);
        }
        report(1_000_000);
    }

    @Test
    @Tag("stress")
    void every_slot_is_right_in_all_years_of_all_zones() {
        for (String id : new TreeSet<>(ZoneId.getAvailableZoneIds())) {
            compare(ZoneId.of(id), randomTimes(), FROM, TO);
        }
        report(50_000_000);
    }

    private void compare(ZoneId zone, List<LocalTime> times, Instant from, Instant to) {
        var gap = List.of(DailySchedule.Gap.values()).get(random.nextInt(3));
        var overlap = List.of(DailySchedule.Overlap.values()).get(random.nextInt(3));
        Schedule schedule = Schedule.dailyAt(zone, times.toArray(LocalTime[]::new))
                .inGap(gap)
                .inOverlap(overlap);
        long[] expected =
                Oracle.slots(zone.getRules(), times, gap, overlap, from.getEpochSecond(), to.getEpochSecond());
        SlotContext at = SlotContext.first(from);
        for (long slot : expected) {
            Instant next = schedule.next(at);
            if (next == null || next.getEpochSecond() != slot || next.getNano() != 0) {
                throw new AssertionError("expected " + Instant.ofEpochSecond(slot) + " but was " + next + ": "
                        + schedule + " after " + at.lastSlot() + ", seed " + SEED);
            }
            at = new SlotContext(next, from, next, next, 1);
        }
        assertThat(schedule.next(at)).as("%s, seed %d", schedule, SEED).isAfterOrEqualTo(to);
        slots += expected.length;
    }

    /** A time in the gap or overlap, one at each of its ends, and midnight. */
    private List<LocalTime> timesAround(ZoneOffsetTransition transition) {
        int length = (int) transition.getDuration().abs().toSeconds();
        LocalTime low = transition.getDateTimeBefore().isBefore(transition.getDateTimeAfter())
                ? transition.getDateTimeBefore().toLocalTime()
                : transition.getDateTimeAfter().toLocalTime();
        TreeSet<LocalTime> times = new TreeSet<>();
        times.add(low);
        times.add(low.plusSeconds(length));
        times.add(low.plusSeconds(random.nextInt(length)));
        times.add(LocalTime.MIDNIGHT);
        return List.copyOf(times);
    }

    private List<LocalTime> randomTimes() {
        TreeSet<LocalTime> times = new TreeSet<>();
        times.add(LocalTime.ofSecondOfDay(random.nextInt(3 * 3_600)));
        times.add(LocalTime.ofSecondOfDay(random.nextInt(86_400)));
        times.add(LocalTime.of(23, random.nextInt(60)));
        return List.copyOf(times);
    }

    private void report(long atLeast) {
        System.out.printf("%,d slots compared, seed %d%n", slots, SEED);
        assertThat(slots).isGreaterThan(atLeast);
    }
}
