package dev.vloop.testkit.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vloop.LoopRuntime;
import dev.vloop.testkit.Finding;
import dev.vloop.testkit.TestCluster;
import dev.vloop.testkit.TestLoops;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The end of a test")
class EndOfTestTest {
    private static final Duration DAY = Duration.ofDays(1);

    private final List<String> events = new ArrayList<>();

    private void flushing(TestLoops loops, Duration length) {
        loops.loop("slow")
                .every(Duration.ofMinutes(1))
                .afterLoop(end -> {
                    loops.clock().sleep(length);
                    events.add("flushed");
                })
                .start(it -> {});
        loops.settle();
    }

    @Test
    void gives_a_loop_a_day_of_virtual_time_to_end() {
        TestLoops loops = TestLoops.create();
        flushing(loops, DAY);
        assertThatCode(loops::close).doesNotThrowAnyException();
        assertThat(events).containsExactly("flushed");
        assertThat(loops.elapsed()).isEqualTo(DAY);
    }

    @Test
    void tells_of_a_loop_that_takes_longer() {
        TestLoops loops = TestLoops.create();
        flushing(loops, DAY.plusNanos(1));
        assertThatThrownBy(loops::close)
                .hasMessageContaining("leak: loop 'slow' did not end when cancelled, within a day of virtual time")
                .hasMessageContaining(">>> 00:00:00  leak: loop 'slow' did not end");
        assertThat(events).isEmpty();
    }

    @Test
    void says_nothing_of_it_where_that_is_tolerated() {
        TestLoops loops = TestLoops.builder().tolerate(Finding.LEAK).create();
        flushing(loops, DAY.plusNanos(1));
        assertThatCode(loops::close).doesNotThrowAnyException();
    }

    @Test
    void lets_no_loop_begin_that_has_not_begun_yet() {
        TestLoops loops = TestLoops.create();
        for (LoopRuntime runtime : List.of(loops, TestCluster.on(loops).instance("a"))) {
            runtime.loop("late")
                    .every(Duration.ofMinutes(1))
                    .beforeLoop(() -> events.add("before"))
                    .afterLoop(end -> events.add("after " + end))
                    .start(it -> events.add("body"));
        }
        loops.close();
        assertThat(events).containsExactly("after Cancelled[iterations=0]", "after Cancelled[iterations=0]");
    }

    @Test
    void is_refused_on_another_thread_and_then_still_tells_what_it_finds() throws Exception {
        TestLoops loops = TestLoops.create();
        loops.loop("feed").every(DAY).start(it -> {
            throw new IllegalStateException("boom");
        });
        loops.settle();
        FutureTask<?> close = new FutureTask<>(loops::close, null);
        Thread other = Thread.ofPlatform().start(close);
        other.join();
        assertThatThrownBy(close::get)
                .hasCauseInstanceOf(IllegalStateException.class)
                .hasMessageContaining("only the test's own thread");
        assertThatThrownBy(loops::close).hasMessageContaining("loop 'feed' failed at 00:00:00");
    }

    @Test
    void ends_all_loops_also_those_that_wait_for_each_other() {
        TestLoops loops = TestLoops.create();
        var first = loops.loop("first")
                .every(DAY)
                .afterLoop(end -> events.add("first"))
                .start(it -> {});
        loops.loop("second")
                .every(DAY)
                .afterLoop(end -> {
                    first.join();
                    events.add("second");
                })
                .start(it -> {});
        loops.settle();
        loops.close();
        assertThat(events).containsExactly("first", "second");
        assertThat(loops.loops()).isEmpty();
    }
}
