package dev.vloop.tests.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vloop.Loop;
import dev.vloop.MissedSlots;
import dev.vloop.Schedule;
import dev.vloop.tests.support.VirtualTimeTest;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("R25: the next iteration")
class NextIterationTest extends VirtualTimeTest {
    @Test
    void it_is_the_next_slot_while_the_loop_waits() {
        Loop loop = loops.loop("job").every(seconds(10)).start(it -> {});
        loops.advance(seconds(13));
        assertThat(loop.nextIteration()).isEqualTo(ORIGIN.plusSeconds(20));
        assertThat(loop.status().nextIteration()).isEqualTo(ORIGIN.plusSeconds(20));
    }

    @Test
    void it_is_the_slot_after_this_one_during_the_body() {
        Loop loop = loops.loop("job").every(seconds(10)).start(it -> it.sleep(seconds(25)));
        loops.advance(seconds(5));
        assertThat(loop.nextIteration()).isEqualTo(ORIGIN.plusSeconds(10));
    }

    @Test
    void it_is_the_slot_after_this_one_during_a_backoff() {
        Loop loop = loops.loop("job")
                .every(seconds(10))
                .backoff((failure, random) -> seconds(5))
                .start(it -> {
                    throw new IOException("no network");
                });
        loops.settle();
        assertThat(loop.nextIteration()).isEqualTo(ORIGIN.plusSeconds(10));
    }

    @Test
    void it_is_a_time_of_day() {
        Loop loop =
                loops.loop("job").dailyAt(ZoneOffset.UTC, LocalTime.of(6, 30)).start(it -> {});
        loops.settle();
        assertThat(loop.nextIteration()).isEqualTo(Instant.parse("2000-01-01T06:30:00Z"));
    }

    @Test
    void it_is_the_end_of_the_initial_delay_at_first() {
        Loop loop =
                loops.loop("job").every(seconds(10)).initialDelay(seconds(3)).start(it -> {});
        loops.settle();
        assertThat(loop.nextIteration()).isEqualTo(ORIGIN.plusSeconds(3));
    }

    @Test
    void there_is_none_before_the_start() {
        assertThat(loops.loop("job").every(seconds(10)).build(it -> {}).nextIteration())
                .isNull();
    }

    @Test
    void there_is_none_in_beforeLoop() {
        Loop loop = loops.loop("job")
                .every(seconds(10))
                .beforeLoop(() -> loops.clock().sleep(seconds(5)))
                .start(it -> {});
        loops.settle();
        assertThat(loop.nextIteration()).isNull();
    }

    @Test
    void there_is_none_in_afterLoop_and_when_idle() {
        Loop loop = loops.loop("job")
                .every(seconds(10))
                .afterLoop(end -> loops.clock().sleep(seconds(5)))
                .start(it -> {});
        loops.settle();
        loop.cancel();
        loops.settle();
        assertThat(loop.nextIteration()).isNull();
        loops.advance(seconds(5));
        assertThat(loop.isRunning()).isFalse();
        assertThat(loop.nextIteration()).isNull();
    }

    @Test
    void there_is_none_once_it_is_cancelled_although_the_body_goes_on() {
        Loop loop = loops.loop("job").every(seconds(10)).start(it -> {
            try {
                it.sleep(seconds(5));
            } catch (InterruptedException e) {
                it.sleep(seconds(5));
            }
        });
        loops.settle();
        loop.cancel();
        loops.advance(seconds(1));
        assertThat(loop.nextIteration()).isNull();
    }

    @Test
    void there_is_none_while_paused() {
        Loop loop = loops.loop("job").every(seconds(10)).start(it -> it.sleep(seconds(5)));
        loops.settle();
        loop.pause();
        assertThat(loop.nextIteration()).isNull();
        loops.advance(seconds(7));
        assertThat(loop.nextIteration()).isNull();
    }

    @Test
    void a_step_of_the_wall_clock_moves_the_instant_of_an_interval() {
        Loop loop = loops.loop("job").every(seconds(10)).start(it -> {});
        loops.advance(seconds(3));
        loops.moveWallClock(Duration.ofHours(1));
        assertThat(loop.nextIteration()).isEqualTo(ORIGIN.plusSeconds(10).plus(Duration.ofHours(1)));
    }

