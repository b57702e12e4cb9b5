package dev.vloop.tests.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.Loop;
import dev.vloop.LoopState;
import dev.vloop.MissedSlots;
import dev.vloop.Schedule;
import dev.vloop.tests.support.VirtualTimeTest;
import java.io.IOException;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("R10: pause and resume")
class PauseTest extends VirtualTimeTest {
    private Loop everyTen() {
        return loops.loop("job").every(seconds(10)).missed(MissedSlots.RUN_ALL).start(it -> note("body"));
    }

    @Test
    void no_iteration_begins_until_resume_which_goes_on_at_the_next_future_slot() {
        Loop loop = everyTen();
        loops.advance(seconds(5));
        loop.pause();
        loops.advance(seconds(30));
        assertThat(loop.status().state()).isEqualTo(LoopState.PAUSED);
        loop.resume();
        loops.advance(seconds(20));
        assertThat(events).containsExactly("body 0", "body 40", "body 50");
        assertThat(loop.status().missedSlots()).isZero();
    }

    @Test
    void a_loop_whose_slots_are_over_completes_when_it_is_resumed() {
        Loop loop = loops.loop("job")
                .schedule(Schedule.every(seconds(10)).limitedTo(2))
                .start(it -> note("body"));
        loops.advance(seconds(5));
        loop.pause();
        loop.trigger(); // the second slot is still to come, and the run goes on
        loops.advance(seconds(1));
        loop.changeSchedule(Schedule.every(seconds(10)).limitedTo(1));
        loops.advance(seconds(60));
        assertThat(loop.status().state()).isEqualTo(LoopState.PAUSED);
        loop.resume();
        loops.settle();
        assertThat(loop.isRunning()).isFalse();
        assertThat(events).containsExactly("body 0", "body 5");
    }

    @Test
    void an_iteration_that_runs_finishes() {
        Loop loop = loops.loop("job").every(seconds(10)).start(it -> {
            note("begin");
            it.sleep(seconds(5));
            note("end");
        });
        loops.advance(seconds(2));
        loop.pause();
        loops.advance(seconds(30));
        assertThat(events).containsExactly("begin 0", "end 5");
        assertThat(loop.status().state()).isEqualTo(LoopState.PAUSED);
    }

    @Test
    void the_retries_of_an_iteration_that_runs_are_made() {
        Loop loop = loops.loop("job")
                .every(seconds(10))
                .backoff((failure, random) -> seconds(30))
                .start(it -> {
                    note("attempt " + it.attempt());
                    if (it.attempt() < 3) {
                        throw new IOException("no network");
                    }
                });
        loops.advance(seconds(2));
        loop.pause();
        loops.advance(seconds(100));
        assertThat(events).containsExactly("attempt 1 0", "attempt 2 30", "attempt 3 60");
    }

    @Test
    void a_pause_and_resume_between_two_slots_changes_nothing() {
        Loop loop = everyTen();
        loops.advance(seconds(3));
        loop.pause();
        loops.advance(seconds(3));
        loop.resume();
        loops.advance(seconds(14));
        assertThat(events).containsExactly("body 0", "body 10", "body 20");
    }

    @Test
    void a_slot_at_the_very_instant_of_the_resume_is_not_past() {
        Loop loop = everyTen();
        loops.advance(seconds(5));
        loop.pause();
        loops.advance(seconds(25));
        loop.resume();
        loops.settle();
        assertThat(events).containsExactly("body 0", "body 30");
    }

    @Test
    void a_pause_and_resume_during_the_body_drops_the_slots_that_passed() {
        Loop loop = loops.loop("job")
                .every(seconds(10))
                .missed(MissedSlots.RUN_ALL)
                .start(it -> {
                    note("body");
                    if (it.index() == 0) {
                        it.sleep(seconds(35));
                    }
                });
        loops.advance(seconds(5));
        loop.pause();
        loops.advance(seconds(20));
        loop.resume();
        loops.advance(seconds(25));
        assertThat(events).containsExactly("body 0", "body 40", "body 50");
        assertThat(loop.status().missedSlots()).isZero();
    }

    @Test
    void before_the_first_slot_it_holds_the_first_iteration_back() {
        Loop loop = everyTen();
        loop.pause();
        loops.advance(seconds(25));
        assertThat(events).isEmpty();
        loop.resume();
        loops.advance(seconds(10));
        assertThat(events).containsExactly("body 30");
    }

    @Test
    void beforeLoop_of_a_paused_loop_runs() {
        Loop loop = everySecond().build(it -> note("body"));
        loop.pause();
        loop.start();
        loops.advance(seconds(5));
        assertThat(events).containsExactly("before 0");
        assertThat(loop.status().state()).isEqualTo(LoopState.PAUSED);
    }

    @Test
    void a_pause_of_an_idle_loop_holds_for_its_next_run() {
        Loop loop = loops.loop("job").every(seconds(10)).build(it -> note("body"));
        loop.pause();
        loop.start();
        loops.advance(seconds(15));
        loop.resume();
        loops.advance(seconds(5));
        assertThat(events).containsExactly("body 20");
    }

