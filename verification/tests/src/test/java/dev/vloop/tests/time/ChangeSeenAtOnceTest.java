package dev.vloop.tests.time;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.Loop;
import dev.vloop.LoopState;
import dev.vloop.LoopStatus;
import dev.vloop.MissedSlots;
import dev.vloop.Schedule;
import dev.vloop.cron.Cron;
import dev.vloop.tests.support.VirtualTimeTest;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The loop's own thread does not run between the request and the look: in a test, it runs only when the test's thread waits. */
@DisplayName("R25: what was asked for is seen at once")
class ChangeSeenAtOnceTest extends VirtualTimeTest {
    private static Instant at(double second) {
        return ORIGIN.plusMillis((long) (second * 1_000));
    }

    private Loop everyTen() {
        Loop loop = loops.loop("job").every(seconds(10)).start(it -> note("body"));
        loops.advance(seconds(13));
        return loop;
    }

    @Test
    void a_new_interval_from_a_waiting_loop() {
        Loop loop = everyTen();
        loop.changeInterval(seconds(60));
        assertThat(loop.nextIteration()).isEqualTo(at(70));
        assertThat(loop.status().nextIteration()).isEqualTo(at(70));
        loop.changeInterval(seconds(5));
        assertThat(loop.nextIteration()).isEqualTo(at(15));
    }

    @Test
    void a_new_interval_whose_slot_has_passed_is_due() {
        Loop loop = everyTen();
        loop.changeInterval(seconds(2));
        assertThat(loop.nextIteration()).isEqualTo(at(12));
        loops.settle();
        assertThat(events).containsExactly("body 0", "body 10", "body 13");
    }

    static Stream<Schedule> schedules() {
        Schedule cron = Cron.parse("*/20 * * * * *", ZoneOffset.UTC);
        return Stream.of(
                Schedule.dailyAt(ZoneOffset.UTC, LocalTime.of(6, 0)),
                Schedule.dailyAt(ZoneOffset.UTC, LocalTime.of(6, 0)).onDaysOfMonth(28),
                cron,
                cron.startingAt(at(100)),
                cron.between(ZoneOffset.UTC, LocalTime.of(0, 1), LocalTime.of(0, 2)),
                Schedule.fixedDelay(seconds(7)),
                Schedule.every(seconds(7)).jitter(seconds(2), "job"),
                Schedule.every(seconds(7)).startingAt(at(100)),
                Schedule.every(seconds(7)).shiftedBy(seconds(1)),
                Schedule.anyOf(Schedule.every(seconds(60)), Schedule.once(at(33))),
                Schedule.once(at(50)),
                Schedule.every(seconds(7)).until(at(12)),
                Schedule.never(),
                Schedule.every(Duration.ofDays(400_000)));
    }

    @ParameterizedTest
    @MethodSource("schedules")
    void a_new_schedule_shows_the_slot_that_its_own_thread_computes(Schedule schedule) {
        Loop loop = everyTen();
        loop.changeSchedule(schedule);
        Instant seen = loop.nextIteration();
        loops.settle();
        assertThat(seen).isEqualTo(loop.nextIteration());
    }

    @ParameterizedTest
    @MethodSource("schedules")
    void so_does_a_change_of_a_loop_on_the_wall_clock(Schedule schedule) {
        Loop loop = loops.loop("job")
                .schedule(Cron.parse("*/10 * * * * *", ZoneOffset.UTC))
                .missed(MissedSlots.SKIP)
                .start(it -> {});
        loops.advance(seconds(13));
        loop.changeSchedule(schedule);
        Instant seen = loop.nextIteration();
        loops.settle();
        Instant own = loop.nextIteration();
        if (seen == null || seen.isAfter(loops.clock().instant())) { // otherwise it was due, and the next one is shown
            assertThat(seen).isEqualTo(own);
        }
    }

    @Test
    void a_change_during_the_body_is_counted_from_its_slot() {
        Loop loop = loops.loop("job").every(seconds(10)).start(it -> it.sleep(seconds(5)));
        loops.advance(seconds(12));
        loop.changeInterval(seconds(30));
        assertThat(loop.status().state()).isEqualTo(LoopState.EXECUTING);
        assertThat(loop.nextIteration()).isEqualTo(at(40));
        loops.advance(seconds(5));
        assertThat(loop.nextIteration()).isEqualTo(at(40));
    }

    @Test
    void a_change_during_a_backoff() {
        Loop loop = loops.loop("job")
                .every(seconds(10))
                .backoff((failure, random) -> seconds(5))
                .start(it -> {
                    throw new IOException("no network");
                });
        loops.settle();
        loop.changeInterval(seconds(30));
        assertThat(loop.status().state()).isEqualTo(LoopState.BACKING_OFF);
        assertThat(loop.nextIteration()).isEqualTo(at(30));
    }

    @Test
    void a_change_from_the_body_is_seen_in_the_body() {
        loops.loop("job").every(seconds(10)).start(it -> {
            it.loop().changeInterval(seconds(25));
            note("next " + it.loop().nextIteration());
        });
        loops.settle();
        assertThat(events).containsExactly("next 2000-01-01T00:00:25Z 0");
    }

