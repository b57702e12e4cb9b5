package dev.vloop.cron;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.DailySchedule.Gap;
import dev.vloop.DailySchedule.Overlap;
import dev.vloop.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("R17, R18: cron around the transitions of all zones, 1970 to 2100")
class CronZonesTest {
    private static final long SEED = Long.getLong("dev.vloop.seed", 20_261_123);
    private static final Instant FROM = Instant.parse("1970-01-01T00:00:00Z");
    private static final Instant TO = Instant.parse("2101-01-01T00:00:00Z");

    private final Random random = new Random(SEED);

    private record Change(ZoneId zone, ZoneOffsetTransition transition) {
        Instant at() {
            return transition.getInstant();
        }
    }

    @Test
    void fixed_times_are_those_of_a_daily_schedule() {
        int slots = 0;
        for (Change change : changes(4)) {
            LocalTime low = change.transition.isGap()
                    ? change.transition.getDateTimeBefore().toLocalTime()
                    : change.transition.getDateTimeAfter().toLocalTime();
            LocalTime time = low.plusSeconds(
                    random.nextInt((int) change.transition.getDuration().abs().toSeconds() + 1));
            Gap gap = List.of(Gap.values()).get(random.nextInt(3));
            Overlap overlap = List.of(Overlap.values()).get(random.nextInt(3));
            Schedule daily = Schedule.dailyAt(change.zone, time).inGap(gap).inOverlap(overlap);
            Cron cron = Cron.parse(
                            time.getSecond() + " " + time.getMinute() + " " + time.getHour() + " * * *", change.zone)
                    .inGap(gap)
                    .inOverlap(overlap);
            Instant from = change.at().minus(Duration.ofHours(30));
            assertThat(cron.nextRuns(from, 4)).as("%s, seed %d", cron, SEED).isEqualTo(daily.nextRuns(from, 4));
            slots += 4;
        }
        assertThat(slots).isGreaterThan(15_000);
    }

    @Test
    void every_so_often_is_each_minute_whose_local_time_matches() {
        int slots = 0;
        for (Change change : changes(25)) {
            int step = 2 + random.nextInt(28);
            Cron cron = Cron.parse("*/" + step + " * * * *", change.zone);
            Instant from = change.at().minus(Duration.ofHours(2));
            Instant to = change.at().plus(Duration.ofHours(2));
            List<Instant> expected = new ArrayList<>();
            for (Instant at = from; at.isBefore(to); at = at.plusSeconds(1)) {
                LocalTime local = at.atZone(change.zone).toLocalTime();
                if (local.getSecond() == 0 && local.getMinute() % step == 0) {
                    expected.add(at);
                }
            }
            assertThat(cron.until(to).nextRuns(from, 500))
                    .as("%s, seed %d", cron, SEED)
                    .isEqualTo(expected);
            slots += expected.size();
        }
        assertThat(slots).isGreaterThan(5_000);
    }

    /** {@return every n-th transition of all zones that differ} */
    private static List<Change> changes(int nth) {
        List<Change> changes = new ArrayList<>();
        Set<ZoneRules> seen = new HashSet<>();
        int count = 0;
        for (String id : new TreeSet<>(ZoneId.getAvailableZoneIds())) {
            ZoneId zone = ZoneId.of(id);
            if (!seen.add(zone.getRules())) {
                continue; // another name for a zone that was taken already
            }
            ZoneOffsetTransition transition = zone.getRules().nextTransition(FROM);
            while (transition != null && transition.getInstant().isBefore(TO)) {
                if (count++ % nth == 0) {
                    changes.add(new Change(zone, transition));
                }
                transition = zone.getRules().nextTransition(transition.getInstant());
            }
        }
        return changes;
    }
}
