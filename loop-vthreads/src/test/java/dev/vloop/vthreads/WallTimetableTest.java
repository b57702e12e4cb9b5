package dev.vloop.vthreads;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vloop.MissedSlots;
import dev.vloop.Schedule;
import dev.vloop.SlotContext;
import dev.vloop.spi.CalendarSchedule;
import dev.vloop.spi.Host;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** It is 08:30:00 at first, 0 on the monotonic clock. */
@DisplayName("R19, R21, R24: a timetable on the wall clock")
class WallTimetableTest {
    private static final SearchLimit NONE = () -> false;
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final long SECOND = 1_000_000_000L;

    /** A slot at the start of each minute. */
    private record Minutes() implements CalendarSchedule {
        @Override
        public Instant nextAfter(Instant instant) {
            return instant.truncatedTo(ChronoUnit.MINUTES).plus(MINUTE);
        }
    }

    private final HandMovedHost host = new HandMovedHost();

    private Timetable start(Schedule schedule) {
        return Timetable.first(schedule, host, NONE, 0);
    }

    private static Instant at(String time) {
        return Instant.parse("2026-03-10T" + time + "Z");
    }

    private void move(long seconds) {
        host.wall = host.wall.plusSeconds(seconds);
    }

    private static void begin(Timetable slots) {
        slots.beginSlot(slots.preview());
    }

    @Test
    void begins_with_the_first_slot_at_or_after_the_start() {
        Timetable slots = start(new Minutes());
        assertThat(slots.nextInstant()).isEqualTo(at("08:30:00"));
        assertThat(slots.nextNano()).isEqualTo(-1);
        assertThat(slots.lastInstant()).isNull();
        assertThat(slots.lastNano()).isEqualTo(-1);
        assertThat(slots.followsWallClock()).isTrue();
        assertThat(slots.asksSchedule()).isTrue();
        assertThat(slots.isDue(0)).isTrue();
        begin(slots);
        assertThat(slots.lastInstant()).isEqualTo(at("08:30:00"));
        assertThat(slots.lastNano()).isEqualTo(-1);
        assertThat(slots.nextInstant()).isEqualTo(at("08:31:00"));
        assertThat(slots.deadline()).isEqualTo(60 * SECOND);
        assertThat(slots.isDue(host.nanoTime())).isFalse();
        host.run(MINUTE);
        assertThat(slots.isDue(host.nanoTime())).isTrue();
    }

    @Test
    void does_not_follow_the_clock_with_a_schedule_that_counts_time() {
        Timetable slots = start(Schedule.every(MINUTE).limitedTo(9));
        begin(slots);
        move(3_600);
        assertThat(slots.clockWasMoved()).isFalse();
        assertThat(slots.isDue(host.nanoTime())).isFalse();
        move(-7_200);
        assertThat(slots.clockWasMoved()).isFalse();
        host.run(MINUTE);
        assertThat(slots.isDue(host.nanoTime())).isTrue();
    }

    @Test
    void looks_again_for_the_end_of_a_schedule_that_counts_time_when_the_clock_was_moved() {
        Timetable slots = start(Schedule.every(MINUTE).until(at("08:40:00")));
        begin(slots);
        assertThat(slots.clockWasMoved()).isFalse();
        move(1_800);
        assertThat(slots.clockWasMoved()).isTrue();
        slots.followClock();
        assertThat(slots.clockWasMoved()).isFalse();
        assertThat(slots.isExhausted()).as("the end has passed").isTrue();
    }

    @Test
    void keeps_its_slots_when_the_clock_moves_the_end_of_a_schedule_that_counts_time() {
        Timetable slots = start(Schedule.every(MINUTE).until(at("08:40:00")));
        begin(slots);
        host.run(Duration.ofSeconds(20));
        move(300);
        assertThat(slots.clockWasMoved()).isTrue();
        slots.followClock();
        assertThat(slots.isExhausted()).isFalse();
        assertThat(slots.nextNano()).isEqualTo(60 * SECOND);
        host.run(Duration.ofSeconds(40));
        assertThat(slots.isDue(host.nanoTime())).isTrue();
    }

