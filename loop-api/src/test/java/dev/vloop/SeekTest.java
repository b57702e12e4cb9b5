package dev.vloop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.spi.CountableSchedule;
import dev.vloop.spi.CountableSchedule.Passed;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whether a schedule is asked slot by slot, from any time, or for a count: it has the same slots. */
@DisplayName("R16, R26: a search has the slots that a run has")
class SeekTest {
    private static final Instant START = Instant.parse("2026-03-28T00:00:00Z");
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final int SLOTS = 40;

    static List<Schedule> schedules() {
        Schedule hours = Schedule.every(HOUR);
        Schedule delay = Schedule.fixedDelay(Duration.ofMinutes(50));
        Schedule daily = Schedule.dailyAt(BERLIN, LocalTime.of(2, 30), LocalTime.NOON);
        Schedule own =
                at -> at.lastSlot() == null ? at.runStart() : at.lastSlot().plusSeconds(4_000);
        List<Schedule> schedules = new ArrayList<>();
        for (Schedule base : List.of(hours, delay, daily, own)) {
            schedules.add(base);
            schedules.add(base.limitedTo(1_000));
            schedules.add(base.until(START.plus(Duration.ofDays(2))));
            schedules.add(base.startingAt(START.plus(Duration.ofHours(30))));
            schedules.add(base.startingAt(START.minusSeconds(1)));
            schedules.add(base.shiftedBy(Duration.ofMinutes(10)));
            schedules.add(base.onlyOn(BERLIN, day -> day.getDayOfWeek() != DayOfWeek.SUNDAY));
            schedules.add(base.exceptOn(BERLIN, day -> day.getDayOfWeek() == DayOfWeek.MONDAY));
            schedules.add(base.between(BERLIN, LocalTime.of(2, 15), LocalTime.of(13, 0)));
        }
        for (Schedule base : List.of(hours, daily)) { // others depend on the last slot, whoever had it
            schedules.add(Schedule.anyOf(base, Schedule.dailyAt(ZoneOffset.UTC, LocalTime.of(5, 5))));
            schedules.add(Schedule.anyOf(base, Schedule.every(Duration.ofMinutes(77)))
                    .until(START.plus(Duration.ofDays(1)))
                    .shiftedBy(Duration.ofSeconds(3))
                    .startingAt(START.plus(Duration.ofHours(5))));
        }
        schedules.add(hours.jitter(Duration.ofMinutes(59), "a"));
        schedules.add(daily.jitter(Duration.ofHours(30), "a"));
        schedules.add(daily.limitedTo(1_000).jitter(Duration.ofHours(30), "a").shiftedBy(HOUR));
        schedules.add(Schedule.anyOf(hours.jitter(HOUR, "a"), daily.jitter(HOUR, "b")));
        return schedules;
    }

    private static List<Instant> bounds(List<Instant> slots) {
        List<Instant> bounds = new ArrayList<>(List.of(START.minusNanos(1), START, START.plusNanos(1)));
        for (Instant slot : slots.subList(0, Math.min(slots.size(), 25))) {
            bounds.addAll(List.of(slot.minusNanos(1), slot, slot.plusNanos(1), slot.plusSeconds(600)));
        }
        return bounds;
    }

    @ParameterizedTest
    @MethodSource("schedules")
    void from_any_time(Schedule schedule) {
        List<Instant> slots = schedule.nextRuns(START, SLOTS);
        SlotContext atStart = SlotContext.first(START);
        for (Instant bound : bounds(slots)) {
            List<Instant> expected =
                    slots.stream().filter(slot -> slot.isAfter(bound)).limit(12).toList();
            assertThat(Seekable.seek(schedule, atStart, bound))
                    .as("after %s", bound)
                    .isEqualTo(expected.isEmpty() ? null : expected.getFirst());
            SlotCursor cursor = Seekable.cursor(schedule, atStart, bound);
            for (Instant slot : expected) {
                assertThat(cursor.next()).as("after %s", bound).isEqualTo(slot);
            }
            if (slots.size() < SLOTS && expected.size() < 12) {
                assertThat(cursor.next()).as("after the last").isNull();
                assertThat(cursor.next()).as("after the last").isNull();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("schedules")
    void in_a_count(Schedule schedule) {
        if (!(schedule instanceof CountableSchedule countable)) {
            return;
        }
        List<Instant> slots = schedule.nextRuns(START, SLOTS);
        SlotContext atStart = SlotContext.first(START);
        for (Instant bound : bounds(slots)) {
            for (long most : new long[] {0, 1, 3, Long.MAX_VALUE}) {
                Passed passed = countable.pass(atStart, bound, most);
                if (passed == null) {
                    continue; // it has to be asked slot by slot
                }
                List<Instant> expected = slots.stream()
                        .filter(slot -> slot.isBefore(bound))
                        .limit(most)
                        .toList();
                assertThat(passed)
                        .as("at most %s before %s", most, bound)
                        .isEqualTo(new Passed(expected.size(), expected.isEmpty() ? null : expected.getLast()));
            }
        }
    }
}
