package dev.vloop.testkit.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vloop.HookFailure.Hook;
import dev.vloop.Loop;
import dev.vloop.LoopEnd;
import dev.vloop.testkit.Finding;
import dev.vloop.testkit.LoopAssertions;
import dev.vloop.testkit.TestLoops;
import dev.vloop.testkit.Timeline;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A hook that fails is a finding; a loop that heals itself is none")
class HookFindingTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final TestLoops loops = TestLoops.create();

    private Loop flushing(TestLoops in) {
        return in.loop("bulker")
                .every(MINUTE)
                .count(3)
                .afterLoop(end -> {
                    throw new IOException("flush");
                })
                .start(it -> {});
    }

    @Test
    void a_lost_flush_fails_the_test_although_the_run_has_completed() {
        Loop bulker = flushing(loops);
        LoopAssertions.assertThat(loops.awaitEnd(bulker)).isCompleted();
        assertThatThrownBy(loops::close)
                .hasMessageContaining("afterLoop of loop 'bulker' threw at 00:02:00: IOException: flush")
                .hasMessageFindingMatch(DiagnosisContract.HERE)
                .hasMessageContaining("hasHookFailure(AFTER_LOOP, IOException.class)")
                .hasMessageContaining("  ! 00:02:00  #2 ok, afterLoop threw IOException: flush")
                .hasRootCauseMessage("flush");
    }

    @Test
    void so_does_one_that_fails_as_the_test_ends_its_loops() {
        flushing(loops);
        loops.settle();
        assertThatThrownBy(loops::close)
                .hasMessageContaining("afterLoop of loop 'bulker' threw at 00:00:00: IOException: flush")
                .hasMessageContaining("afterLoop threw IOException: flush, => cancelled after");
    }

    @Test
    void so_does_a_handler_of_failures() {
        loops.loop("feed")
                .every(MINUTE)
                .continueOn(IllegalStateException.class)
                .onFailure(failure -> {
                    throw new IOException("alert");
                })
                .start(it -> {
                    throw new IllegalStateException("body");
                });
        loops.settle();
        assertThatThrownBy(loops::close)
                .hasMessageContaining("onFailure of loop 'feed' threw at 00:00:00: IOException: alert");
    }

    @Test
    void an_exception_whose_stack_trace_throws_is_reported_all_the_same() {
        loops.loop("bulker")
                .every(MINUTE)
                .count(1)
                .afterLoop(end -> {
                    throw new Hostile();
                })
                .start(it -> {});
        loops.advance(MINUTE);
        assertThatThrownBy(loops::close)
                .hasMessageContaining(
                        "afterLoop of loop 'bulker' threw at 00:00:00: Hostile: flush (its stack trace threw "
                                + IllegalStateException.class.getName() + ")")
                .hasMessageContaining("timeline");
    }

    /** An exception of a user whose methods do not do what they should. */
    private static final class Hostile extends RuntimeException {
        private static final long serialVersionUID = 1;

        Hostile() {
            super("flush");
        }

        @Override
        public StackTraceElement[] getStackTrace() {
            throw new IllegalStateException("no stack");
        }
    }

    @Test
    void one_that_the_test_asserts_is_none() {
        Loop bulker = flushing(loops);
        LoopAssertions.assertThat(loops.awaitEnd(bulker))
                .isCompleted()
                .hasHookFailure(Hook.AFTER_LOOP, IOException.class);
        assertThatCode(loops::close).doesNotThrowAnyException();
    }

    @Test
    void all_that_one_assertion_fits_are_none() {
        Loop bulker = loops.loop("bulker")
                .every(MINUTE)
                .count(1)
                .afterLoop(end -> {
                    throw new IOException("flush");
                })
                .afterLoop(end -> {
                    throw new IOException("goodbye");
                })
                .start(it -> {});
        LoopAssertions.assertThat(loops.awaitEnd(bulker)).hasHookFailure(Hook.AFTER_LOOP, IOException.class);
        assertThatCode(loops::close).doesNotThrowAnyException();
    }

    @Test
    void one_that_the_test_tolerates_is_none() {
        TestLoops tolerant = TestLoops.builder().tolerate(Finding.HOOK_FAILURE).create();
        flushing(tolerant);
        assertThatCode(tolerant::close).doesNotThrowAnyException();
    }

    @Test
    void assertions_on_the_hooks_of_an_end_say_what_was_thrown() {
        LoopEnd lost = loops.awaitEnd(flushing(loops));
        LoopEnd good = loops.awaitEnd(loops.loop("good").every(MINUTE).count(1).start(it -> {}));
        LoopAssertions.assertThat(good).hasNoHookFailures();
        assertThatThrownBy(() -> LoopAssertions.assertThat(lost).hasNoHookFailures())
                .hasMessageContaining("to have had no hook throw")
                .hasMessageContaining("completed after 3 iterations; afterLoop threw IOException: flush");
        assertThatThrownBy(() -> LoopAssertions.assertThat(lost).hasHookFailure(Hook.ON_FAILURE, IOException.class))
                .hasMessageContaining("to have had onFailure throw IOException");
        assertThatThrownBy(
                        () -> LoopAssertions.assertThat(lost).hasHookFailure(Hook.AFTER_LOOP, RuntimeException.class))
                .hasMessageContaining("to have had afterLoop throw RuntimeException");
        LoopAssertions.assertThat(lost).hasHookFailure(Hook.AFTER_LOOP, Exception.class);
        loops.close();
    }

    /** A loop that restarts itself after a failure, and fails this many times. */
    private Loop healing(int failures) {
        int[] left = {failures};
        Loop feed = loops.loop("feed")
                .every(MINUTE)
                .afterLoop(end -> {
                    if (end.isFailed()) {
                        loops.get("feed").restart();
                    }
                })
                .build(it -> {
                    if (it.index() == 1 && left[0]-- > 0) {
                        throw new IllegalStateException("boom " + left[0]);
                    }
                });
        return feed.start();
    }

    @Test
    void a_loop_that_restarts_itself_and_succeeds_does_not_fail_its_test() {
        healing(2);
        loops.advance(Duration.ofMinutes(5));
        assertThatCode(loops::close).doesNotThrowAnyException();
    }

    @Test
    void its_failed_runs_can_be_looked_at() {
        Loop feed = healing(2);
        loops.advance(Duration.ofMinutes(5));
        LoopAssertions.assertThat(feed)
                .failedRuns()
                .extracting(end -> end.cause().getMessage())
                .containsExactly("boom 1", "boom 0");
        Timeline timeline = loops.timeline();
        assertThat(timeline.toString()).contains("#1 failed, fail: IllegalStateException: boom 1");
        loops.close();
    }

    @Test
    void a_loop_whose_last_run_has_not_succeeded_yet_fails_it_and_the_message_names_the_way() {
        Loop feed = loops.loop("feed")
                .every(MINUTE)
                .initialDelay(MINUTE)
                .afterLoop(end -> {
                    if (end.isFailed()) {
                        loops.get("feed").restart();
                    }
                })
                .start(it -> {
                    throw new IllegalStateException("boom");
                });
        loops.advance(MINUTE);
        assertThat(feed.isRunning()).isTrue();
        assertThatThrownBy(loops::close)
                .hasMessageContaining("loop 'feed' failed at 00:01:00: IllegalStateException: boom")
                .hasMessageContaining("assertThat(loop).failedRuns()")
                .hasMessageContaining("a loop that restarts itself and then succeeds need not be looked at");
    }

    @Test
    void an_iteration_whose_failure_is_tolerated_does_not_heal_a_loop() {
        boolean[] failed = {false};
        Loop feed = loops.loop("feed")
                .every(MINUTE)
                .continueOn(IOException.class)
                .afterLoop(end -> {
                    if (end.isFailed()) {
                        loops.get("feed").restart();
                    }
                })
                .start(it -> {
                    if (failed[0]) {
                        throw new IOException("tolerated");
                    }
                    failed[0] = true;
                    throw new IllegalStateException("boom");
                });
        loops.advance(MINUTE);
        LoopAssertions.assertThat(feed).hasIterations(2); // the second run goes on
        assertThatThrownBy(loops::close)
                .hasMessageContaining("loop 'feed' failed at 00:00:00: IllegalStateException: boom");
    }

    @Test
    void failed_runs_of_a_loop_that_was_looked_at_count_as_seen() {
        Loop feed = loops.loop("feed").every(MINUTE).start(it -> {
            throw new IllegalStateException("boom");
        });
        loops.settle();
        LoopAssertions.assertThat(feed).failedRuns().hasSize(1);
        assertThatCode(loops::close).doesNotThrowAnyException();
    }
}
