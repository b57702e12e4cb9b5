package dev.vloop.tests.time;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.Loop;
import dev.vloop.tests.support.VirtualTimeTest;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
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
}
