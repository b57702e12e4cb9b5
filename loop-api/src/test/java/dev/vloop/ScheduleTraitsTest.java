package dev.vloop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.internal.UserCode;
import dev.vloop.internal.WallClockBound;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("R19, R26, R40: what schedules tell of themselves")
class ScheduleTraitsTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Schedule NOON = Schedule.dailyAt(ZoneOffset.UTC, LocalTime.NOON);
    private static final Schedule OWN = at -> at.now().plusSeconds(1);

    /** What is made of one schedule, and has its clock and its reproducibility. */
    private static List<UnaryOperator<Schedule>> derivations() {
        List<UnaryOperator<Schedule>> made = new ArrayList<>();
        made.add(s -> s.limitedTo(3));
        made.add(s -> s.until(START));
        made.add(s -> s.startingAt(START));
        made.add(s -> s.shiftedBy(HOUR));
        made.add(s -> s.jitter(Duration.ofMinutes(1), "named"));
        made.add(s -> s.between(ZoneOffset.UTC, LocalTime.NOON, LocalTime.MIDNIGHT));
        made.add(s -> s.onlyOn(ZoneOffset.UTC, day -> true));
        made.add(s -> s.exceptOn(ZoneOffset.UTC, day -> false));
        made.add(s -> Schedule.anyOf(s));
        made.add(s -> Schedule.anyOf(Schedule.every(HOUR), s));
        return made;
    }

    @Test
    void those_made_of_others_keep_to_their_clock_and_are_as_reproducible() {
        Schedule random = Schedule.every(HOUR).jitter(HOUR);
        for (UnaryOperator<Schedule> make : derivations()) {
            assertThat(make.apply(Schedule.every(HOUR)))
                    .matches(Schedule::isMonotonic)
                    .matches(Schedule::isReproducible);
            assertThat(make.apply(Schedule.fixedDelay(HOUR))).matches(Schedule::isMonotonic);
            assertThat(make.apply(NOON)).matches(s -> !s.isMonotonic()).matches(Schedule::isReproducible);
            assertThat(make.apply(random)).matches(Schedule::isMonotonic).matches(s -> !s.isReproducible());
        }
        assertThat(random.isReproducible()).isFalse();
        assertThat(OWN.isReproducible()).isTrue();
        assertThat(Schedule.never().isMonotonic()).isTrue();
    }

    @Test
    void it_is_known_which_of_them_call_code_of_a_user() {
        for (UnaryOperator<Schedule> make : derivations()) {
            assertThat(UserCode.isCalledBy(make.apply(OWN))).isTrue();
        }
        for (Schedule schedule : List.of(Schedule.every(HOUR), NOON, Schedule.fixedDelay(HOUR), Schedule.never())) {
            assertThat(UserCode.isCalledBy(schedule)).isFalse();
            assertThat(UserCode.isCalledBy(schedule.limitedTo(3).shiftedBy(HOUR)))
                    .isFalse();
            assertThat(UserCode.isCalledBy(Schedule.anyOf(schedule, NOON))).isFalse();
            assertThat(UserCode.isCalledBy(schedule.between(ZoneOffset.UTC, LocalTime.NOON, LocalTime.MIDNIGHT)))
                    .isFalse();
            assertThat(UserCode.isCalledBy(schedule.onlyOn(ZoneOffset.UTC, day -> true)))
                    .isTrue();
        }
        assertThat(UserCode.isCalledBy(OWN)).isTrue();
    }

    @Test
    void it_is_known_of_which_of_them_the_wall_clock_decides_what_slots_there_are() {
        Schedule hours = Schedule.every(HOUR);
        List<Schedule> bound = List.of(
                hours.until(START),
                hours.startingAt(START),
                hours.between(ZoneOffset.UTC, LocalTime.NOON, LocalTime.MIDNIGHT),
                hours.onlyOn(ZoneOffset.UTC, day -> true));
        for (Schedule schedule : bound) {
            assertThat(WallClockBound.is(schedule)).isTrue();
            for (UnaryOperator<Schedule> make : derivations()) {
                assertThat(WallClockBound.is(make.apply(schedule))).isTrue();
            }
        }
        for (Schedule free : List.of(hours, Schedule.fixedDelay(HOUR), Schedule.never())) {
            assertThat(WallClockBound.is(free)).isFalse();
            assertThat(WallClockBound.is(free.limitedTo(3).shiftedBy(HOUR).jitter(HOUR, "named")))
                    .isFalse();
            assertThat(WallClockBound.is(Schedule.anyOf(free, hours))).isFalse();
        }
    }

    @Test
    void each_says_what_it_is() {
        assertThat(Schedule.never()).hasToString("never");
        assertThat(Schedule.once(START)).hasToString("once(2026-01-01T00:00:00Z)");
        assertThat(Schedule.fixedDelay(HOUR)).hasToString("fixedDelay(PT1H)");
        assertThat(NOON.startingAt(START)).hasToString(NOON + ".startingAt(2026-01-01T00:00:00Z)");
        assertThat(NOON.shiftedBy(HOUR)).hasToString(NOON + ".shiftedBy(PT1H)");
        assertThat(NOON.limitedTo(3)).hasToString(NOON + ".limitedTo(3)");
        assertThat(NOON.jitter(HOUR, "a").toString()).startsWith(NOON + ".jitter(PT1H, seed ");
        assertThat(NOON.between(ZoneOffset.UTC, LocalTime.NOON, LocalTime.MIDNIGHT))
                .hasToString(NOON + ".between(Z, 12:00, 00:00)");
    }

    @Test
    void a_context_goes_from_slot_to_slot() {
        Instant slot = START.plusSeconds(10);
        SlotContext first = SlotContext.first(START);
        assertThat(first.ran(slot)).isEqualTo(new SlotContext(slot, START, slot, slot, 1));
        assertThat(first.ran(slot).ran(START.plusSeconds(5)))
                .as("now never goes back")
                .isEqualTo(new SlotContext(slot, START, START.plusSeconds(5), START.plusSeconds(5), 2));
        assertThat(first.ran(slot).passed(slot.plusSeconds(1)))
                .isEqualTo(new SlotContext(slot.plusSeconds(1), START, slot.plusSeconds(1), slot.plusSeconds(1), 1));
        assertThat(first.ran(slot).startedAt(slot)).isEqualTo(new SlotContext(slot, slot, null, null, 1));
        assertThat(first.ran(slot).withRunStart(slot)).isEqualTo(new SlotContext(slot, slot, slot, slot, 1));
    }
}
