package dev.vloop.tests.time;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.Iteration;
import dev.vloop.Loop;
import dev.vloop.MissedSlots;
import dev.vloop.Schedule;
import dev.vloop.tests.support.VirtualTimeTest;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("R24: changing the schedule")
class ChangeScheduleTest extends VirtualTimeTest {
    private Loop everyTen() {
        Loop loop = loops.loop("job").every(seconds(10)).start(this::noteSlot);
        loops.advance(seconds(13));
        return loop;
    }

    private void noteSlot(Iteration it) {
        note("slot " + Duration.between(ORIGIN, it.scheduledAt()).toSeconds());
    }

    @Test
    void a_waiting_loop_is_re_armed_at_once_to_an_earlier_slot_counted_from_the_last_one() {
        everyTen().changeInterval(seconds(4));
        loops.advance(seconds(5));
        assertThat(events).containsExactly("slot 0 0", "slot 10 10", "slot 14 14", "slot 18 18");
    }

    @Test
    void a_waiting_loop_is_re_armed_at_once_to_a_later_slot_counted_from_the_last_one() {
        Loop loop = everyTen();
        loop.changeInterval(seconds(30));
        loops.advance(seconds(27));
        assertThat(events).containsExactly("slot 0 0", "slot 10 10", "slot 40 40");
        assertThat(loop.nextIteration()).isEqualTo(ORIGIN.plusSeconds(70));
    }

    @Test
    void a_change_that_is_made_while_another_is_heeded_comes_after_it() {
        Loop loop = loops.loop("job").every(seconds(100)).start(this::noteSlot);
        loops.advance(seconds(1));
        loop.changeSchedule(at -> {
            loop.changeInterval(seconds(3));
            return at.now().plusSeconds(50);
        });
        loops.advance(seconds(10));
        assertThat(loop.schedule()).isEqualTo(Schedule.every(seconds(3)));
        assertThat(events).containsExactly("slot 0 0", "slot 3 3", "slot 6 6", "slot 9 9");
    }

    @Test
    void a_new_slot_that_has_passed_is_due_now() {
        Loop loop = everyTen();
        loop.changeInterval(seconds(2));
        loops.advance(seconds(1));
        assertThat(events).containsExactly("slot 0 0", "slot 10 10", "slot 12 13", "slot 14 14");
        assertThat(loop.status().missedSlots()).isZero();
    }

    @Test
    void a_new_slot_that_has_passed_is_due_now_even_where_missed_slots_are_skipped() {
        Loop loop =
                loops.loop("job").every(seconds(100)).missed(MissedSlots.SKIP).start(this::noteSlot);
        loops.advance(seconds(55));
        loop.changeInterval(seconds(10));
        loops.advance(seconds(5));
        assertThat(events).containsExactly("slot 0 0", "slot 50 55", "slot 60 60");
        assertThat(loop.status().missedSlots()).isZero();
    }

    @Test
    void with_run_all_each_new_slot_that_has_passed_is_due_now() {
        Loop loop = loops.loop("job")
                .every(seconds(100))
                .missed(MissedSlots.RUN_ALL)
                .start(this::noteSlot);
        loops.advance(seconds(25));
        loop.changeInterval(seconds(10));
        loops.advance(seconds(5));
        assertThat(events).containsExactly("slot 0 0", "slot 10 25", "slot 20 25", "slot 30 30");
    }

    @Test
    void after_slots_were_skipped_the_next_one_is_counted_from_the_last_of_them() {
        Loop loop = loops.loop("job")
                .every(seconds(10))
                .missed(MissedSlots.SKIP)
                .start(it -> {
                    noteSlot(it);
                    if (it.index() == 0) {
                        it.sleep(seconds(45));
                    }
                });
        loops.advance(seconds(46));
        loop.changeInterval(seconds(7));
        loops.advance(seconds(8));
        assertThat(events).containsExactly("slot 0 0", "slot 47 47", "slot 54 54");
    }

