package dev.vloop.tests.wallclock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.CutSlots;
import dev.vloop.Loop;
import dev.vloop.MissedSlots;
import dev.vloop.Schedule;
import dev.vloop.SlotContext;
import dev.vloop.cron.Cron;
import dev.vloop.testkit.TestLoops;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("R19 a loop that follows the wall clock, when the rules of its zone change")
final class ZoneRulesTest {
    private static final LocalTime NINE = LocalTime.of(9, 0);

    private final MovingZone zone = MovingZone.at("+00:00");
    private final List<String> log = new ArrayList<>();
    private final TestLoops loops = TestLoops.startingAt(Instant.parse("2026-03-10T07:00:00Z"));

    @AfterEach
    void close() {
        loops.close();
    }

    private Loop start(Schedule schedule) {
        return loops.loop("daily").schedule(schedule).start(it -> log.add("" + it.now()));
    }

    /** All of them say 09:00 in the zone. */
    static Stream<Arguments> schedules() {
        Function<ZoneId, Schedule> daily = id -> Schedule.dailyAt(id, NINE);
        Function<ZoneId, Schedule> cron = id -> Cron.parse("0 9 * * *", id);
        Function<ZoneId, Schedule> composed = id -> Schedule.anyOf(
                Schedule.dailyAt(id, LocalTime.of(8, 59)).shiftedBy(Duration.ofMinutes(1)),
                Cron.parse("0 9 * * *", id).exceptOn(ZoneId.of("Europe/Berlin"), day -> day.getYear() > 2026));
        return Stream.of(Arguments.of("daily", daily), Arguments.of("cron", cron), Arguments.of("composed", composed));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("schedules")
    void waits_for_the_new_time_when_that_is_later(String what, Function<ZoneId, Schedule> schedule) {
        Loop loop = start(schedule.apply(zone.id()));
        loops.advance(Duration.ofHours(1));
        assertThat(loop.nextIteration()).isEqualTo(Instant.parse("2026-03-10T09:00:00Z"));

        zone.moveTo("-01:00");
        loops.advance(Duration.ofSeconds(1));
        assertThat(loop.nextIteration()).isEqualTo(Instant.parse("2026-03-10T10:00:00Z"));

        loops.advance(Duration.ofDays(2));
        assertThat(log).containsExactly("2026-03-10T10:00:00Z", "2026-03-11T10:00:00Z");
    }

    @Test
    @DisplayName("R40: waits for the new time also as the loop of a cluster")
    void waits_for_the_new_time_as_the_loop_of_a_cluster() {
        try (TestLoops cluster = TestLoops.builder()
                .startAt(Instant.parse("2026-03-10T07:00:00Z"))
                .inCluster()
                .create()) {
            Loop loop = cluster.loop("daily")
                    .dailyAt(zone.id(), NINE)
                    .oncePerCluster(CutSlots.LET_GO)
                    .start(it -> log.add("" + it.now()));
            cluster.advance(Duration.ofHours(1));
            assertThat(loop.nextIteration()).isEqualTo(Instant.parse("2026-03-10T09:00:00Z"));

            zone.moveTo("-01:00");
            cluster.advance(Duration.ofSeconds(1));
            assertThat(loop.nextIteration()).isEqualTo(Instant.parse("2026-03-10T10:00:00Z"));

            cluster.advance(Duration.ofHours(3));
            assertThat(log).containsExactly("2026-03-10T10:00:00Z");
        }
    }

    @Test
    void hears_of_it_although_another_loop_has_begun_since() {
        Loop loop = start(Schedule.dailyAt(zone.id(), NINE));
        loops.settle();
        zone.moveTo("-01:00");
        loops.loop("another").schedule(Schedule.dailyAt(zone.id(), NINE)).start(it -> {});
        loops.advance(Duration.ofSeconds(1));
        assertThat(loop.nextIteration()).isEqualTo(Instant.parse("2026-03-10T10:00:00Z"));
    }

    @Test
    void hears_of_it_although_the_rules_of_another_zone_stay() {
        List<MovingZone> zones = List.of(zone, MovingZone.at("+00:00"));
        List<Loop> waiting = zones.stream()
                .map(each -> loops.loop("daily in " + each.id())
                        .dailyAt(each.id(), NINE)
                        .start(it -> {}))
                .toList();
        loops.settle();
        for (int i = 0; i < zones.size(); i++) { // one after the other, because nobody knows which is looked at last
            zones.get(i).moveTo("-01:00");
            loops.advance(Duration.ofSeconds(1));
            assertThat(waiting.get(i).nextIteration()).isEqualTo(Instant.parse("2026-03-10T10:00:00Z"));
        }
    }

    @Test
    void hears_of_it_although_other_zones_have_lost_their_rules() {
        List<MovingZone> lost = new ArrayList<>();
        List<MovingZone> moved = new ArrayList<>();
        List<Loop> waiting = new ArrayList<>();
        for (int i = 0; i < 4; i++) { // several, because nobody knows in which order they are looked at
            lost.add(MovingZone.at("+00:00"));
            moved.add(MovingZone.at("+00:00"));
            Loop over = loops.loop("lost " + i).dailyAt(lost.get(i).id(), NINE).start(it -> {});
            waiting.add(
                    loops.loop("moved " + i).dailyAt(moved.get(i).id(), NINE).start(it -> {}));
            loops.settle();
            over.cancel();
        }
        lost.forEach(MovingZone::lose);
        moved.forEach(each -> each.moveTo("-01:00"));
        loops.advance(Duration.ofSeconds(1));
        assertThat(waiting).extracting(Loop::nextIteration).containsOnly(Instant.parse("2026-03-10T10:00:00Z"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("schedules")
    void runs_at_the_new_time_when_that_is_earlier(String what, Function<ZoneId, Schedule> schedule) {
        start(schedule.apply(zone.id()));
        loops.settle();

        zone.moveTo("+01:00");
        loops.advance(Duration.ofDays(2));

        assertThat(log).containsExactly("2026-03-10T08:00:00Z", "2026-03-11T08:00:00Z");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"RUN_ONCE, 1, 0", "SKIP, 0, 1", "RUN_ALL, 1, 0"})
    void has_missed_a_time_that_has_passed_by_the_new_rules(MissedSlots policy, int run, long missed) {
        Loop loop = loops.loop("daily")
                .dailyAt(zone.id(), NINE)
                .missed(policy)
                .start(it -> log.add(it.scheduledAt() + " at " + it.now()));
        loops.advance(Duration.ofMinutes(90)); // 08:30

        zone.moveTo("+01:00"); // 09:30
        loops.advance(Duration.ofHours(12));

        assertThat(loop.status().iterations()).isEqualTo(run);
        assertThat(loop.status().missedSlots()).isEqualTo(missed);
        if (run > 0) {
            assertThat(log).containsExactly("2026-03-10T08:00:00Z at 2026-03-10T08:30:01Z");
        }
    }

    @Test
    void does_not_run_the_next_day_s_slot_early_or_twice_when_rules_change_after_it_ran() {
        start(Schedule.dailyAt(zone.id(), NINE));
        loops.advance(Duration.ofHours(3)); // 10:00, it ran at 09:00

        zone.moveTo("+01:00");
        loops.advance(Duration.ofDays(2));

        assertThat(log).containsExactly("2026-03-10T09:00:00Z", "2026-03-11T08:00:00Z", "2026-03-12T08:00:00Z");
    }

    @Test
    void hears_of_it_while_it_is_paused() {
        Loop loop = start(Schedule.dailyAt(zone.id(), NINE));
        loop.pause();
        loops.settle();

        zone.moveTo("-01:00");
        loops.advance(Duration.ofMinutes(150)); // past the old time
        loop.resume();
        loops.advance(Duration.ofHours(3));

        assertThat(log).containsExactly("2026-03-10T10:00:00Z");
    }

    @Test
    void hears_of_it_after_a_change_of_its_schedule_to_one_in_that_zone() {
        Loop loop = start(Schedule.every(Duration.ofHours(24)));
        loops.settle();
        loop.changeSchedule(Schedule.dailyAt(zone.id(), NINE));
        loops.settle();

        zone.moveTo("-01:00");
        loops.advance(Duration.ofHours(3));

        assertThat(log).containsExactly("2026-03-10T07:00:00Z", "2026-03-10T10:00:00Z");
    }

    @Test
    void all_of_ten_thousand_run_at_the_new_time_once() {
        List<Loop> all = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            all.add(loops.loop("daily-" + i).dailyAt(zone.id(), NINE).start(it -> log.add("" + it.now())));
        }
        loops.settle();

        zone.moveTo("-01:00");
        loops.advance(Duration.ofMinutes(179));
        assertThat(log).isEmpty();

        loops.advance(Duration.ofHours(1));
        assertThat(log).hasSize(10_000).containsOnly("2026-03-10T10:00:00Z");
        assertThat(all).allMatch(loop -> loop.status().iterations() == 1);
    }

    @Test
    void a_schedule_of_the_user_s_own_is_asked_anew_if_it_names_the_zone() {
        Schedule daily = Schedule.dailyAt(zone.id(), NINE);
        start(new Schedule() {
            @Override
            public @Nullable Instant next(SlotContext at) {
                return daily.next(at);
            }

            @Override
            public Set<ZoneId> zones() {
                return Set.of(zone.id());
            }
        });
        loops.loop("tells nothing").schedule(at -> daily.next(at)).count(1).start(it -> log.add("old " + it.now()));
        loops.settle();

        zone.moveTo("-01:00");
        loops.advance(Duration.ofHours(4));

        assertThat(log).containsExactly("old 2026-03-10T09:00:00Z", "2026-03-10T10:00:00Z");
    }

    @Test
    void costs_no_wake_up_in_a_zone_whose_rules_cannot_change() {
        start(Schedule.dailyAt(ZoneId.of("Europe/Berlin"), LocalTime.of(10, 0)));
        loops.settle();

        loops.advanceToNext();

        assertThat(log).containsExactly("2026-03-10T09:00:00Z");
    }
}
