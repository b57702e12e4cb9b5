package dev.vloop.tests.wallclock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.Loop;
import dev.vloop.MissedSlots;
import dev.vloop.Schedule;
import dev.vloop.testkit.TestLoops;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("R19 an interval of which the wall clock lets only some slots pass, when that clock is set")
final class FilteredIntervalTest {
    /** A Monday. */
    private static final Instant ORIGIN = Instant.parse("2026-06-01T00:00:00Z");

    private final List<Instant> ranAt = new ArrayList<>();
    private final List<Duration> elapsed = new ArrayList<>();
    private final TestLoops loops = TestLoops.builder().startAt(ORIGIN).create();

    @AfterEach
    void close() {
        loops.close();
    }

    private Loop start(Schedule schedule) {
        Loop loop = loops.loop("job").schedule(schedule).start(it -> {
            ranAt.add(loops.clock().instant());
            elapsed.add(loops.elapsed());
        });
        loops.settle();
        return loop;
    }

    private static Schedule office(Duration interval) {
        return Schedule.every(interval).between(ZoneOffset.UTC, LocalTime.of(9, 0), LocalTime.of(17, 0));
    }

    private static boolean isOfficeHour(Instant instant) {
        int hour = instant.atZone(ZoneOffset.UTC).getHour();
        return hour >= 9 && hour < 17;
    }

    @ParameterizedTest
    @ValueSource(ints = {9, -7, 5, -3, 13})
    void runs_in_its_window_whatever_the_clock_does(int hours) {
        start(office(Duration.ofMinutes(7)));
        loops.advance(Duration.ofHours(30));
        loops.moveWallClock(Duration.ofHours(hours));
        int before = ranAt.size();
        loops.advance(Duration.ofDays(3));
        assertThat(ranAt).allMatch(FilteredIntervalTest::isOfficeHour);
        assertThat(ranAt.size() - before).isBetween(2 * 68, 4 * 69);
    }

    @Test
    void keeps_to_its_window_beside_another_interval_too() {
        start(Schedule.anyOf(office(Duration.ofMinutes(10)), Schedule.every(Duration.ofDays(1))));
        loops.advance(Duration.ofMinutes(65));
        loops.moveWallClock(Duration.ofHours(12)); // it is 13:05
        loops.advance(Duration.ofMinutes(30));
        assertThat(ranAt).hasSize(1 + 3);
        loops.moveWallClock(Duration.ofHours(12)); // it is 01:35
        loops.advance(Duration.ofHours(5));
        assertThat(ranAt).hasSize(1 + 3);
    }

    @Test
    void runs_in_its_window_after_the_machine_has_slept() {
        start(office(Duration.ofMinutes(10)));
        loops.advance(Duration.ofHours(20));
        loops.suspend(Duration.ofHours(8)); // it is 04:00
        loops.advance(Duration.ofHours(10));
        assertThat(ranAt).allMatch(FilteredIntervalTest::isOfficeHour).hasSize(48 + 31);
    }

    @Test
    void keeps_its_distances_on_the_monotonic_clock() {
        start(Schedule.every(Duration.ofHours(1)).between(ZoneOffset.UTC, LocalTime.MIN, LocalTime.of(23, 59)));
        loops.advance(Duration.ofMinutes(90));
        loops.moveWallClock(Duration.ofMinutes(333));
        loops.advance(Duration.ofHours(3));
        assertThat(elapsed)
                .containsExactly(
                        Duration.ZERO,
                        Duration.ofHours(1),
                        Duration.ofHours(2),
                        Duration.ofHours(3),
                        Duration.ofHours(4));
    }

    @Test
    void a_fixed_delay_in_a_window_still_counts_from_the_end_of_the_last_iteration() {
        loops.loop("job")
                .schedule(Schedule.fixedDelay(Duration.ofHours(1))
                        .between(ZoneOffset.UTC, LocalTime.MIN, LocalTime.of(23, 59)))
                .start(it -> {
                    elapsed.add(loops.elapsed());
                    it.sleep(Duration.ofMinutes(10));
                });
        loops.advance(Duration.ofMinutes(30));
        loops.moveWallClock(Duration.ofHours(2));
        loops.advance(Duration.ofHours(1));
        assertThat(elapsed).containsExactly(Duration.ZERO, Duration.ofMinutes(70));
    }

