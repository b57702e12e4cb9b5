package dev.vloop.tests.time;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.MissedSlots;
import dev.vloop.tests.support.VirtualTimeTest;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("R14: intervals")
class IntervalTest extends VirtualTimeTest {
    @Test
    void the_first_iteration_is_at_once_and_the_others_an_interval_apart() {
        loops.loop("job").every(millis(1500)).start(it -> note("body"));
        loops.advance(seconds(6));
        assertThat(events).containsExactly("body 0", "body 1.5", "body 3", "body 4.5", "body 6");
    }

    @Test
    void slots_are_counted_from_the_end_of_beforeLoop() {
        loops.loop("job")
                .every(seconds(10))
                .beforeLoop(() -> loops.clock().sleep(seconds(3)))
                .start(it -> note("body"));
        loops.advance(seconds(23));
        assertThat(events).containsExactly("body 3", "body 13", "body 23");
    }

    @Test
    void bodies_that_take_time_do_not_move_the_slots() {
        loops.loop("job").every(seconds(10)).start(it -> {
            note("body");
            it.sleep(millis(it.index() * 1700 % 9000));
        });
        loops.advance(Duration.ofDays(1));
        assertThat(events).hasSize(8641);
        for (int i = 0; i < events.size(); i++) {
            assertThat(events.get(i)).isEqualTo("body " + 10 * i);
        }
    }

    @Test
    void bodies_that_overrun_do_not_move_the_grid() {
        loops.loop("job").every(seconds(10)).start(it -> {
            note("body");
            it.sleep(seconds(13));
        });
        loops.advance(seconds(60));
        assertThat(events).containsExactly("body 0", "body 13", "body 26", "body 39", "body 52");
        loops.get("job").pause();
        loops.advance(seconds(10));
        loops.get("job").resume();
        loops.advance(seconds(10));
        assertThat(events).last().isEqualTo("body 70");
    }

    @Test
    void a_body_as_long_as_its_interval_misses_nothing() {
        loops.loop("job").every(seconds(10)).start(it -> {
            note("body");
            it.sleep(seconds(10));
        });
        loops.advance(seconds(30));
        assertThat(events).containsExactly("body 0", "body 10", "body 20", "body 30");
        assertThat(loops.get("job").status().missedSlots()).isZero();
    }

    @Test
    void an_iteration_knows_its_slot_however_late_it_begins() {
        loops.loop("job").every(seconds(10)).missed(MissedSlots.RUN_ALL).start(it -> {
            note("slot " + Duration.between(ORIGIN, it.scheduledAt()).toSeconds());
            if (it.index() == 0) {
                it.sleep(seconds(25));
            }
        });
        loops.advance(seconds(30));
        assertThat(events).containsExactly("slot 0 0", "slot 10 25", "slot 20 25", "slot 30 30");
    }

    @Test
    void an_initial_delay_moves_the_first_slot() {
        loops.loop("job").every(seconds(10)).initialDelay(seconds(4)).start(it -> note("body"));
        loops.advance(seconds(24));
        assertThat(events).containsExactly("body 4", "body 14", "body 24");
    }

    @Test
    void an_initial_delay_begins_after_beforeLoop_and_in_every_run_anew() {
        loops.loop("job")
                .every(seconds(10))
                .initialDelay(seconds(4))
                .beforeLoop(() -> loops.clock().sleep(seconds(2)))
                .start(it -> note("body"));
        loops.advance(seconds(7));
        loops.get("job").restart();
        loops.advance(seconds(6));
        assertThat(events).containsExactly("body 6", "body 13");
    }

    @Test
    void an_initial_delay_of_zero_is_none() {
        loops.loop("job").every(seconds(10)).initialDelay(Duration.ZERO).start(it -> note("body"));
        loops.settle();
        assertThat(events).containsExactly("body 0");
    }

    @Test
    void a_step_of_the_wall_clock_does_not_move_the_slots() {
        loops.loop("job").every(seconds(10)).start(it -> note("body"));
        loops.advance(seconds(5));
        loops.moveWallClock(Duration.ofHours(3));
        loops.advance(seconds(10));
        loops.moveWallClock(Duration.ofHours(-7));
        loops.advance(seconds(10));
        assertThat(events).containsExactly("body 0", "body 10", "body 20");
        assertThat(loops.get("job").status().missedSlots()).isZero();
    }
}
