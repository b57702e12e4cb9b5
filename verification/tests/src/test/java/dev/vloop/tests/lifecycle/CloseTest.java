package dev.vloop.tests.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vloop.Loop;
import dev.vloop.LoopEnd;
import dev.vloop.tests.support.VirtualTimeTest;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("R12: close")
class CloseTest extends VirtualTimeTest {
    private Loop slowlyEnding(String name, long length) {
        return loops.loop(name)
                .every(seconds(10))
                .afterLoop(end -> {
                    loops.clock().sleep(seconds(length));
                    note(name + " " + word(end));
                })
                .start(it -> note(name));
    }

    @Test
    void it_cancels_all_loops_and_waits_until_every_afterLoop_is_over() {
        Loop a = slowlyEnding("a", 3);
        Loop b = slowlyEnding("b", 7);
        loops.advance(seconds(1));
        loops.runtime().close();
        assertThat(events).containsExactly("a 0", "b 0", "a Cancelled 4", "b Cancelled 8");
        assertThat(a.isRunning()).isFalse();
        assertThat(b.status().lastEnd()).isEqualTo(new LoopEnd.Cancelled(1));
    }

    @Test
    void it_interrupts_bodies() {
        loops.loop("job")
                .every(seconds(1))
                .afterLoop(end -> note("after " + word(end)))
                .start(it -> it.sleep(seconds(1000)));
        loops.advance(seconds(1));
        loops.runtime().close();
        assertThat(events).containsExactly("after Cancelled 1");
    }

    @Test
    void a_runtime_without_loops_is_closed_at_once() {
        loops.runtime().close();
        assertThat(now()).isEqualTo("0");
    }

    @Test
    void it_may_be_called_twice() {
        slowlyEnding("a", 3);
        loops.settle();
        loops.runtime().close();
        loops.runtime().close();
        assertThat(events).containsExactly("a 0", "a Cancelled 3");
    }

    @Test
    void no_run_begins_afterwards() {
        Loop loop = loops.loop("job").every(seconds(1)).build(it -> note("body"));
        loops.runtime().close();
        assertThatThrownBy(loop::start)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("'job'")
                .hasMessageContaining("closed");
        assertThatThrownBy(loop::startIfIdle).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> loops.loop("new").every(seconds(1)).start(it -> {}))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> loops.loop("new").every(seconds(1)).startIfIdle(it -> {}))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> loops.loop("new").every(seconds(1)).build(it -> {}))
                .isInstanceOf(IllegalStateException.class);
        assertThat(events).isEmpty();
    }

    @Test
    void no_run_begins_while_it_waits() {
        loops.loop("job")
                .every(seconds(1))
                .afterLoop(end -> {
                    loops.clock().sleep(seconds(1));
                    try {
                        loops.loop("heir").every(seconds(1)).start(it -> note("heir"));
                    } catch (IllegalStateException e) {
                        note("refused");
                    }
                })
                .start(it -> {});
        loops.settle();
        loops.runtime().close();
        assertThat(events).containsExactly("refused 1");
    }

    @Test
    void stopping_cancelling_or_removing_a_loop_of_a_closed_runtime_does_nothing() {
        Loop loop = slowlyEnding("a", 0);
        loops.settle();
        loops.runtime().close();
        loop.stop();
        loop.cancel();
        loop.remove();
        loop.pause();
        loop.resume();
        loop.changeInterval(seconds(1));
        assertThat(loop.isRunning()).isFalse();
    }

    @Test
    void an_interrupt_does_not_cut_it_short_and_is_set_again_at_the_end() {
        slowlyEnding("a", 3);
        loops.settle();
        Thread.currentThread().interrupt();
        loops.runtime().close();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(events).containsExactly("a 0", "a Cancelled 3");
    }

    @Test
    void from_the_thread_of_a_loop_it_is_refused() {
        loops.loop("job").every(seconds(1)).count(1).start(it -> {
            assertThatThrownBy(() -> loops.runtime().shutdown(seconds(0)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("'job'");
            note("refused");
        });
        loops.settle();
        assertThat(events).containsExactly("refused 0");
    }

    @Test
    void a_loop_that_was_started_but_has_not_begun_is_cancelled_too() {
        Loop loop = slowlyEnding("a", 1);
        loops.runtime().close();
        assertThat(events).containsExactly("a Cancelled 1");
        assertThat(loop.status().lastEnd()).isEqualTo(new LoopEnd.Cancelled(0));
    }

    @Test
    void no_loop_can_be_built_afterwards() {
        loops.runtime().close();
        assertThatThrownBy(() -> loops.loop("late").every(seconds(1)).build(it -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("is closed")
                .hasMessageContaining("'late'");
        assertThat(loops.loops()).isEmpty();
    }
}