    @Test
    void the_next_ones_are_the_slots_that_then_come() {
        ZoneId berlin = ZoneId.of("Europe/Berlin");
        List<Schedule> schedules = List.of(
                Schedule.every(minutes(5)).until(ORIGIN.plus(minutes(21))),
                Schedule.every(minutes(3)).between(ZoneOffset.UTC, LocalTime.of(0, 0), LocalTime.of(0, 33)),
                Schedule.every(minutes(5)),
                Schedule.every(minutes(5)).shiftedBy(minutes(1)),
                Schedule.every(minutes(5)).limitedTo(4),
                Schedule.every(minutes(60)).jitter(minutes(20), "shard 1"),
                Schedule.every(minutes(20))
                        .jitter(minutes(20), "shard 2")
                        .between(ZoneOffset.UTC, LocalTime.MIDNIGHT, LocalTime.of(1, 0)),
                Schedule.anyOf(Schedule.every(minutes(5)), Schedule.every(minutes(7))),
                Schedule.anyOf(Schedule.every(minutes(500)), Schedule.dailyAt(berlin, LocalTime.of(9, 0))),
                Schedule.fixedDelay(minutes(5)),
                Schedule.dailyAt(berlin, LocalTime.of(9, 0)),
                Schedule.dailyAt(berlin, LocalTime.of(9, 0)).limitedTo(3),
                Schedule.dailyAt(berlin, LocalTime.of(9, 0)).jitter(minutes(90), "shard 1"),
                Schedule.dailyAt(berlin, LocalTime.of(9, 0)).shiftedBy(minutes(90)),
                Schedule.anyOf(
                        Schedule.dailyAt(berlin, LocalTime.of(9, 0)),
                        Schedule.dailyAt(ZoneOffset.UTC, LocalTime.of(9, 0))),
                at -> at.slots() == 8 ? null : at.now().plusSeconds(at.slots() + 1));
        for (Schedule schedule : schedules) {
            List<Instant> came = new ArrayList<>();
            Loop loop = loops.loop("job").schedule(schedule).start(it -> came.add(it.scheduledAt()));
            loops.runUntil(() -> came.size() == 3, Duration.ofDays(9));
            loops.settle();
            List<Instant> foretold = loop.nextIterations(6);
            loops.runUntil(() -> came.size() == 3 + foretold.size(), Duration.ofDays(9));
            loops.settle();
            assertThat(came.subList(3, came.size())).as("%s", schedule).isEqualTo(foretold);
            assertThat(loop.isRunning()).as("%s: %s", schedule, foretold).isEqualTo(foretold.size() == 6);
            loop.cancel();
            loops.settle();
            loop.remove();
        }
    }

    @Test
    void the_next_ones_during_the_body_do_not_count_its_slot_again() {
        List<List<Instant>> foretold = new ArrayList<>();
        Loop loop = loops.loop("job")
                .schedule(Schedule.every(seconds(10)).limitedTo(4))
                .missed(MissedSlots.SKIP)
                .start(it -> {
                    it.sleep(it.index() == 0 ? seconds(15) : seconds(1)); // so it misses the slot at 10
                    foretold.add(it.loop().nextIterations(9));
                });
        loops.awaitEnd(loop);
        assertThat(foretold)
                .containsExactly(
                        List.of(ORIGIN.plusSeconds(10), ORIGIN.plusSeconds(20), ORIGIN.plusSeconds(30)),
                        List.of(ORIGIN.plusSeconds(30)),
                        List.of());
    }

    @Test
    void there_are_no_more_next_ones_than_the_count_allows() {
        Loop loop = loops.loop("job").every(seconds(10)).count(5).start(it -> {});
        loops.advance(seconds(10));
        assertThat(loop.nextIterations(9))
                .containsExactly(ORIGIN.plusSeconds(20), ORIGIN.plusSeconds(30), ORIGIN.plusSeconds(40));
        loop.trigger(); // counts, too
        loops.settle();
        assertThat(loop.nextIterations(9)).containsExactly(ORIGIN.plusSeconds(20), ORIGIN.plusSeconds(30));
        loops.advance(seconds(10));
        assertThat(loop.nextIterations(9)).containsExactly(ORIGIN.plusSeconds(30));
    }

    @Test
    void the_next_ones_are_those_of_a_change_that_the_loop_s_thread_has_not_seen_yet() {
        Loop loop = loops.loop("job").every(seconds(10)).start(it -> {});
        loops.advance(seconds(5));
        loop.changeSchedule(Schedule.every(seconds(7)).shiftedBy(seconds(1)));
        assertThat(loop.nextIterations(2)).containsExactly(ORIGIN.plusSeconds(7), ORIGIN.plusSeconds(14));
        loop.pause();
        loops.advance(seconds(20));
        loop.resume();
        assertThat(loop.nextIterations(2)).containsExactly(ORIGIN.plusSeconds(28), ORIGIN.plusSeconds(35));
        loops.settle();
        assertThat(loop.nextIterations(2)).containsExactly(ORIGIN.plusSeconds(28), ORIGIN.plusSeconds(35));
    }

    @Test
    void the_next_ones_of_overlapping_iterations_leave_out_those_that_run() {
        Loop loop =
                loops.loop("job").every(seconds(10)).maxConcurrent(3).count(5).start(it -> it.sleep(seconds(25)));
        loops.advance(seconds(20));
        assertThat(loop.nextIterations(9)).containsExactly(ORIGIN.plusSeconds(30), ORIGIN.plusSeconds(40));
    }

    @Test
    void there_are_no_next_ones_while_the_loop_does_not_wait_for_a_slot() {
        Loop loop = loops.loop("job").every(seconds(10)).build(it -> {});
        assertThat(loop.nextIterations(5)).isEmpty();
        loop.start();
        loops.settle();
        assertThat(loop.nextIterations(0)).isEmpty();
        assertThat(loop.nextIterations(2)).containsExactly(ORIGIN.plusSeconds(10), ORIGIN.plusSeconds(20));
        loop.pause();
        assertThat(loop.nextIterations(5)).isEmpty();
        Loop never = loops.loop("never").schedule(Schedule.never()).start(it -> {});
        loops.settle();
        assertThat(never.nextIterations(5)).isEmpty();
    }

    @Test
    void the_number_of_next_ones_is_not_negative() {
        Loop loop = loops.loop("job").every(seconds(10)).build(it -> {});
        assertThatThrownBy(() -> loop.nextIterations(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("n must not be negative")
                .hasMessageContaining("-1");
    }

    private static Duration minutes(long minutes) {
        return Duration.ofMinutes(minutes);
    }
}