    @Test
    void a_jump_into_the_window_brings_no_burst_of_slots_that_never_were() {
        loops.loop("job")
                .missed(MissedSlots.RUN_ALL)
                .schedule(office(Duration.ofMinutes(1)))
                .start(it -> elapsed.add(loops.elapsed()));
        loops.advance(Duration.ofMinutes(30));
        loops.moveWallClock(Duration.ofHours(12)); // 12:30
        loops.advance(Duration.ofMinutes(2));
        assertThat(elapsed).hasSizeBetween(2, 3).doesNotHaveDuplicates();
    }

    @Test
    void what_was_missed_before_the_jump_is_still_made_up_for() {
        List<Duration> all = new ArrayList<>();
        loops.loop("job")
                .schedule(Schedule.every(Duration.ofMinutes(10)).onlyOn(ZoneOffset.UTC, day -> true))
                .start(it -> {
                    all.add(loops.elapsed());
                    if (it.index() == 0) {
                        it.sleep(Duration.ofMinutes(15));
                        loops.moveWallClock(Duration.ofHours(-2));
                    }
                });
        loops.advance(Duration.ofMinutes(20));
        assertThat(all).containsExactly(Duration.ZERO, Duration.ofMinutes(15), Duration.ofMinutes(20));
    }

    @Test
    void runs_on_its_days_after_the_machine_has_slept() {
        start(Schedule.every(Duration.ofHours(1))
                .onlyOn(ZoneOffset.UTC, day -> day.getDayOfWeek() == DayOfWeek.MONDAY));
        loops.advance(Duration.ofHours(10));
        loops.suspend(Duration.ofHours(77));
        loops.advance(Duration.ofDays(14));
        assertThat(ranAt).allMatch(at -> at.atZone(ZoneOffset.UTC).getDayOfWeek() == DayOfWeek.MONDAY);
        assertThat(ranAt.size()).isGreaterThan(11 + 24);
    }

    @Test
    void begins_at_the_instant_that_it_was_told() {
        start(Schedule.every(Duration.ofHours(1)).startingAt(ORIGIN.plus(Duration.ofDays(1))));
        loops.advance(Duration.ofHours(1));
        loops.suspend(Duration.ofHours(20));
        loops.advance(Duration.ofHours(5));
        assertThat(ranAt)
                .containsExactly(
                        ORIGIN.plus(Duration.ofHours(24)),
                        ORIGIN.plus(Duration.ofHours(25)),
                        ORIGIN.plus(Duration.ofHours(26)));
    }

    @Test
    void ends_at_the_instant_that_it_was_told() {
        Loop loop = start(Schedule.every(Duration.ofHours(1)).until(ORIGIN.plus(Duration.ofDays(1))));
        loops.advance(Duration.ofMinutes(150));
        loops.suspend(Duration.ofHours(23));
        loops.advance(Duration.ofSeconds(5));
        assertThat(ranAt).hasSize(3);
        assertThat(loop.isRunning()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_machine_that_boots_in_a_wrong_year_is_right_as_soon_as_its_clock_is(boolean ahead) {
        Instant right = Instant.parse("2026-06-02T12:00:00Z");
        Consumer<Instant> set = loops::setWallClock;
        set.accept(ahead ? Instant.parse("2040-01-01T03:00:00Z") : Instant.EPOCH);
        start(office(Duration.ofMinutes(10)));
        loops.advance(Duration.ofMinutes(5));
        set.accept(right);
        loops.advance(Duration.ofMinutes(30));
        assertThat(ranAt).hasSize(3).allMatch(FilteredIntervalTest::isOfficeHour);
    }

    @Test
    void shows_its_next_slot_as_the_clock_is_now() {
        Loop loop = start(office(Duration.ofMinutes(30)));
        loops.advance(Duration.ofHours(1));
        loops.moveWallClock(Duration.ofHours(12).plusMinutes(15));
        loops.advance(Duration.ofSeconds(5));
        assertThat(loop.nextIteration()).isEqualTo(Instant.parse("2026-06-01T13:45:00Z"));
    }
}