    @Test
    void takes_on_an_interval_that_nanoseconds_cannot_count() {
        Schedule centuries = Schedule.every(Duration.ofDays(400 * 365));
        for (Schedule before : new Schedule[] {new Minutes(), Schedule.every(MINUTE)}) {
            Timetable slots = start(before);
            begin(slots);
            Timetable changed = slots.changed(host, NONE, centuries, MissedSlots.RUN_ONCE);
            assertThat(changed.isExhausted()).isFalse();
            assertThat(changed.isDue(host.nanoTime())).isFalse();
            assertThat(changed.deadline()).isEqualTo(Host.NEVER);
            assertThat(changed.isDue(Host.NEVER - 1)).isFalse();
        }
        host.run(MINUTE);
        for (Schedule before : new Schedule[] {new Minutes(), Schedule.every(MINUTE)}) {
            Timetable slots = Timetable.first(before, host, NONE, SECOND); // has had no slot yet
            Timetable changed = slots.changed(host, NONE, centuries, MissedSlots.RUN_ONCE);
            host.run(Duration.ofSeconds(1));
            assertThat(changed.isDue(host.nanoTime())).isTrue();
            begin(changed);
            assertThat(changed.isDue(Host.NEVER - 1)).isFalse();
        }
    }

    @Test
    void begins_after_the_initial_delay() {
        Timetable slots = Timetable.first(new Minutes(), host, NONE, 90 * SECOND);
        assertThat(slots.nextInstant()).isEqualTo(at("08:32:00"));
    }

    @Test
    void notices_a_clock_that_was_set_back_until_that_is_heeded() {
        Timetable slots = start(new Minutes());
        begin(slots);
        assertThat(slots.clockWasMoved()).isFalse();
        move(3_600);
        assertThat(slots.clockWasMoved()).isFalse();
        move(-1_800);
        assertThat(slots.clockWasMoved()).isTrue();
        assertThat(slots.isDue(0)).as("as if it had not been set back").isTrue();
        assertThat(slots.clockWasMoved()).isTrue();
        slots.followClock();
        assertThat(slots.clockWasMoved()).isFalse();
    }

    @Test
    void has_a_slot_due_that_came_before_the_clock_was_set_back() {
        Timetable slots = start(new Minutes());
        begin(slots);
        host.run(MINUTE);
        assertThat(slots.isDue(host.nanoTime())).isTrue();
        move(-1_800);
        assertThat(slots.isDue(host.nanoTime())).isTrue();
    }

    @Test
    void goes_on_after_a_set_back_at_the_first_slot_that_is_as_far_away() {
        Timetable slots = start(new Minutes());
        begin(slots);
        host.run(Duration.ofSeconds(10));
        move(-3_600);
        slots.followClock();
        assertThat(slots.nextInstant()).isEqualTo(at("07:31:00"));
        assertThat(slots.lastInstant()).as("what happened moves, too").isEqualTo(at("07:30:00"));
        assertThat(slots.deadline()).isEqualTo(60 * SECOND);

        move(-30);
        slots.followClock();
        assertThat(slots.nextInstant()).as("07:30:30 or later").isEqualTo(at("07:31:00"));
        assertThat(slots.deadline()).isEqualTo(90 * SECOND);

        move(-20);
        slots.followClock();
        assertThat(slots.nextInstant()).as("still from the first wait on").isEqualTo(at("07:31:00"));
        assertThat(slots.deadline()).isEqualTo(110 * SECOND);

        move(-40);
        slots.followClock();
        assertThat(slots.nextInstant()).as("07:29:30 or later").isEqualTo(at("07:30:00"));
        assertThat(slots.deadline()).isEqualTo(90 * SECOND);
    }

