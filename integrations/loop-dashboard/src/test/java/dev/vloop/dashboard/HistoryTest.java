package dev.vloop.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.IterationOutcome;
import dev.vloop.Loop;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class HistoryTest extends PageTest {
    private List<IterationOutcome> outcomes(Loop loop) {
        return Arrays.stream(history.of(loop).iterations())
                .mapToObj(LoopRecord::outcome)
                .toList();
    }

    @Test
    void the_last_sixty_iterations_are_kept_in_order_with_their_lengths() {
        Loop loop = everySecond("news").start(it -> it.sleep(Duration.ofMillis(it.index() + 1)));
        for (int runs : new int[] {1, 4, 5, 59, 60, 61, 150}) {
            loops.advance(Duration.ofSeconds(runs).minus(loops.elapsed()).minusMillis(500));
            long[] kept = history.of(loop).iterations();
            assertThat(kept).hasSize(Math.min(runs, 60));
            for (int i = 0; i < kept.length; i++) {
                assertThat(LoopRecord.micros(kept[i])).isEqualTo(1_000L * (runs - kept.length + i + 1));
            }
        }
    }

    @Test
    void each_outcome_is_kept() {
        Loop loop = everySecond("news")
                .continueOn(IOException.class)
                .maxAttempts(1)
                .start(it -> {
                    if (it.index() == 1) {
                        throw new IOException("continued");
                    }
                    if (it.index() == 2) {
                        throw new IllegalStateException("failed");
                    }
                });
        loops.advance(seconds(5));
        assertThat(outcomes(loop))
                .containsExactly(IterationOutcome.SUCCESS, IterationOutcome.CONTINUED, IterationOutcome.FAILED);
        loop.start();
        loops.settle();
        loop.restart(); // between two iterations: none is cut
        Loop cut = everySecond("cut").start(it -> it.sleep(seconds(100)));
        loops.settle();
        cut.cancel();
        loops.settle();
        assertThat(outcomes(cut)).containsExactly(IterationOutcome.CANCELLED);
    }

    @Test
    void five_different_failures_are_kept_the_newest_first() {
        Loop loop = everySecond("news").continueOn(IOException.class).start(it -> {
            throw new IOException("number " + it.index());
        });
        loops.advance(Duration.ofMillis(6_500));
        assertThat(history.of(loop).failures())
                .extracting(failure -> failure.message)
                .containsExactly("number 6", "number 5", "number 4", "number 3", "number 2");
    }

    @Test
    void only_a_thousand_stacks_are_kept_in_all() {
        for (int i = 0; i < 300; i++) {
            everySecond("loop " + i).continueOn(IOException.class).start(it -> {
                throw new IOException("number " + it.index());
            });
        }
        loops.advance(Duration.ofMillis(4_500));
        long stacks = loops.loops().stream()
                .flatMap(loop -> history.of(loop).failures().stream())
                .filter(failure -> failure.stack != null)
                .count();
        assertThat(stacks).isEqualTo(KeptStacks.MOST);
        assertThat(history.of(loops.get("loop 0")).failures().getFirst().stack).isNotNull();
        assertThat(history.of(loops.get("loop 0")).failures().getLast().stack).isNull();
    }

    @Test
    void a_loop_that_is_over_or_removed_leaves_nothing() {
        for (int i = 0; i < 1_000; i++) {
            everySecond("once " + i).count(1).start(it -> {});
            everySecond("removed " + i).start(it -> {});
        }
        loops.settle();
        assertThat(history.size()).isEqualTo(1_000);
        loops.loops().forEach(Loop::remove);
        loops.settle();
        assertThat(history.size()).isZero();
    }

    @Test
    void a_loop_that_is_removed_before_its_run_has_told_of_its_start_leaves_nothing() {
        Loop loop = everySecond("news").beforeLoop(() -> {}).start(it -> {});
        loop.remove();
        loops.settle();
        assertThat(history.size()).isZero();
    }

    @Test
    void a_loop_that_is_removed_while_it_ends_is_kept_until_then_and_one_that_starts_again_is_known_again() {
        Loop loop = everySecond("news").start(it -> it.sleep(seconds(10)));
        loops.settle();
        loop.remove();
        loops.settle();
        assertThat(history.size()).isZero();
        loop.start();
        loops.advance(seconds(11));
        assertThat(history.of(loop).iterations()).hasSize(1);
    }

    @Test
    void a_loop_that_takes_the_name_of_another_has_a_history_of_its_own() {
        Loop first = everySecond("news").start(it -> {});
        loops.settle();
        first.stop();
        loops.settle();
        assertThat(history.of(first).iterations()).hasSize(1);
        Loop second = everySecond("news").start(it -> {});
        loops.advance(seconds(2));
        assertThat(history.of(second).iterations()).hasSize(3);
        assertThat(history.of(first)).isNull();
        assertThat(history.size()).isOne();
    }

    @Test
    void a_run_that_fails_in_its_beginning_is_in_the_history() {
        Loop loop = everySecond("news")
                .beforeLoop(() -> {
                    throw new IllegalStateException("no start");
                })
                .start(it -> {});
        loops.settle();
        assertThat(history.of(loop).failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure.circumstances).isEqualTo("outside of an attempt: fail"));
    }

    @Test
    void an_exception_whose_text_cannot_be_read_is_kept_all_the_same() {
        RuntimeException evil = new RuntimeException() {
            @Override
            public String getMessage() {
                throw new IllegalStateException("no message");
            }

            @Override
            public StackTraceElement[] getStackTrace() {
                throw new IllegalStateException("no stack");
            }
        };
        assertThat(StackText.of(evil)).contains("its message threw").contains("no more: it threw");
    }

    @Test
    void causes_that_form_a_circle_end() {
        IllegalStateException one = new IllegalStateException("one");
        IllegalStateException two = new IllegalStateException("two", one);
        one.initCause(two);
        one.addSuppressed(new IOException("aside"));
        assertThat(StackText.of(one))
                .contains("suppressed: java.io.IOException: aside")
                .containsOnlyOnce("caused by: java.lang.IllegalStateException: two")
                .hasSizeLessThan(StackText.LONGEST + 2);
    }

    private List<FailureRecord> failures(Loop loop) {
        return history.of(loop).failures();
    }

    @Test
    void only_failures_that_follow_each_other_are_counted_and_like_ones_have_type_and_message_in_common() {
        Loop loop = everySecond("news")
                .continueOn(IOException.class)
                .continueOn(java.io.UncheckedIOException.class)
                .start(it -> {
                    switch ((int) it.index()) {
                        case 0, 1, 3 -> throw new IOException("down");
                        case 2 -> throw new java.io.UncheckedIOException("down", new IOException());
                        case 4 -> throw new IOException();
                        default -> throw new IOException((String) null);
                    }
                });
        loops.advance(Duration.ofMillis(5_500));
        assertThat(failures(loop))
                .extracting(failure -> failure.times + " " + failure.type + " " + failure.message)
                .containsExactly(
                        "2 java.io.IOException null",
                        "1 java.io.IOException down",
                        "1 java.io.UncheckedIOException down",
                        "2 java.io.IOException down");
        FailureRecord first = failures(loop).getLast();
        assertThat(first.first).isEqualTo(ORIGIN);
        assertThat(first.last).isEqualTo(ORIGIN.plusSeconds(1));
        assertThat(first.circumstances).isEqualTo("iteration 1, attempt 1: continue");
    }

    @Test
    void of_a_long_message_the_beginning_is_kept() {
        Loop loop = everySecond("news").continueOn(IOException.class).start(it -> {
            throw new IOException("x".repeat(500_000) + it.index());
        });
        loops.advance(Duration.ofMillis(1_500));
        assertThat(failures(loop)).singleElement().satisfies(failure -> {
            assertThat(failure.message).hasSize(601).endsWith("x…");
            assertThat(failure.times).isEqualTo(2);
        });
    }

    @Test
    void it_keeps_the_numbers_that_its_documentation_tells() {
        assertThat(KeptStacks.MOST).isEqualTo(1_000);
        assertThat(LoopRecord.ITERATIONS).isEqualTo(60);
        assertThat(LoopRecord.FAILURES).isEqualTo(5);
        assertThat(StackText.LONGEST).isEqualTo(8_000);
    }

    @Test
    void a_loop_that_was_stopped_and_runs_again_is_known_until_the_end_of_that_run_when_it_is_removed() {
        Loop loop = everySecond("news")
                .afterLoop(end -> loops.clock().sleep(seconds(5)))
                .start(it -> {});
        loops.settle();
        loop.stop();
        loops.advance(seconds(6));
        assertThat(history.of(loop)).isNotNull();
        loop.start();
        loops.settle();
        loop.remove();
        loops.advance(seconds(1));
        assertThat(history.of(loop)).isNotNull();
        loops.advance(seconds(6));
        assertThat(history.size()).isZero();
    }

    @Test
    void bars_are_as_high_as_the_root_of_their_length_and_say_so() {
        Loop loop = everySecond("news").start(it -> it.sleep(Duration.ofMillis(it.index() == 0 ? 100 : 400)));
        loops.advance(Duration.ofMillis(1_500));
        assertThat(Sparkline.of(history.of(loop)))
                .contains("<title>2 iterations, all successes; the longest took 400 ms</title>")
                .contains("<path class=ok d=\"M175 18v-11M178 18v-18\"/>");
        Loop failing = everySecond("failing").continueOn(IOException.class).start(it -> {
            throw new IOException("down");
        });
        loops.settle();
        assertThat(Sparkline.of(history.of(failing)))
                .contains("<title>1 iteration, 1 not a success;")
                .contains("<path class=warn d=\"M178 18v-3\"/>");
        assertThat(Sparkline.of(null)).doesNotContain("<svg");
    }
}
