package dev.vloop.tests.wallclock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.Loop;
import dev.vloop.MissedSlots;
import dev.vloop.Schedule;
import dev.vloop.cron.Cron;
import dev.vloop.testkit.TestLoops;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("R19 a clock that is set back does not stretch a wait, and repeats no slot")
final class ClockSetBackTest {
    private final List<Instant> slots = new ArrayList<>();
    private final List<Duration> ranAt = new ArrayList<>();
    private final TestLoops loops =
            TestLoops.builder().startAt(Instant.parse("2026-03-10T08:30:00Z")).create();

    @AfterEach
    void close() {
        loops.close();
    }

    private Loop start(Schedule schedule) {
        Loop loop = loops.loop("job").schedule(schedule).start(it -> {
            slots.add(it.scheduledAt());
            ranAt.add(loops.elapsed());
        });
        loops.settle();
        return loop;
    }

    private static Instant at(String time) {
        return Instant.parse("2026-03-10T" + time + "Z");
    }

    @Test
    void a_job_of_each_minute_goes_on_within_two_minutes() {
        start(Cron.parse("* * * * *", ZoneOffset.UTC));
        loops.advance(Duration.ofSeconds(90));
        loops.moveWallClock(Duration.ofHours(2)); // by mistake
        loops.advance(Duration.ofSeconds(45));
        int before = slots.size();
        loops.moveWallClock(Duration.ofHours(-2));
        loops.advance(Duration.ofMinutes(2));
        assertThat(slots.size()).isGreaterThan(before);
        assertThat(slots.getLast()).isEqualTo(at("08:34:00"));
    }

    @Test
    void a_clock_that_is_set_back_by_the_distance_of_two_slots_repeats_none() {
        start(Cron.parse("* * * * *", ZoneOffset.UTC));
        loops.advance(Duration.ofSeconds(90));
        loops.moveWallClock(Duration.ofMinutes(-1));
        loops.advance(Duration.ofSeconds(100));
        assertThat(slots).containsExactly(at("08:30:00"), at("08:31:00"), at("08:32:00"));
        assertThat(ranAt.getLast()).isEqualTo(Duration.ofMinutes(3));
    }

    @Test
    void a_daily_job_does_not_run_twice() {
        start(Schedule.dailyAt(ZoneOffset.UTC, LocalTime.of(9, 0)));
        loops.advance(Duration.ofMinutes(45)); // it ran at 09:00, and it is 09:15
        loops.moveWallClock(Duration.ofHours(-2));
        loops.advance(Duration.ofHours(5));
        assertThat(slots).containsExactly(at("09:00:00"));
        loops.advance(Duration.ofHours(21)); // 09:15 on the next day
        assertThat(slots).containsExactly(at("09:00:00"), Instant.parse("2026-03-11T09:00:00Z"));
    }

    @Test
    void a_machine_that_booted_in_a_wrong_year_is_right_as_soon_as_its_clock_is() {
        loops.moveWallClock(Duration.ofDays(3_650));
        Loop loop = start(Cron.parse("*/5 * * * *", ZoneOffset.UTC));
        loops.moveWallClock(Duration.ofDays(-3_650));
        loops.advance(Duration.ofMinutes(10));
        assertThat(slots).containsExactly(Instant.parse("2036-03-07T08:30:00Z"), at("08:35:00"), at("08:40:00"));
        assertThat(loop.nextIteration()).isEqualTo(at("08:45:00"));
    }

    @Test
    void a_clock_that_is_set_back_during_an_iteration_or_a_pause_is_heeded_too() {
        Loop loop = loops.loop("job")
                .schedule(Cron.parse("* * * * *", ZoneOffset.UTC))
                .start(it -> {
                    slots.add(it.scheduledAt());
                    if (it.index() == 1) {
                        loops.moveWallClock(Duration.ofHours(-2));
                    }
                });
        loops.advance(Duration.ofMinutes(4));
        assertThat(slots)
                .containsExactly(at("08:30:00"), at("08:31:00"), at("06:32:00"), at("06:33:00"), at("06:34:00"));
        loop.pause();
        loops.moveWallClock(Duration.ofHours(-2));
        loops.advance(Duration.ofMinutes(1));
        loop.resume();
        loops.advance(Duration.ofMinutes(2));
        assertThat(slots.subList(5, slots.size())).containsExactly(at("04:35:00"), at("04:36:00"), at("04:37:00"));
    }

    @Test
    void a_second_set_back_counts_from_the_slot_that_it_waits_for_then_although_slots_were_skipped_since_the_first() {
        loops.loop("job")
                .dailyAt(ZoneOffset.UTC, LocalTime.of(9, 0))
                .missed(MissedSlots.SKIP)
                .start(it -> ranAt.add(loops.elapsed()));
        loops.settle();
        loops.moveWallClock(Duration.ofHours(-2)); // 06:30, and it waits for 09:00 in two and a half hours
        loops.settle();
        loops.moveWallClock(Duration.ofDays(3)); // 06:30, three slots were missed
        loops.settle();
        loops.moveWallClock(Duration.ofDays(-1).plusHours(1)); // 07:30: it need not run at this 09:00
        loops.advance(Duration.ofHours(25));
        assertThat(ranAt).isEmpty();
        loops.advance(Duration.ofHours(1));
        assertThat(ranAt).containsExactly(Duration.ofMinutes(25 * 60 + 30));
    }