    @Test
    void waits_anew_after_a_slot_that_came_after_a_set_back() {
        Timetable slots = start(new Minutes());
        begin(slots);
        move(-30);
        slots.followClock();
        host.run(Duration.ofSeconds(90));
        assertThat(slots.skipMissed(MissedSlots.RUN_ONCE, Host.NEVER, true, host.nanoTime()))
                .isZero();
        begin(slots);
        assertThat(slots.lastInstant()).isEqualTo(at("08:31:00"));
        move(-30);
        slots.followClock();
        assertThat(slots.deadline())
                .as("from this wait on, not from the one before")
                .isEqualTo(180 * SECOND);
    }

    @Test
    void does_not_run_a_slot_again_when_the_clock_is_set_back_by_the_distance_of_two() {
        Timetable slots = start(new Minutes());
        host.run(MINUTE);
        slots.dropPassed(host.nanoTime());
        begin(slots);
        assertThat(slots.lastInstant()).isEqualTo(at("08:31:00"));
        move(-60);
        slots.followClock();
        assertThat(slots.nextInstant()).isEqualTo(at("08:32:00"));
        assertThat(slots.deadline()).isEqualTo(180 * SECOND);
    }

    @Test
    void stays_over_when_it_is_over_and_the_clock_is_set_back() {
        Timetable slots = start(at -> null);
        move(-60);
        slots.followClock();
        assertThat(slots.isExhausted()).isTrue();
    }

    @Test
    void misses_the_slots_over_which_the_clock_was_set_forward() {
        for (MissedSlots policy : MissedSlots.values()) {
            host.wall = at("08:30:00");
            Timetable slots = start(new Minutes());
            begin(slots);
            move(200);
            assertThat(slots.isDue(host.nanoTime())).isTrue();
            long skipped = slots.skipMissed(policy, Host.NEVER, true, host.nanoTime());
            Instant next = requireNonNull(slots.nextInstant());
            switch (policy) {
                case RUN_ONCE -> assertThat(next + " " + skipped).isEqualTo(at("08:33:00") + " 2");
                case RUN_ALL -> assertThat(next + " " + skipped).isEqualTo(at("08:31:00") + " 0");
                case SKIP -> assertThat(next + " " + skipped).isEqualTo(at("08:34:00") + " 3");
            }
            assertThat(slots.firstSkipped(new RuntimeClock(host), 1, 0)).isEqualTo(at("08:31:00"));
        }
    }

    @Test
    void skips_what_is_too_late_whatever_the_policy() {
        Timetable slots = start(new Minutes());
        begin(slots);
        move(200); // 08:33:20
        assertThat(slots.skipMissed(MissedSlots.RUN_ALL, 80 * SECOND, true, host.nanoTime()))
                .isOne();
        assertThat(slots.nextInstant()).isEqualTo(at("08:32:00"));
        assertThat(slots.skipMissed(MissedSlots.RUN_ALL, 80 * SECOND - 1, true, host.nanoTime()))
                .isOne();
        assertThat(slots.nextInstant()).isEqualTo(at("08:33:00"));
        assertThat(slots.firstSkipped(new RuntimeClock(host), 1, 0)).isEqualTo(at("08:32:00"));
    }

    @Test
    void runs_a_slot_that_is_a_second_late_on_time_and_skips_those_before_it() {
        Timetable slots = start(new Minutes());
        begin(slots);
        move(61);
        assertThat(slots.skipMissed(MissedSlots.SKIP, Host.NEVER, false, host.nanoTime()))
                .isOne();
        slots = start(new Minutes());
        assertThat(slots.nextInstant()).isEqualTo(at("08:32:00"));
        move(60);
        assertThat(slots.skipMissed(MissedSlots.SKIP, Host.NEVER, true, host.nanoTime()))
                .isZero();
        move(60);
        assertThat(slots.skipMissed(MissedSlots.SKIP, SECOND, true, host.nanoTime()))
                .as("neither is on time")
                .isEqualTo(2);
        assertThat(slots.nextInstant()).isEqualTo(at("08:34:00"));
    }

    @Test
    void drops_what_has_passed_and_not_what_is_due_now() {
        Timetable slots = start(new Minutes());
        begin(slots);
        move(120);
        slots.dropPassed(host.nanoTime());
        assertThat(slots.nextInstant()).isEqualTo(at("08:32:00"));
    }