    @Test
    void the_last_of_several_changes_is_seen() {
        Loop loop = everyTen();
        for (int interval = 20; interval < 40; interval++) {
            loop.changeInterval(seconds(interval));
            assertThat(loop.nextIteration()).isEqualTo(at(10 + interval));
        }
    }

    @Test
    void code_of_a_user_is_asked_by_the_loops_own_thread_alone() {
        AtomicReference<Thread> asked = new AtomicReference<>();
        Schedule own = context -> {
            asked.set(Thread.currentThread());
            return at(100);
        };
        for (UnaryOperator<Schedule> made : java.util.List.<UnaryOperator<Schedule>>of(
                s -> s,
                s -> s.startingAt(at(50)),
                s -> Schedule.anyOf(Schedule.every(seconds(1000)), s),
                s -> Schedule.once(at(100)).onlyOn(ZoneOffset.UTC, day -> {
                    asked.set(Thread.currentThread());
                    return day.isAfter(LocalDate.EPOCH);
                }))) {
            Loop loop = everyTen();
            asked.set(null);
            loop.changeSchedule(made.apply(own));
            assertThat(loop.nextIteration()).isNull();
            assertThat(asked).hasValue(null);
            loops.settle();
            assertThat(loop.nextIteration()).isEqualTo(at(100));
            loop.remove();
            loops.setWallClock(at(0));
            loops.settle();
        }
    }

    @Test
    void a_pause_shows_paused_and_no_next_slot() {
        Loop loop = everyTen();
        loop.pause();
        LoopStatus status = loop.status();
        assertThat(status.state()).isEqualTo(LoopState.PAUSED);
        assertThat(status.nextIteration()).isNull();
        assertThat(status.paused()).isTrue();
        assertThat(loop).hasToString("loop 'job' (PAUSED)");
    }

    @Test
    void a_pause_during_the_body_lets_it_go_on() {
        Loop loop = loops.loop("job").every(seconds(10)).start(it -> it.sleep(seconds(5)));
        loops.settle();
        loop.pause();
        assertThat(loop.status().state()).isEqualTo(LoopState.EXECUTING);
        assertThat(loop.status().paused()).isTrue();
        assertThat(loop.nextIteration()).isNull();
    }

    @Test
    void a_resume_shows_waiting_and_the_next_slot_that_has_not_passed() {
        Loop loop = everyTen();
        loop.pause();
        loops.advance(seconds(30));
        loop.resume();
        LoopStatus status = loop.status();
        assertThat(status.state()).isEqualTo(LoopState.WAITING);
        assertThat(status.paused()).isFalse();
        assertThat(status.nextIteration()).isEqualTo(at(50));
        loops.settle();
        assertThat(loop.nextIteration()).isEqualTo(at(50));
    }

    @Test
    void a_resume_of_a_loop_on_the_wall_clock() {
        Loop loop = loops.loop("job")
                .schedule(Cron.parse("*/10 * * * * *", ZoneOffset.UTC))
                .start(it -> {});
        loops.advance(seconds(13));
        loop.pause();
        loops.advance(seconds(2));
        loop.resume();
        assertThat(loop.nextIteration()).isEqualTo(at(20));
        loop.pause();
        loops.advance(seconds(30));
        loop.resume();
        assertThat(loop.nextIteration()).isEqualTo(at(50));
    }

    @Test
    void a_change_while_paused_is_seen_at_the_resume() {
        Loop loop = everyTen();
        loop.pause();
        loop.changeInterval(seconds(7));
        assertThat(loop.nextIteration()).isNull();
        loops.advance(seconds(20)); // it is second 33; the slots are 17, 24, 31 and 38
        loop.resume();
        assertThat(loop.nextIteration()).isEqualTo(at(38));
        loops.settle();
        assertThat(loop.nextIteration()).isEqualTo(at(38));
    }

    @Test
    void a_stop_and_a_cancel_show_that_the_loop_ends() {
        Loop stopped = everyTen();
        stopped.stop();
        assertThat(stopped.status().state()).isEqualTo(LoopState.ENDING);
        assertThat(stopped.nextIteration()).isNull();
        assertThat(stopped.isRunning()).isTrue();
        loops.settle();
        assertThat(stopped.status().state()).isEqualTo(LoopState.IDLE);

        Loop cancelled = loops.loop("other").every(seconds(10)).start(it -> {});
        loops.settle();
        cancelled.pause();
        loops.settle();
        cancelled.cancel();
        assertThat(cancelled.status().state()).isEqualTo(LoopState.ENDING);
    }

    @Test
    void a_stop_during_the_body_lets_it_go_on() {
        Loop loop = loops.loop("job").every(seconds(10)).start(it -> it.sleep(seconds(5)));
        loops.settle();
        loop.stop();
        assertThat(loop.status().state()).isEqualTo(LoopState.EXECUTING);
        assertThat(loop.nextIteration()).isNull();
    }

    @Test
    void a_cancel_during_a_backoff_leaves_no_next_slot() {
        Loop loop = loops.loop("job")
                .every(seconds(10))
                .backoff((failure, random) -> seconds(5))
                .start(it -> {
                    throw new IOException("no network");
                });
        loops.settle();
        loop.cancel();
        assertThat(loop.status().state()).isEqualTo(LoopState.BACKING_OFF); // the iteration has not ended yet
        assertThat(loop.nextIteration()).isNull();
    }
}
