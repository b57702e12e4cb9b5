package dev.vloop.tests.time;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.Loop;
import dev.vloop.LoopEnd;
import dev.vloop.MissedSlots;
import dev.vloop.tests.support.VirtualTimeTest;
import java.io.IOException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("R23: count")
class CountTest extends VirtualTimeTest {
    @Test
    void the_run_completes_when_its_last_iteration_is_over_right_then() {
        everySecond().count(3).start(it -> {
            note("body");
            it.sleep(millis(300));
        });
        loops.advance(seconds(10));
        assertThat(events).containsExactly("before 0", "body 0", "body 1", "body 2", "after Completed 2.3");
    }

    @Test
    void a_count_of_one_is_one_iteration() {
        noting().every(seconds(3600)).count(1).start(it -> note("body"));
        loops.settle();
        assertThat(events).containsExactly("before 0", "body 0", "after Completed 0");
    }

    @Test
    void each_run_counts_anew() {
        Loop loop = everySecond().count(2).start(it -> note("body"));
        loops.advance(seconds(5));
        loop.start();
        loops.advance(seconds(5));
        assertThat(events).hasSize(8).last().isEqualTo("after Completed 6");
    }

    @Test
    void retries_do_not_count() {
        everySecond().count(2).backoff((failure, random) -> seconds(1)).start(it -> {
            note("body");
            if (it.attempt() == 1) {
                throw new IOException("no network");
            }
        });
        loops.advance(seconds(10));
        assertThat(events).containsExactly("before 0", "body 0", "body 1", "body 2", "body 3", "after Completed 3");
    }

    @Test
    void tolerated_failures_count() {
        Loop loop = everySecond().count(2).continueOn(IOException.class).start(it -> {
            throw new IOException("no network");
        });
        loops.advance(seconds(10));
        assertThat(loop.status().lastEnd()).isEqualTo(new LoopEnd.Completed(2));
        assertThat(events).containsExactly("before 0", "after Completed 1");
    }

    @Test
    void missed_slots_that_run_count_one_each() {
        everySecond().count(4).missed(MissedSlots.RUN_ALL).start(it -> {
            note("body");
            if (it.index() == 0) {
                it.sleep(seconds(10));
            }
        });
        loops.advance(seconds(20));
        assertThat(events).containsExactly("before 0", "body 0", "body 10", "body 10", "body 10", "after Completed 10");
    }

    @Test
    void a_stop_during_the_last_iteration_leaves_it_completed() {
        Loop loop = everySecond().count(1).start(it -> it.loop().stop());
        loops.advance(seconds(5));
        assertThat(loop.status().lastEnd()).isEqualTo(new LoopEnd.Completed(1));
    }

    @Test
    void there_is_no_next_slot_during_the_last_iteration() {
        Loop loop = everySecond().count(2).start(it -> it.sleep(millis(500)));
        loops.settle();
        assertThat(loop.nextIteration()).isEqualTo(ORIGIN.plusSeconds(1));
        loops.advance(seconds(1));
        assertThat(loop.nextIteration()).isNull();
    }
}
