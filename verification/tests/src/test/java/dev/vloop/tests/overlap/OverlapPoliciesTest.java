package dev.vloop.tests.overlap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vloop.Loop;
import dev.vloop.LoopEnd;
import dev.vloop.tests.support.VirtualTimeTest;
import java.io.IOException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("R22: iterations that overlap, and the other rules")
class OverlapPoliciesTest extends VirtualTimeTest {
    @Test
    @DisplayName("R26: a schedule that throws while an iteration runs fails the run when that is over")
    void a_schedule_that_throws_fails_the_run() {
        IllegalStateException cause = new IllegalStateException("cannot tell");
        Loop loop = noting().maxConcurrent(2)
                .schedule(at -> {
                    if (at.slots() == 2) {
                        throw cause;
                    }
                    return at.lastSlot() == null ? at.now() : at.lastSlot().plusSeconds(1);
                })
                .start(it -> it.sleep(seconds(5)));
        loops.advance(seconds(10));
        assertThat(loop.status().lastEnd())
                .isInstanceOfSatisfying(
                        LoopEnd.Failed.class, end -> assertThat(end.cause()).isSameAs(cause));
    }

    @Test
    @DisplayName("R29: failures in a row begin afresh after a success")
    void failures_in_a_row_begin_afresh_after_a_success() {
        everySecond()
                .maxConcurrent(2)
                .count(3)
                .backoff((failure, random) -> seconds(1))
                .onFailure(failure -> note("failure " + failure.inARow()))
                .start(it -> {
                    if (it.attempt() <= 2 && it.index() != 1) {
                        it.sleep(millis(100));
                        throw new IOException("no network");
                    }
                });
        loops.advance(seconds(10));
        assertThat(events)
                .containsExactly(
                        "before 0",
                        "failure 1 0.1",
                        "failure 1 1.2",
                        "failure 2 2.1",
                        "failure 1 3.2",
                        "after Completed 4.2");
    }

    @Test
    @DisplayName("R10: a trigger of a loop that was stopped is refused, and the backoffs of its iterations go on")
    void a_trigger_after_a_stop_is_refused() {
        Loop loop = noting().every(seconds(100))
                .maxConcurrent(2)
                .backoff((failure, random) -> seconds(10))
                .start(it -> {
                    note("attempt " + it.attempt());
                    if (it.attempt() == 1) {
                        throw new IOException("no network");
                    }
                });
        loops.advance(seconds(5));
        loop.stop();
        assertThatThrownBy(loop::trigger)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("is ending");
        loops.advance(seconds(10));
        assertThat(events).containsExactly("before 0", "attempt 1 0", "attempt 2 10", "after Stopped 10");
    }
}
