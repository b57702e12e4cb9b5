package dev.vloop.testkit.diagnosis;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vloop.HookFailure.Hook;
import dev.vloop.Loop;
import dev.vloop.testkit.Finding;
import dev.vloop.testkit.LoopAssertions;
import dev.vloop.testkit.TestLoops;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What a test has looked at excuses that alone")
class SeenFailuresTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final TestLoops loops = TestLoops.create();

    private Loop failing(String name) {
        return loops.loop(name).every(MINUTE).start(it -> {
            throw new IllegalStateException("boom of " + name);
        });
    }

    private Loop flushing(String name) {
        return loops.loop(name)
                .every(MINUTE)
                .count(1)
                .afterLoop(end -> {
                    throw new IOException("flush of " + name);
                })
                .start(it -> {});
    }

    private void assertToldOf(String told, String seen) {
        assertThatThrownBy(loops::close)
                .hasMessageContaining("loop '" + told + "'")
                .hasMessageNotContaining("loop '" + seen + "'");
    }

    @Test
    void a_loop_excuses_no_other_loop() {
        Loop seen = failing("seen");
        failing("unseen");
        loops.settle();
        LoopAssertions.assertThat(seen).hasFailedWith(IllegalStateException.class);
        assertToldOf("unseen", "seen");
    }

    @Test
    void each_assertion_that_looks_at_a_failure_has_seen_it() {
        Loop byLastFailure = failing("by last failure");
        Loop byLastEnd = failing("by last end");
        Loop byStatus = failing("by status");
        loops.settle();
        LoopAssertions.assertThat(byLastFailure).lastFailure().isInstanceOf(IllegalStateException.class);
        LoopAssertions.assertThat(byLastEnd).lastEnd().isFailed();
        LoopAssertions.assertThat(byStatus.status()).hasFailedWith(IllegalStateException.class);
        assertThatCode(loops::close).doesNotThrowAnyException();
    }

    @Test
    void a_loop_whose_end_is_awaited_is_excused_for_earlier_runs_too() {
        Loop seen = failing("seen");
        loops.settle();
        seen.start();
        loops.settle();
        LoopAssertions.assertThat(loops.awaitEnd(seen)).isFailed();
        assertThatCode(loops::close).doesNotThrowAnyException();
    }

    @Test
    void an_end_excuses_no_other_end() throws InterruptedException {
        Loop seen = failing("seen");
        failing("unseen");
        LoopAssertions.assertThat(seen.join()).isFailed();
        assertToldOf("unseen", "seen");
    }

    @Test
    void a_loop_that_joins_another_does_not_look_for_the_test() {
        Loop unseen = failing("unseen");
        loops.loop("joins").every(MINUTE).start(it -> unseen.join());
        loops.settle();
        assertToldOf("unseen", "joins");
    }

    @Test
    void a_failed_hook_excuses_no_other_hook() {
        Loop seen = flushing("seen");
        flushing("unseen");
        LoopAssertions.assertThat(loops.awaitEnd(seen)).hasHookFailure(Hook.AFTER_LOOP, IOException.class);
        assertToldOf("unseen", "seen");
    }

    @Test
    void a_loop_that_succeeds_makes_up_for_no_other_loop() {
        failing("failing");
        loops.loop("good").every(MINUTE).start(it -> {});
        loops.advance(MINUTE);
        assertToldOf("failing", "good");
    }

    @Test
    void the_error_has_the_first_of_several_causes() {
        failing("one");
        loops.advance(MINUTE);
        failing("two");
        flushing("three");
        loops.settle();
        assertThatThrownBy(loops::close)
                .hasMessageContaining("loop 'one' failed at 00:00:00")
                .hasMessageContaining("loop 'two' failed at 00:01:00")
                .hasMessageContaining("afterLoop of loop 'three' threw at 00:01:00")
                .hasRootCauseMessage("boom of one");
    }

    @Test
    void what_several_calls_name_is_tolerated_together() {
        TestLoops tolerant = TestLoops.builder()
                .tolerate(Finding.UNSEEN_FAILURE)
                .tolerate(Finding.HOOK_FAILURE)
                .create();
        tolerant.loop("failing")
                .every(MINUTE)
                .afterLoop(end -> {
                    throw new IOException("flush");
                })
                .start(it -> {
                    throw new IllegalStateException("boom");
                });
        tolerant.settle();
        assertThatCode(tolerant::close).doesNotThrowAnyException();
    }

    @Test
    void what_is_tolerated_is_no_cause_and_excuses_nothing_else() {
        TestLoops tolerant =
                TestLoops.builder().tolerate(Finding.UNSEEN_FAILURE).create();
        tolerant.loop("failing").every(MINUTE).start(it -> {
            throw new IllegalStateException("boom");
        });
        tolerant.loop("flushing")
                .every(MINUTE)
                .count(1)
                .afterLoop(end -> {
                    throw new IOException("flush");
                })
                .start(it -> {});
        tolerant.settle();
        assertThatThrownBy(tolerant::close).hasRootCauseMessage("flush").hasMessageNotContaining("never looked");
        assertThatCode(loops::close).doesNotThrowAnyException();
    }
}