    @Test
    void a_pause_outlives_a_restart() {
        Loop loop = everyTen();
        loops.advance(seconds(5));
        loop.pause();
        loop.restart();
        loops.advance(seconds(100));
        assertThat(events).containsExactly("body 0");
    }

    @Test
    void an_idle_loop_that_was_resumed_starts_as_any_other() {
        Loop loop = loops.loop("job").every(seconds(10)).build(it -> note("body"));
        loop.pause();
        loop.resume();
        loop.start();
        loops.settle();
        assertThat(events).containsExactly("body 0");
    }

    @Test
    void a_resume_of_a_loop_that_is_not_paused_does_nothing() {
        Loop loop = loops.loop("job")
                .every(seconds(10))
                .missed(MissedSlots.RUN_ALL)
                .start(it -> {
                    note("body");
                    if (it.index() == 0) {
                        it.sleep(seconds(25));
                    }
                });
        loops.advance(seconds(22));
        loop.resume();
        loops.advance(seconds(8));
        assertThat(events).containsExactly("body 0", "body 25", "body 25", "body 30");
    }

    @Test
    void several_pauses_need_one_resume() {
        Loop loop = everyTen();
        loops.advance(seconds(5));
        loop.pause();
        loop.pause();
        loops.advance(seconds(1));
        loop.resume();
        loops.advance(seconds(4));
        assertThat(events).containsExactly("body 0", "body 10");
    }

    @Test
    void a_body_may_pause_its_own_loop() {
        Loop loop = loops.loop("job").every(seconds(10)).start(it -> {
            note("body");
            it.loop().pause();
        });
        loops.advance(seconds(25));
        loop.resume();
        loops.advance(seconds(30));
        assertThat(events).containsExactly("body 0", "body 30");
    }

    @Test
    void a_paused_times_of_day_loop_goes_on_at_its_next_time() {
        Loop loop = loops.loop("job")
                .dailyAt(ZoneOffset.UTC, LocalTime.of(6, 0))
                .missed(MissedSlots.RUN_ALL)
                .start(it -> note("body"));
        loops.advance(seconds(3600));
        loop.pause();
        loops.advance(seconds(3 * 86_400));
        loop.resume();
        loops.advance(seconds(86_400));
        assertThat(events).containsExactly("body " + (3 * 86_400 + 6 * 3600));
        assertThat(loop.status().missedSlots()).isZero();
    }

    @Test
    void a_paused_fixed_delay_loop_goes_on_when_it_is_resumed_late() {
        Loop loop = loops.loop("job").fixedDelay(seconds(10)).start(it -> note("body"));
        loops.advance(seconds(5));
        loop.pause();
        loops.advance(seconds(20));
        loop.resume();
        loops.advance(seconds(30));
        assertThat(events).containsExactly("body 0", "body 30", "body 40", "body 50");
        assertThat(loop.status().missedSlots()).isZero();
    }

    @Test
    void a_paused_loop_has_no_next_slot() {
        Loop loop = everyTen();
        loops.settle();
        assertThat(loop.nextIteration()).isEqualTo(ORIGIN.plusSeconds(10));
        loop.pause();
        assertThat(loop.nextIteration()).isNull();
        loop.resume();
        loops.settle();
        assertThat(loop.nextIteration()).isEqualTo(ORIGIN.plusSeconds(10));
    }

    @Test
    void a_schedule_that_ends_while_paused_completes_the_run_when_resumed() {
        Loop loop = noting().schedule(dev.vloop.Schedule.every(seconds(10)).limitedTo(3))
                .start(it -> note("body"));
        loops.advance(seconds(5));
        loop.pause();
        loops.advance(seconds(100));
        assertThat(loop.isRunning()).isTrue();
        loop.resume();
        loops.settle();
        assertThat(events).containsExactly("before 0", "body 0", "after Completed 105");
    }

    static List<Schedule> otherSchedules() {
        return List.of(
                Schedule.dailyAt(ZoneOffset.UTC, LocalTime.of(0, 0, 30)),
                Schedule.every(seconds(10)).shiftedBy(Duration.ZERO),
                Schedule.anyOf(Schedule.every(seconds(10)), Schedule.dailyAt(ZoneOffset.UTC, LocalTime.NOON)),
                at -> at.lastSlot() == null ? at.runStart() : at.lastSlot().plusSeconds(10));
    }

    @ParameterizedTest
    @MethodSource("otherSchedules")
    void a_slot_at_the_very_instant_of_the_resume_is_not_past_whatever_the_schedule(Schedule schedule) {
        Loop loop = loops.loop("job").schedule(schedule).start(it -> note("body"));
        loops.advance(seconds(5));
        loop.pause();
        loops.advance(seconds(25));
        loop.resume();
        loops.settle();
        assertThat(events).last().isEqualTo("body 30");
        assertThat(loop.status().missedSlots()).isZero();
    }
}
