package dev.vloop.tests.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vloop.Loop;
import dev.vloop.LoopEnd;
import dev.vloop.LoopStatus;
import dev.vloop.tests.support.VirtualTimeTest;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("R2: names")
class NamesTest extends VirtualTimeTest {
    private Loop running(String name) {
        Loop loop = loops.loop(name).every(seconds(1)).start(it -> note(name));
        loops.settle();
        return loop;
    }

    @Test
    void a_loop_is_known_from_its_build() {
        Loop loop = loops.loop("poll").every(seconds(1)).build(it -> {});
        assertThat(loop.name()).isEqualTo("poll");
        assertThat(loops.find("poll")).isSameAs(loop);
        assertThat(loops.loops()).containsExactly(loop);
    }

    @Test
    void a_name_that_nobody_has_is_not_found() {
        assertThat(loops.find("nobody")).isNull();
        assertThat(loops.loops()).isEmpty();
    }

    @Test
    void an_options_object_alone_takes_no_name() {
        loops.loop("poll").every(seconds(1));
        assertThat(loops.find("poll")).isNull();
    }

    @Test
    void loops_are_listed_oldest_first() {
        Loop c = running("c");
        Loop a = running("a");
        Loop b = running("b");
        assertThat(loops.loops()).containsExactly(c, a, b);
    }

