package dev.vloop.tests.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vloop.Loop;
import dev.vloop.tests.support.VirtualTimeTest;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("R12: shutdown")
class ShutdownTest extends VirtualTimeTest {
    private Loop working(String name, long length) {
        return loops.loop(name)
                .every(seconds(60))
                .afterLoop(end -> note(name + " " + word(end)))
                .start(it -> it.sleep(seconds(length)));
    }

    @Test
    void it_stops_all_and_returns_when_all_have_ended_within_the_grace() {
        working("idle", 0);
        working("busy", 5);
        loops.advance(seconds(1));
        assertThat(loops.runtime().shutdown(seconds(10))).isEmpty();
        assertThat(events).containsExactly("idle Stopped 1", "busy Stopped 5");
        assertThat(now()).isEqualTo("5");
    }

    @Test
    void after_the_grace_it_cancels_those_that_still_run_and_returns_them() {
        working("idle", 0);
        Loop busy = working("busy", 5);
        Loop busier = working("busier", 50);
        loops.advance(seconds(1));
        assertThat(loops.runtime().shutdown(seconds(10))).containsExactly(busier);
        assertThat(events).containsExactly("idle Stopped 1", "busy Stopped 5", "busier Cancelled 11");
        assertThat(busy.isRunning()).isFalse();
    }

    @Test
    void a_grace_of_zero_cancels_at_once() {
        Loop busy = working("busy", 5);
        loops.advance(seconds(1));
        assertThat(loops.runtime().shutdown(Duration.ZERO)).containsExactly(busy);
        assertThat(events).containsExactly("busy Cancelled 1");
    }

    @Test
    void a_grace_of_three_hundred_years_waits_for_the_end() {
        working("busy", 5);
        loops.settle();
        assertThat(loops.runtime().shutdown(Duration.ofDays(365L * 300))).isEmpty();
        assertThat(now()).isEqualTo("5");
    }

    @Test
    void it_waits_for_afterLoop_of_those_it_cancelled() {
        loops.loop("busy")
                .every(seconds(60))
                .afterLoop(end -> {
                    loops.clock().sleep(seconds(30));
                    note("flushed");
                })
                .start(it -> it.sleep(seconds(100)));
        loops.settle();
        loops.runtime().shutdown(seconds(10));
        assertThat(events).containsExactly("flushed 40");
    }

    @Test
    void no_run_begins_from_its_first_moment() {
        loops.loop("busy").every(seconds(60)).start(it -> {
            it.sleep(seconds(5));
            assertThatThrownBy(() -> loops.loop("new").every(seconds(1)).start(other -> note("new")))
                    .isInstanceOf(IllegalStateException.class);
            note("refused");
        });
        loops.settle();
        loops.runtime().shutdown(seconds(10));
        assertThat(events).containsExactly("refused 5");
        assertThatThrownBy(() -> loops.loop("new").every(seconds(1)).start(it -> {}))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_run_that_began_after_another_had_ended_is_ended_too() {
        Loop first = loops.loop("first").every(seconds(10)).start(it -> {});
        Loop over = loops.loop("over").every(seconds(10)).count(1).start(it -> {});
        loops.awaitEnd(over);
        Loop last = loops.loop("last").every(seconds(10)).start(it -> {});
        loops.settle();
        assertThat(loops.runtime().stopAll(seconds(5))).isEmpty();
        assertThat(first.isRunning()).isFalse();
        assertThat(last.isRunning()).isFalse();
    }

    @Test
    void it_may_be_called_twice_and_together_with_close() {
        working("busy", 5);
        loops.settle();
        loops.runtime().shutdown(seconds(10));
        assertThat(loops.runtime().shutdown(seconds(10))).isEmpty();
        loops.runtime().close();
        assertThat(events).containsExactly("busy Stopped 5");
    }

    @Test
    void an_interrupt_ends_the_grace_and_is_set_again_at_the_end() {
        assertAnInterruptEnds(loops.runtime()::shutdown);
    }

    @Test
    void an_interrupt_ends_the_grace_of_stopAll_and_is_set_again_at_its_end() {
        assertAnInterruptEnds(loops.runtime()::stopAll);
    }

    private void assertAnInterruptEnds(Function<Duration, List<Loop>> call) {
        Loop busy = working("busy", 5);
        loops.advance(seconds(1));
        Thread.currentThread().interrupt();
        assertThat(call.apply(seconds(10))).containsExactly(busy);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(events).containsExactly("busy Cancelled 1");
    }

    @Test
    void it_takes_back_a_restart() {
        Loop loop = loops.loop("job")
                .every(seconds(60))
                .afterLoop(end -> {
                    loops.clock().sleep(seconds(1));
                    note("after " + word(end));
                })
                .start(it -> note("body"));
        loops.settle();
        loop.restart();
        assertThat(loops.runtime().shutdown(seconds(10))).isEmpty();
        assertThat(events).containsExactly("body 0", "after Cancelled 1");
    }

    @Test
    void a_paused_loop_ends_in_peace() {
        Loop loop = working("paused", 0);
        loop.pause();
        loops.advance(seconds(1));
        assertThat(loops.runtime().shutdown(seconds(10))).isEmpty();
        assertThat(events).containsExactly("paused Stopped 1");
    }

    @Test
    void a_negative_grace_is_refused_and_the_runtime_stays_open() {
        Loop loop = working("idle", 0);
        loops.settle();
        assertThatThrownBy(() -> loops.runtime().shutdown(seconds(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("grace")
                .hasMessageContaining("PT-1S");
        assertThat(loop.isRunning()).isTrue();
        loops.loop("other").every(seconds(1)).start(it -> note("other"));
        loops.settle();
        assertThat(events).containsExactly("other 0");
    }
}