    @Test
    void during_a_body_it_takes_effect_after_it() {
        Loop loop = loops.loop("job").every(seconds(10)).start(it -> {
            noteSlot(it);
            if (it.index() == 1) {
                it.sleep(seconds(5));
            }
            note("end");
        });
        loops.advance(seconds(12));
        loop.changeInterval(seconds(3));
        loops.advance(seconds(6));
        assertThat(events)
                .containsExactly(
                        "slot 0 0", "end 0", "slot 10 10", "end 15", "slot 13 15", "end 15", "slot 16 16", "end 16");
    }

    @Test
    void a_body_may_change_its_own_interval() {
        loops.loop("job").every(seconds(1)).start(it -> {
            noteSlot(it);
            it.loop().changeInterval(seconds(it.index() + 2));
        });
        loops.advance(seconds(10));
        assertThat(events).containsExactly("slot 0 0", "slot 2 2", "slot 5 5", "slot 9 9");
    }

    @Test
    void during_beforeLoop_it_replaces_the_schedule() {
        Loop loop = loops.loop("job")
                .every(seconds(10))
                .beforeLoop(() -> loops.clock().sleep(seconds(5)))
                .start(this::noteSlot);
        loops.advance(seconds(2));
        loop.changeInterval(seconds(2));
        loops.advance(seconds(7));
        assertThat(events).containsExactly("slot 5 5", "slot 7 7", "slot 9 9");
    }

    @Test
    void before_the_first_iteration_it_replaces_the_schedule() {
        Loop loop =
                loops.loop("job").dailyAt(ZoneOffset.UTC, LocalTime.of(6, 0)).start(this::noteSlot);
        loops.advance(seconds(5));
        loop.changeSchedule(Schedule.dailyAt(ZoneOffset.UTC, LocalTime.of(0, 1)));
        loops.advance(seconds(55));
        assertThat(events).containsExactly("slot 60 60");
    }

    @Test
    void on_an_idle_loop_it_holds_for_the_next_run() {
        Loop loop = loops.loop("job").every(seconds(10)).build(this::noteSlot);
        loop.changeInterval(seconds(2));
        loop.start();
        loops.advance(seconds(4));
        assertThat(events).containsExactly("slot 0 0", "slot 2 2", "slot 4 4");
    }

    @Test
    void it_outlives_the_run() {
        Loop loop = everyTen();
        loop.changeInterval(seconds(30));
        loop.restart();
        loops.advance(seconds(30));
        assertThat(events).containsExactly("slot 0 0", "slot 10 10", "slot 13 13", "slot 43 43");
    }

    @Test
    void the_same_interval_again_changes_nothing() {
        Loop loop = everyTen();
        for (int i = 0; i < 3; i++) {
            loop.changeInterval(seconds(10));
            loops.advance(seconds(2));
        }
        loops.advance(seconds(1));
        assertThat(events).containsExactly("slot 0 0", "slot 10 10", "slot 20 20");
    }

    @Test
    void the_same_times_of_day_again_change_nothing() {
        Loop loop =
                loops.loop("job").dailyAt(ZoneOffset.UTC, LocalTime.of(0, 0)).start(this::noteSlot);
        loops.advance(seconds(5));
        loop.changeSchedule(Schedule.dailyAt(ZoneOffset.UTC, LocalTime.of(0, 0)));
        loops.advance(Duration.ofHours(24));
        assertThat(events).containsExactly("slot 0 0", "slot 86400 86400");
    }

    @Test
    void from_an_interval_to_times_of_day() {
        everyTen().changeSchedule(Schedule.dailyAt(ZoneOffset.UTC, LocalTime.of(0, 1), LocalTime.of(0, 2)));
        loops.advance(seconds(200));
        assertThat(events).containsExactly("slot 0 0", "slot 10 10", "slot 60 60", "slot 120 120");
    }