    @Test
    void is_served_by_an_attempt_that_begins_at_a_slot_or_after_it() {
        Timetable slots = start(new Minutes());
        begin(slots);
        host.run(Duration.ofSeconds(200)); // 08:33:20
        assertThat(slots.serve(59 * SECOND)).isZero();
        assertThat(slots.nextInstant()).isEqualTo(at("08:31:00"));
        assertThat(slots.serve(60 * SECOND)).isZero();
        assertThat(slots.nextInstant()).isEqualTo(at("08:32:00"));
        assertThat(slots.serve(185 * SECOND)).isOne();
        assertThat(slots.nextInstant()).isEqualTo(at("08:34:00"));
        assertThat(slots.firstSkipped(new RuntimeClock(host), 1, 1)).isEqualTo(at("08:32:00"));
    }

    @Test
    void knows_nothing_of_skipped_slots_before_there_were_some() {
        Timetable slots = start(new Minutes());
        assertThatThrownBy(() -> slots.firstSkipped(new RuntimeClock(host), 1, 0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("nothing was skipped");
    }

    @Test
    void ends_with_its_schedule() {
        Timetable slots = start(at -> at.slots() == 0 ? at.runStart() : null);
        assertThat(slots.isExhausted()).isFalse();
        begin(slots);
        slots.endSlot(host.nanoTime());
        assertThat(slots.isExhausted()).isTrue();
        assertThat(slots.isDue(Host.NEVER - 1)).isFalse();
        assertThat(slots.deadline()).isEqualTo(Host.NEVER);
        assertThat(slots.nextInstant()).isNull();
        assertThat(slots.nextNano()).isEqualTo(-1);
        assertThat(slots.skipMissed(MissedSlots.SKIP, 0, true, 0)).isZero();
    }

    @Test
    void that_never_comes_has_no_slot_to_show() {
        Timetable slots = start(Schedule.never());
        assertThat(slots.isExhausted()).isFalse();
        assertThat(slots.deadline()).isEqualTo(Host.NEVER);
        assertThat(slots.nextInstant()).isNull();
        assertThat(slots.nextNano()).isEqualTo(-1);
        Timetable far = start(Schedule.every(Duration.ofDays(300 * 366)).shiftedBy(Duration.ofDays(300 * 366)));
        assertThat(far.nextInstant())
                .as("too far for nanoseconds")
                .isEqualTo(host.wall.plus(Duration.ofDays(300 * 366)));
        assertThat(far.nextNano()).isEqualTo(-1);
        Timetable near = start(Schedule.every(MINUTE).shiftedBy(MINUTE));
        assertThat(near.nextInstant()).isNull();
        assertThat(near.nextNano()).isEqualTo(60 * SECOND);
        assertThat(near.followsWallClock()).isFalse();
    }

    /** A schedule that does what the test says. */
    private static final class Told implements Schedule {
        private @Nullable SlotContext asked;
        private Schedule now = new Minutes();

        @Override
        public @Nullable Instant next(SlotContext at) {
            asked = at;
            return now.next(at);
        }
    }

    @Test
    void asks_its_schedule_with_all_that_happened() {
        Told told = new Told();
        host.run(Duration.ofSeconds(30));
        Timetable slots = start(told);
        assertThat(told.asked).isEqualTo(new SlotContext(at("08:30:30"), at("08:30:30"), null, null, 0));
        host.run(Duration.ofSeconds(31));
        Instant following = slots.preview();
        assertThat(told.asked).isEqualTo(new SlotContext(at("08:31:01"), at("08:30:30"), at("08:31:00"), null, 1));
        slots.beginSlot(following);
        host.run(Duration.ofSeconds(2));
        slots.endSlot(host.nanoTime());
        assertThat(told.asked)
                .isEqualTo(new SlotContext(at("08:31:03"), at("08:30:30"), at("08:31:00"), at("08:31:03"), 1));
        host.run(Duration.ofSeconds(2));
        slots.refreshNext();
        assertThat(told.asked)
                .isEqualTo(new SlotContext(at("08:31:05"), at("08:30:30"), at("08:31:00"), at("08:31:03"), 1));
        told.now = at -> at("10:00:00");
        slots.refreshNext();
        assertThat(slots.nextInstant()).isEqualTo(at("10:00:00"));
        told.now = at -> {
            throw new IllegalArgumentException("broken");
        };
        assertThat(slots.preview())
                .as("it will throw at the end of the iteration")
                .isNull();
        assertThatThrownBy(slots::refreshNext).hasMessage("broken");
        told.now = at -> at("08:31:00");
        assertThatThrownBy(slots::refreshNext).hasMessageContaining("not after its last slot");
    }

    @Test
    void tells_a_new_schedule_all_that_happened() {
        Timetable slots = start(new Minutes());
        begin(slots);
        slots.endSlot(host.nanoTime());
        host.run(Duration.ofSeconds(10));
        Told told = new Told();
        Timetable changed = slots.changed(host, NONE, told, MissedSlots.RUN_ALL);
        assertThat(told.asked)
                .isEqualTo(new SlotContext(at("08:30:10"), at("08:30:00"), at("08:30:00"), at("08:30:00"), 1));
        assertThat(changed.nextInstant()).isEqualTo(at("08:31:00"));
        host.run(Duration.ofSeconds(200));
        changed = changed.changed(host, NONE, new Minutes(), MissedSlots.RUN_ALL);
        assertThat(changed.nextInstant()).as("it counts from the change on").isEqualTo(at("08:34:00"));
    }

    @Test
    void begins_to_ask_a_new_schedule_no_earlier_than_the_run() {
        Timetable slots = Timetable.first(new Minutes(), host, NONE, 600 * SECOND);
        Timetable changed = slots.changed(host, NONE, new Minutes(), MissedSlots.RUN_ONCE);
        assertThat(changed.nextInstant()).isEqualTo(at("08:40:00"));
    }

    @Test
    void makes_up_for_at_most_one_slot_when_the_kind_of_clock_changes() {
        Schedule seconds = Schedule.every(Duration.ofSeconds(1));
        for (Schedule other : new Schedule[] {seconds, seconds.shiftedBy(Duration.ZERO)}) {
            Timetable slots = start(new Minutes());
            begin(slots);
            host.run(MINUTE);
            long now = host.nanoTime();
            Timetable changed = slots.changed(host, NONE, other, MissedSlots.RUN_ALL);
            assertThat(changed.nextNano()).isEqualTo(now);
            Timetable again = changed.changed(host, NONE, seconds.shiftedBy(Duration.ZERO), MissedSlots.RUN_ALL);
            assertThat(again.nextNano())
                    .as("on the same clock, all that passed")
                    .isLessThanOrEqualTo(now);
            host.wall = at("08:30:00");
        }
    }

    @Test
    void gives_up_a_long_search_when_it_is_told_to() {
        long[] asked = {0};
        Schedule nanos = at -> {
            asked[0]++;
            return at.lastSlot() == null ? at.runStart() : at.lastSlot().plusNanos(1);
        };
        Timetable slots = Timetable.first(nanos, host, () -> true, 0);
        host.run(MINUTE);
        long now = host.nanoTime();
        assertThatThrownBy(() -> slots.dropPassed(now)).isInstanceOf(SearchEnded.class);
        assertThat(asked[0]).isBetween(1_000L, 1_100L);
        assertThatThrownBy(() -> slots.skipMissed(MissedSlots.RUN_ONCE, Host.NEVER, true, now))
                .isInstanceOf(SearchEnded.class);
        assertThat(asked[0]).isBetween(2_000L, 2_200L);
        assertThatThrownBy(() -> slots.changed(host, () -> true, nanos, MissedSlots.RUN_ONCE))
                .isInstanceOf(SearchEnded.class);
        assertThat(asked[0]).isBetween(3_000L, 3_300L);
    }
}
