package dev.vloop.tests.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vloop.Iteration;
import dev.vloop.Loop;
import dev.vloop.LoopState;
import dev.vloop.Schedule;
import dev.vloop.tests.support.VirtualTimeTest;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("R10: trigger")
class TriggerTest extends VirtualTimeTest {
    private void noteSlot(Iteration it) {
        note("body " + it.index() + " for "
                + Duration.between(ORIGIN, it.scheduledAt()).toSeconds());
    }

    @Test
    void a_waiting_loop_begins_one_iteration_now_and_its_slots_do_not_move() {
        Loop loop = loops.loop("job").every(seconds(10)).start(this::noteSlot);
        loops.advance(seconds(3));
        loop.trigger();
        loops.advance(seconds(17));
        assertThat(events).containsExactly("body 0 for 0 0", "body 1 for 3 3", "body 2 for 10 10", "body 3 for 20 20");
    }

    @Test
    void a_paused_loop_begins_one_iteration_and_stays_paused() {
        Loop loop = loops.loop("job").every(seconds(10)).start(this::noteSlot);
        loops.advance(seconds(3));
        loop.pause();
        loops.advance(seconds(20));
        loop.trigger();
        loops.advance(seconds(20));
        assertThat(loop.status().state()).isEqualTo(LoopState.PAUSED);
        assertThat(events).containsExactly("body 0 for 0 0", "body 1 for 23 23");
        loop.resume();
        loops.advance(seconds(10));
        assertThat(events).hasSize(3).last().isEqualTo("body 2 for 50 50");
    }

    @Test
    void during_an_iteration_it_asks_for_one_more_right_after() {
        Loop loop = loops.loop("job").every(seconds(100)).start(it -> {
            noteSlot(it);
            it.sleep(seconds(10));
        });
        loops.advance(seconds(3));
        loop.trigger();
        loops.advance(seconds(97));
        assertThat(events).containsExactly("body 0 for 0 0", "body 1 for 10 10", "body 2 for 100 100");
    }

    @Test
    void several_calls_before_it_begins_ask_for_one() {
        Loop loop = loops.loop("job").every(seconds(100)).start(it -> {
            noteSlot(it);
            it.sleep(seconds(10));
        });
        loops.advance(seconds(3));
        loop.trigger();
        loop.trigger();
        loop.trigger();
        loops.advance(seconds(90));
        assertThat(events).containsExactly("body 0 for 0 0", "body 1 for 10 10");
    }

    @Test
    void a_loop_that_is_idle_refuses_it() {
        Loop loop = everySecond().count(1).build(it -> note("body"));
        assertThatThrownBy(loop::trigger)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("'job'");
        loop.start();
        loops.advance(seconds(5));
        assertThatThrownBy(loop::trigger).isInstanceOf(IllegalStateException.class);
        assertThat(events).containsExactly("before 0", "body 0", "after Completed 0");
    }

    @Test
    void during_beforeLoop_it_asks_for_one_right_after_it() {
        Loop loop = noting().beforeLoop(() -> loops.clock().sleep(seconds(5)))
                .every(seconds(10))
                .initialDelay(seconds(10))
                .start(this::noteSlot);
        loops.advance(seconds(2));
        loop.trigger();
        loops.advance(seconds(13));
        assertThat(events).containsExactly("before 0", "body 0 for 5 5", "body 1 for 15 15");
    }

    @Test
    void a_run_that_is_in_afterLoop_refuses_it() {
        AtomicReference<Loop> self = new AtomicReference<>();
        self.set(loops.loop("job")
                .every(seconds(10))
                .count(1)
                .afterLoop(end -> {
                    try {
                        self.get().trigger();
                        note("taken");
                    } catch (IllegalStateException e) {
                        note("refused");
                    }
                })
                .build(it -> note("body")));
        self.get().start();
        loops.settle();
        assertThat(events).containsExactly("body 0", "refused 0");
    }

    @Test
    void it_counts() {
        Loop loop = noting().every(seconds(10)).count(3).start(it -> note("body"));
        loops.advance(seconds(3));
        loop.trigger();
        loops.advance(seconds(100));
        assertThat(events).containsExactly("before 0", "body 0", "body 3", "body 10", "after Completed 10");
    }

    @Test
    void the_last_iteration_of_a_count_may_be_triggered_while_paused() {
        Loop loop = noting().every(seconds(10)).count(2).start(it -> note("body"));
        loops.advance(seconds(3));
        loop.pause();
        loop.trigger();
        loops.settle();
        assertThat(events).containsExactly("before 0", "body 0", "body 3", "after Completed 3");
    }

    @Test
    void a_slot_that_passes_during_the_iteration_is_run_after_it() {
        Loop loop = loops.loop("job").every(seconds(10)).start(it -> {
            noteSlot(it);
            if (it.index() == 1) {
                it.sleep(seconds(4));
            }
        });
        loops.advance(seconds(8));
        loop.trigger();
        loops.advance(seconds(12));
        assertThat(events).containsExactly("body 0 for 0 0", "body 1 for 8 8", "body 2 for 10 12", "body 3 for 20 20");
    }

    @Test
    void a_body_that_triggers_itself_runs_again_and_again() {
        loops.loop("job").every(seconds(100)).start(it -> {
            note("body");
            if (it.index() < 3) {
                it.loop().trigger();
            }
        });
        loops.advance(seconds(10));
        assertThat(events).containsExactly("body 0", "body 0", "body 0", "body 0");
    }

    @Test
    void it_may_be_asked_for_right_after_the_start() {
        Loop loop = loops.loop("job").every(seconds(10)).start(this::noteSlot);
        loop.trigger();
        loops.settle();
        assertThat(events).containsExactly("body 0 for 0 0", "body 1 for 0 0");
    }

    @Test
    void after_a_pause_during_the_iteration_it_still_comes() {
        Loop loop = loops.loop("job").every(seconds(10)).start(it -> {
            note("body");
            it.sleep(seconds(5));
        });
        loops.advance(seconds(1));
        loop.trigger();
        loop.pause();
        loops.advance(seconds(50));
        assertThat(events).containsExactly("body 0", "body 5");
    }

    /** Schedules that the engine does not compute itself, with a slot at second 10. */
    static List<Schedule> otherSchedules() {
        LocalTime second10 = LocalTime.of(0, 0, 10);
        return List.of(
                Schedule.dailyAt(ZoneOffset.UTC, second10, LocalTime.of(0, 0, 30)),
                Schedule.every(seconds(10)).shiftedBy(Duration.ZERO),
                Schedule.anyOf(Schedule.every(seconds(10)), Schedule.dailyAt(ZoneOffset.UTC, second10)));
    }

    @ParameterizedTest
    @MethodSource("otherSchedules")
    void its_slot_is_now_and_the_slots_do_not_move_whatever_the_schedule(Schedule schedule) {
        Loop loop = loops.loop("job").schedule(schedule).start(this::noteSlot);
        loops.advance(seconds(13));
        int before = events.size();
        Instant next = loop.nextIteration();
        loop.trigger();
        loops.advance(seconds(2));
        assertThat(events).hasSize(before + 1).last().asString().endsWith(" for 13 13");
        assertThat(loop.nextIteration()).isEqualTo(next);
    }
}
