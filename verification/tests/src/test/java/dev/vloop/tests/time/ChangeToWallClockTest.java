package dev.vloop.tests.time;

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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("R24 a schedule on the wall clock counts from the change on")
final class ChangeToWallClockTest {
    private final List<String> slots = new ArrayList<>();
    private final TestLoops loops =
            TestLoops.builder().startAt(Instant.parse("2026-03-09T20:00:00Z")).create();

    @AfterEach
    void close() {
        loops.close();
    }

    private static Schedule daily(int hour) {
        return Schedule.dailyAt(ZoneOffset.UTC, LocalTime.of(hour, 0));
    }

    private Loop start(Schedule schedule, MissedSlots policy) {
        Loop loop = loops.loop("digest")
                .missed(policy)
                .schedule(schedule)
                .start(it -> slots.add(it.scheduledAt() + " at " + it.now()));
        loops.settle();
        return loop;
    }

    @ParameterizedTest
    @EnumSource(MissedSlots.class)
    void an_earlier_time_of_day_waits_for_tomorrow(MissedSlots policy) {
        Loop loop = start(daily(22), policy);
        loops.advanceTo(Instant.parse("2026-03-10T12:00:00Z")); // it ran at 22:00
        slots.clear();
        loop.changeSchedule(daily(7));
        loops.advance(Duration.ofHours(18));
        assertThat(slots).isEmpty();
        loops.advance(Duration.ofHours(1));
        assertThat(slots).containsExactly("2026-03-11T07:00:00Z at 2026-03-11T07:00:00Z");
        assertThat(loop.status().missedSlots()).isZero();
    }

    @ParameterizedTest
    @EnumSource(MissedSlots.class)
    void a_day_of_the_month_that_has_passed_waits_for_the_next_month(MissedSlots policy) {
        Loop loop = start(Schedule.dailyAt(ZoneOffset.UTC, LocalTime.NOON).onDaysOfMonth(28), policy);
        loops.advanceTo(Instant.parse("2026-03-15T12:00:00Z"));
        loop.changeSchedule(Schedule.dailyAt(ZoneOffset.UTC, LocalTime.NOON).onDaysOfMonth(1));
        loops.advance(Duration.ofDays(10));
        assertThat(slots).isEmpty();
        assertThat(loop.nextIteration()).isEqualTo("2026-04-01T12:00:00Z");
    }

    @ParameterizedTest
    @EnumSource(MissedSlots.class)
    void daily_to_every_minute_makes_up_for_nothing(MissedSlots policy) {
        Loop loop = start(daily(22), policy);
        loops.advanceTo(Instant.parse("2026-03-10T09:00:30Z"));
        slots.clear();
        loop.changeSchedule(Cron.parse("* * * * *", ZoneOffset.UTC));
        loops.advance(Duration.ofMinutes(1));
        assertThat(slots).containsExactly("2026-03-10T09:01:00Z at 2026-03-10T09:01:00Z");
        assertThat(loop.status().missedSlots()).isZero();
    }

    @ParameterizedTest
    @EnumSource(MissedSlots.class)
    void a_change_from_an_interval_makes_up_for_nothing(MissedSlots policy) {
        Loop loop = start(Schedule.every(Duration.ofDays(1)), policy);
        loops.advanceTo(Instant.parse("2026-03-10T09:00:30Z"));
        slots.clear();
        loop.changeSchedule(Cron.parse("* * * * *", ZoneOffset.UTC));
        loops.advance(Duration.ofMinutes(1));
        assertThat(slots).containsExactly("2026-03-10T09:01:00Z at 2026-03-10T09:01:00Z");
    }

    @ParameterizedTest
    @EnumSource(MissedSlots.class)
    void a_change_to_an_interval_makes_at_most_one_iteration_due_now(MissedSlots policy) {
        Loop loop = start(daily(22), policy);
        loops.advanceTo(Instant.parse("2026-03-10T09:00:30Z"));
        slots.clear();
        loop.changeSchedule(Schedule.every(Duration.ofMinutes(1)));
        loops.settle();
        assertThat(slots).hasSize(1);
        loops.advance(Duration.ofMinutes(2));
        assertThat(slots).hasSize(3);
    }

    @Test
    void a_slot_at_the_very_moment_of_the_change_is_due() {
        Loop loop = start(daily(22), MissedSlots.RUN_ONCE);
        loops.advanceTo(Instant.parse("2026-03-10T12:00:00Z"));
        slots.clear();
        loop.changeSchedule(daily(12));
        loops.settle();
        assertThat(slots).containsExactly("2026-03-10T12:00:00Z at 2026-03-10T12:00:00Z");
    }

    @Test
    @DisplayName("R16: a slot that has just run does not run again with a new schedule that has it, too")
    void a_slot_that_has_run_at_the_very_moment_of_the_change_does_not_run_again() {
        Loop loop = start(daily(22), MissedSlots.RUN_ONCE);
        loops.advanceTo(Instant.parse("2026-03-09T22:00:00Z"));
        loop.changeSchedule(Cron.parse("*/30 * * * *", ZoneOffset.UTC));
        loops.advance(Duration.ofMinutes(30));
        assertThat(slots)
                .containsExactly(
                        "2026-03-09T22:00:00Z at 2026-03-09T22:00:00Z", "2026-03-09T22:30:00Z at 2026-03-09T22:30:00Z");
    }

    @Test
    void never_waits_until_it_is_triggered_or_changed() {
        Loop loop = start(Schedule.never(), MissedSlots.RUN_ONCE);
        loops.advance(Duration.ofDays(400));
        assertThat(loop.isRunning()).isTrue();
        assertThat(loop.nextIteration()).isNull();
        assertThat(slots).isEmpty();
        loop.trigger();
        loops.settle();
        assertThat(slots).hasSize(1);
        loop.changeSchedule(Schedule.every(Duration.ofMinutes(1)));
        loops.advance(Duration.ofMinutes(1));
        assertThat(slots).hasSizeGreaterThan(1);
        loop.changeSchedule(Schedule.never());
        loops.settle();
        assertThat(loop.nextIteration()).isNull();
    }
}