    @Test
    void taking_the_name_of_a_running_loop_is_refused_and_leaves_it_alone() {
        Loop loop = running("poll");
        assertThatThrownBy(() -> loops.loop("poll").every(seconds(1)).build(it -> note("other")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("'poll'")
                .hasMessageContaining("WAITING");
        assertThatThrownBy(() -> loops.loop("poll").every(seconds(1)).start(it -> note("other")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("'poll'");
        loops.advance(seconds(1));
        assertThat(loops.find("poll")).isSameAs(loop);
        assertThat(events).containsExactly("poll 0", "poll 1");
    }

    @Test
    void taking_the_name_of_an_idle_loop_replaces_it() {
        Loop first = loops.loop("poll").every(seconds(1)).build(it -> note("first"));
        Loop second = loops.loop("poll").every(seconds(1)).start(it -> note("second"));
        loops.settle();
        assertThat(loops.find("poll")).isSameAs(second);
        assertThat(loops.loops()).containsExactly(second);
        assertThatThrownBy(first::start)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("'poll'");
        assertThatThrownBy(first::startIfIdle).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(first::restart).isInstanceOf(IllegalStateException.class);
        assertThat(events).containsExactly("second 0");
    }

    @Test
    void a_loop_that_was_replaced_takes_its_name_back_once_the_other_does_not_run() {
        Loop first = loops.loop("poll").every(seconds(1)).build(it -> note("first"));
        Loop second = loops.loop("poll").every(seconds(1)).build(it -> note("second"));
        assertThat(loops.find("poll")).isSameAs(second);
        first.start();
        loops.settle();
        assertThat(loops.find("poll")).isSameAs(first);
        assertThat(events).containsExactly("first 0");
    }

    @Test
    void a_loop_that_completes_is_forgotten() {
        loops.loop("poll").every(seconds(1)).count(2).start(it -> {});
        loops.settle();
        assertThat(loops.find("poll")).isNotNull();
        loops.advance(seconds(1));
        assertThat(loops.find("poll")).isNull();
        assertThat(loops.loops()).isEmpty();
    }

    @Test
    void the_last_status_of_a_loop_that_completes_is_shown_until_its_name_is_taken_again() {
        Loop loop = loops.loop("poll").every(seconds(1)).count(2).start(it -> {});
        assertThat(loops.completed()).isEmpty();
        loops.awaitEnd(loop);
        assertThat(loops.completed()).containsExactly(loop.status());
        LoopStatus last = loops.completed().get(0);
        assertThat(last.name()).isEqualTo("poll");
        assertThat(last.lastEnd()).isEqualTo(new LoopEnd.Completed(2));
        assertThat(last.iterationEndedAt()).isEqualTo(ORIGIN.plusSeconds(1));
        Loop other = running("poll");
        other.cancel();
        loops.settle();
        assertThat(loops.completed()).isEmpty();
        other.remove();
        assertThat(loops.completed())
                .as("its name was taken, and is free again")
                .isEmpty();
    }

    @Test
    void only_the_last_100_that_completed_are_shown_oldest_first() {
        for (int i = 0; i < 103; i++) {
            loops.loop("once " + i).every(seconds(1)).count(1).start(it -> {});
            loops.settle();
        }
        assertThat(loops.completed()).hasSize(100);
        assertThat(loops.completed().get(0).name()).isEqualTo("once 3");
        assertThat(loops.completed().get(99).name()).isEqualTo("once 102");
    }

    @Test
    void of_two_loops_of_one_name_the_one_that_completed_last_is_shown_and_comes_last() {
        Loop removed = loops.loop("poll")
                .every(seconds(1))
                .count(1)
                .afterLoop(end -> loops.clock().sleep(seconds(10)))
                .start(it -> {});
        loops.settle();
        removed.remove(); // its run has completed, and is in afterLoop
        loops.awaitEnd(loops.loop("poll").every(seconds(1)).count(2).start(it -> {}));
        loops.awaitEnd(loops.loop("other").every(seconds(1)).count(1).start(it -> {}));
        assertThat(loops.awaitEnd(removed)).isEqualTo(new LoopEnd.Completed(1));
        assertThat(loops.completed()).extracting(LoopStatus::name).containsExactly("other", "poll");
        assertThat(loops.completed().get(1)).isEqualTo(removed.status());
    }

    @Test
    void a_runtime_that_is_closed_shows_none_that_completed() {
        loops.loop("poll").every(seconds(1)).count(1).start(it -> {});
        loops.settle();
        loops.runtime().close();
        assertThat(loops.completed()).isEmpty();
    }

    @Test
    void a_loop_that_completed_takes_its_name_anew_when_it_is_started_again() {
        Loop loop = loops.loop("poll").every(seconds(1)).count(1).start(it -> it.sleep(seconds(1)));
        loops.advance(seconds(1));
        loop.start();
        assertThat(loops.find("poll")).isSameAs(loop);
    }

    @Test
    void loops_that_were_stopped_or_cancelled_or_have_failed_stay_known() {
        Loop stopped = running("stopped");
        Loop cancelled = running("cancelled");
        Loop failed = loops.loop("failed").every(seconds(1)).start(it -> {
            throw new IllegalStateException("broken");
        });
        stopped.stop();
        cancelled.cancel();
        loops.advance(seconds(1));
        assertThat(loops.loops()).containsExactly(stopped, cancelled, failed).noneMatch(Loop::isRunning);
        assertThat(loops.find("failed")).isSameAs(failed);
    }

    @Test
    void remove_cancels_and_frees_the_name_at_once() {
        Loop first = loops.loop("poll")
                .every(seconds(1))
                .afterLoop(end -> {
                    note("flushes");
                    loops.clock().sleep(seconds(5));
                    note("flushed " + word(end));
                })
                .start(it -> note("first"));
        loops.settle();
        first.remove();
        assertThat(loops.find("poll")).isNull();
        Loop second = loops.loop("poll").every(seconds(60)).start(it -> note("second"));
        assertThat(loops.find("poll")).isSameAs(second);
        loops.advance(seconds(5));
        assertThat(events).containsExactly("first 0", "flushes 0", "second 0", "flushed Cancelled 5");
        assertThat(loops.find("poll")).isSameAs(second);
    }

    @Test
    void a_loop_and_its_iteration_are_one_line_of_text_whatever_the_name() {
        Loop loop = loops.loop("a\nb").every(seconds(1)).count(1).start(it -> events.add(it.toString()));
        loops.settle();
        assertThat(loop.toString()).startsWith("loop 'a\\nb' (");
        assertThat(events).containsExactly("iteration 0 of loop 'a\\nb'");
    }

    @Test
    void removing_an_idle_loop_makes_the_runtime_forget_it() {
        Loop loop = loops.loop("poll").every(seconds(1)).build(it -> {});
        loop.remove();
        loop.remove();
        assertThat(loops.loops()).isEmpty();
    }

    @Test
    void removing_a_loop_does_not_take_the_name_from_its_successor() {
        Loop first = loops.loop("poll").every(seconds(1)).build(it -> {});
        Loop second = loops.loop("poll").every(seconds(1)).build(it -> {});
        first.remove();
        assertThat(loops.find("poll")).isSameAs(second);
    }

    @Test
    void a_loop_that_was_removed_can_be_started_again_and_takes_its_name_anew() {
        Loop loop = running("poll");
        loop.remove();
        loops.settle();
        loop.start();
        loops.settle();
        assertThat(loops.find("poll")).isSameAs(loop);
        assertThat(events).containsExactly("poll 0", "poll 0");
    }

    @Test
    void a_runtime_that_is_closed_knows_no_loop() {
        running("poll");
        loops.runtime().close();
        assertThat(loops.loops()).isEmpty();
        assertThat(loops.find("poll")).isNull();
    }

    @Test
    void a_loop_that_replaces_another_is_the_newest() {
        Loop idle = loops.loop("a").every(seconds(1)).build(it -> {});
        Loop b = running("b");
        assertThat(loops.loops()).containsExactly(idle, b);
        Loop a = running("a");
        assertThat(loops.loops()).containsExactly(b, a);
    }
}
