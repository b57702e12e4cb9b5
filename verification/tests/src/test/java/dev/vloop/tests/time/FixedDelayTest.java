package dev.vloop.tests.time;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.Loop;
import dev.vloop.MissedSlots;
import dev.vloop.tests.support.VirtualTimeTest;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("R15: fixed delays")
class FixedDelayTest extends VirtualTimeTest {
    @ParameterizedTest
    @EnumSource(MissedSlots.class)
    void the_delay_begins_at_the_end_of_the_iteration(MissedSlots policy) {
        Loop loop = loops.loop("job").fixedDelay(seconds(10)).missed(policy).start(it -> {
            note("body");
            it.sleep(seconds(25 * (it.index() % 2)));
        });
        loops.advance(seconds(80));
        assertThat(events).containsExactly("body 0", "body 10", "body 45", "body 55");
        assertThat(loop.status().missedSlots()).isZero();
    }

    @Test
    void the_end_of_an_iteration_is_the_end_of_its_last_retry() {
        loops.loop("job")
                .fixedDelay(seconds(10))
                .backoff((failure, random) -> seconds(3))
                .start(it -> {
                    note("attempt " + it.attempt());
                    if (it.attempt() < 3) {
                        throw new IOException("no network");
                    }
                });
        loops.advance(seconds(16));
        assertThat(events).containsExactly("attempt 1 0", "attempt 2 3", "attempt 3 6", "attempt 1 16");
    }

    @Test
    void an_initial_delay_moves_the_first_iteration() {
        loops.loop("job").fixedDelay(seconds(10)).initialDelay(seconds(4)).start(it -> note("body"));
        loops.advance(seconds(14));
        assertThat(events).containsExactly("body 4", "body 14");
    }

    @Test
    void the_next_slot_is_shown_while_it_waits() {
        Loop loop = loops.loop("job").fixedDelay(seconds(10)).start(it -> it.sleep(seconds(5)));
        loops.advance(seconds(6));
        assertThat(loop.nextIteration()).isEqualTo(ORIGIN.plusSeconds(15));
    }

    @Test
    void a_step_of_the_wall_clock_does_not_matter() {
        loops.loop("job").fixedDelay(seconds(10)).start(it -> note("body"));
        loops.advance(seconds(5));
        loops.moveWallClock(Duration.ofDays(2));
        loops.advance(seconds(5));
        loops.moveWallClock(Duration.ofDays(-5));
        loops.advance(seconds(10));
        assertThat(events).containsExactly("body 0", "body 10", "body 20");
    }

    @Test
    void a_triggered_iteration_does_not_move_the_slots() {
        Loop loop = loops.loop("job").fixedDelay(seconds(10)).start(it -> {
            note("for " + Duration.between(ORIGIN, it.scheduledAt()).toSeconds());
            it.sleep(seconds(1));
        });
        loops.advance(seconds(4));
        loop.trigger();
        loops.advance(seconds(20));
        assertThat(events).containsExactly("for 0 0", "for 4 4", "for 11 11", "for 22 22");
    }
}