    @Test
    void a_set_back_after_a_resume_counts_from_the_slot_that_it_waits_for_then() {
        Loop loop = start(Schedule.dailyAt(ZoneOffset.UTC, LocalTime.of(9, 0)));
        loops.moveWallClock(Duration.ofHours(-1)); // 07:30
        loops.settle();
        loop.pause();
        loops.advance(Duration.ofHours(3)); // 10:30
        loop.resume();
        loops.settle();
        loops.moveWallClock(Duration.ofHours(-3)); // 07:30: the slot of 09:00 has passed in the pause
        loops.advance(Duration.ofHours(25));
        assertThat(slots).isEmpty();
        loops.advance(Duration.ofHours(1));
        assertThat(slots).containsExactly(Instant.parse("2026-03-11T09:00:00Z"));
    }

    @Test
    void a_schedule_of_ones_own_keeps_its_distances() {
        start(at -> at.lastSlot() == null ? at.runStart() : at.lastSlot().plus(Duration.ofMinutes(10)));
        loops.advance(Duration.ofMinutes(15));
        loops.moveWallClock(Duration.ofHours(-5));
        loops.advance(Duration.ofMinutes(15));
        assertThat(ranAt)
                .containsExactly(Duration.ZERO, Duration.ofMinutes(10), Duration.ofMinutes(20), Duration.ofMinutes(30));
    }

    /** Any jumps, several kinds of schedules: what R19 promises of waits and of slots that come twice. */
    @Test
    void any_jumps_and_any_schedule() {
        List<Schedule> schedules = List.of(
                Cron.parse("* * * * *", ZoneOffset.UTC),
                Cron.parse("*/7 * * * *", ZoneOffset.UTC),
                Schedule.dailyAt(ZoneOffset.UTC, LocalTime.of(9, 0), LocalTime.of(9, 20), LocalTime.of(21, 0)),
                Schedule.anyOf(
                        Schedule.every(Duration.ofMinutes(25)), Schedule.dailyAt(ZoneOffset.UTC, LocalTime.NOON)),
                Cron.parse("*/10 * * * *", ZoneOffset.UTC).jitter(Duration.ofMinutes(3), "x"),
                Cron.parse("*/5 * * * *", ZoneOffset.UTC).shiftedBy(Duration.ofSeconds(30)));
        List<Duration> gaps = List.of(
                Duration.ofMinutes(1),
                Duration.ofMinutes(7),
                Duration.ofHours(12),
                Duration.ofMinutes(25),
                Duration.ofMinutes(13),
                Duration.ofMinutes(5));
        for (int seed = 0; seed < 40; seed++) {
            for (int i = 0; i < schedules.size(); i++) {
                play(schedules.get(i), gaps.get(i), new Random(seed), "schedule " + i + ", seed " + seed);
            }
        }
    }

    private static void play(Schedule schedule, Duration gap, Random random, String where) {
        List<Duration> runs = new ArrayList<>();
        List<Instant> slots = new ArrayList<>();
        List<Integer> setsBack = new ArrayList<>(List.of(0)); // before each run, since the one before it
        try (TestLoops loops = TestLoops.builder()
                .startAt(Instant.parse("2026-03-10T08:30:00Z"))
                .create()) {
            loops.loop("job").missed(MissedSlots.RUN_ONCE).schedule(schedule).start(it -> {
                runs.add(loops.elapsed());
                slots.add(it.scheduledAt());
                setsBack.add(0);
            });
            for (int step = 0; step < 30; step++) {
                loops.advance(Duration.ofSeconds(random.nextInt(2_000)));
                Duration jump = Duration.ofSeconds(random.nextInt(20_000) - 15_000);
                loops.moveWallClock(jump);
                if (jump.isNegative()) {
                    setsBack.set(setsBack.size() - 1, setsBack.getLast() + 1);
                }
                loops.settle();
            }
            loops.advance(gap.multipliedBy(3));
        }
        for (int i = 1; i < runs.size(); i++) {
            assertThat(runs.get(i).minus(runs.get(i - 1)))
                    .as("wait before run " + i + " of " + where)
                    .isLessThanOrEqualTo(
                            gap.multipliedBy(1 + Math.max(1, setsBack.get(i))).plusSeconds(1));
            if (setsBack.get(i) == 0) {
                assertThat(slots.get(i)).as("run " + i + " of " + where).isAfter(slots.get(i - 1));
            }
        }
    }
}