    @Test
    void from_times_of_day_to_an_interval() {
        Loop loop =
                loops.loop("job").dailyAt(ZoneOffset.UTC, LocalTime.of(0, 1)).start(this::noteSlot);
        loops.advance(seconds(65));
        loop.changeInterval(seconds(20));
        loops.advance(seconds(40));
        assertThat(events).containsExactly("slot 60 60", "slot 80 80", "slot 100 100");
    }

    @Test
    void from_an_interval_to_a_fixed_delay() {
        Loop loop = loops.loop("job").every(seconds(10)).start(it -> {
            noteSlot(it);
            it.sleep(seconds(4));
        });
        loops.advance(seconds(15));
        loop.changeSchedule(Schedule.fixedDelay(seconds(10)));
        loops.advance(seconds(25));
        assertThat(events).containsExactly("slot 0 0", "slot 10 10", "slot 24 24", "slot 38 38");
    }

    @Test
    void to_a_schedule_without_a_further_slot_completes_the_run() {
        Loop loop = everyTen();
        loop.changeSchedule(at -> null);
        loops.settle();
        assertThat(loop.isRunning()).isFalse();
        assertThat(loop.status().lastEnd()).isEqualTo(new dev.vloop.LoopEnd.Completed(2));
    }

    @Test
    void while_paused_it_is_heeded_at_the_resume() {
        Loop loop = everyTen();
        loop.pause();
        loop.changeInterval(seconds(4));
        loops.advance(seconds(10));
        loop.resume();
        loops.advance(seconds(3));
        assertThat(events).containsExactly("slot 0 0", "slot 10 10", "slot 26 26");
    }

    @Test
    void of_several_changes_the_last_one_counts() {
        Loop loop = everyTen();
        loop.changeInterval(seconds(2));
        loop.changeInterval(seconds(60));
        loop.changeInterval(seconds(5));
        loops.advance(seconds(2));
        assertThat(events).containsExactly("slot 0 0", "slot 10 10", "slot 15 15");
    }

    static List<Schedule> otherSchedules() {
        return List.of(
                Schedule.every(seconds(60)),
                Schedule.every(seconds(60)).shiftedBy(Duration.ZERO),
                Schedule.fixedDelay(seconds(60)),
                Schedule.dailyAt(ZoneOffset.UTC, LocalTime.NOON));
    }

    @ParameterizedTest
    @MethodSource("otherSchedules")
    void the_last_slot_its_end_and_the_number_of_slots_outlive_several_changes(Schedule inBetween) {
        Loop loop = loops.loop("job").every(seconds(10)).start(it -> {
            noteSlot(it);
            it.sleep(seconds(4));
        });
        loops.advance(seconds(15));
        loop.changeSchedule(inBetween);
        loops.advance(seconds(1));
        loop.changeSchedule(Schedule.fixedDelay(seconds(10)).limitedTo(4));
        loops.advance(seconds(40));
        assertThat(events).containsExactly("slot 0 0", "slot 10 10", "slot 24 24", "slot 38 38");
        assertThat(loop.isRunning()).isFalse();
    }

    static List<Schedule> everyTenSeconds() {
        return List.of(Schedule.every(seconds(10)), Schedule.every(seconds(10)).shiftedBy(Duration.ZERO));
    }

    @ParameterizedTest
    @MethodSource("everyTenSeconds")
    void after_a_change_slots_are_missed_as_ever(Schedule other) {
        Loop loop = loops.loop("job").every(seconds(100)).start(it -> {
            noteSlot(it);
            it.sleep(seconds(it.index() == 2 ? 35 : 0));
        });
        loops.advance(seconds(55));
        loop.changeSchedule(other);
        loops.advance(seconds(45));
        assertThat(events).containsExactly("slot 0 0", "slot 50 55", "slot 60 60", "slot 90 95", "slot 100 100");
        assertThat(loop.status().missedSlots()).isEqualTo(2);
    }
}
