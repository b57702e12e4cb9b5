package dev.vloop.tests.failure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.HookFailure;
import dev.vloop.HookFailure.Hook;
import dev.vloop.Loop;
import dev.vloop.LoopEnd;
import dev.vloop.LoopFailure;
import dev.vloop.Reaction;
import dev.vloop.tests.support.VirtualTimeTest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("R30: continue, fail, and the hooks")
class HooksTest extends VirtualTimeTest {
    private final RuntimeException cause = new RuntimeException("broken");
    private final IllegalStateException ofHook = new IllegalStateException("hook");

    private static List<HookFailure> failed(Loop loop, Hook hook, Throwable thrown) {
        return List.of(new HookFailure(loop, hook, ORIGIN, thrown));
    }

    @Test
    void continue_counts_the_iteration_as_done_and_goes_on_with_the_next_slot() {
        Loop loop = everySecond().continueOn(RuntimeException.class).count(3).start(it -> {
            note("body " + it.index());
            if (it.index() == 1) {
                throw cause;
            }
        });
        loops.advance(seconds(5));
        assertThat(events).containsExactly("before 0", "body 0 0", "body 1 1", "body 2 2", "after Completed 2");
        assertThat(loop.status().lastEnd()).isEqualTo(new LoopEnd.Completed(3));
    }

    @Test
    void a_tolerated_failure_is_logged_with_its_cause() {
        everySecond().continueOn(RuntimeException.class).count(1).start(it -> {
            throw cause;
        });
        loops.settle();
        assertThat(log.warnings())
                .hasSize(1)
                .first()
                .asString()
                .contains("'job'")
                .contains("broken");
        assertThat(log.causes(Level.WARNING)).containsExactly(cause);
        assertThat(log.errors()).isEmpty();
    }

    @Test
    void fail_ends_the_run_with_afterLoop() {
        Loop loop = everySecond().start(it -> {
            if (it.index() == 1) {
                throw cause;
            }
        });
        loops.advance(seconds(5));
        assertThat(events).containsExactly("before 0", "after Failed 1");
        assertThat(loop.status().lastEnd()).isEqualTo(new LoopEnd.Failed(1, cause));
    }

    @Test
    void without_a_handler_a_fatal_failure_is_logged_as_an_error_with_name_and_stack_trace() {
        everySecond().start(it -> {
            throw cause;
        });
        loops.settle();
        assertThat(log.errors()).hasSize(1).first().asString().contains("'job'");
        assertThat(log.causes(Level.SEVERE)).containsExactly(cause);
    }

    @Test
    void a_failure_of_beforeLoop_is_not_silent_either() {
        List<LoopFailure> told = new ArrayList<>();
        Loop loop = everySecond()
                .beforeLoop(() -> {
                    throw cause;
                })
                .onFailure(told::add)
                .start(it -> note("body"));
        loops.settle();
        assertThat(told)
                .containsExactly(new LoopFailure(loop, 0, 0, 1, ORIGIN, cause, Reaction.FAIL, null, null, cause));
        assertThat(log.errors()).hasSize(1).first().asString().contains("'job'").contains("beforeLoop");
        assertThat(log.causes(Level.SEVERE)).containsExactly(cause);
    }

    @Test
    void onFailure_hears_every_failed_attempt_with_its_reaction_and_the_number_in_a_row() {
        loops.loop("job")
                .every(seconds(10))
                .continueOn(IllegalArgumentException.class)
                .backoff((failure, random) -> seconds(1))
                .onFailure(failure -> note(
                        failure.index() + "." + failure.attempt() + " " + failure.reaction() + " " + failure.inARow()))
                .start(it -> {
                    if (it.index() == 0 && it.attempt() < 3) {
                        throw new IOException("no network");
                    }
                    if (it.index() == 1) {
                        throw new IllegalArgumentException("odd");
                    }
                    if (it.index() == 2) {
                        throw cause;
                    }
                });
        loops.advance(seconds(60));
        assertThat(events).containsExactly("0.1 RETRY 1 0", "0.2 RETRY 2 1", "1.1 CONTINUE 1 10", "2.1 FAIL 2 20");
    }

    @Test
    void onFailure_comes_before_the_backoff() {
        loops.loop("job")
                .every(seconds(100))
                .backoff((failure, random) -> seconds(10))
                .onFailure(failure -> note("told"))
                .start(it -> {
                    note("attempt");
                    throw new IOException("no network");
                });
        loops.advance(seconds(10));
        assertThat(events).containsExactly("attempt 0", "told 0", "attempt 10", "told 10");
    }

    @Test
    void onFailure_comes_before_afterLoop() {
        everySecond().onFailure(failure -> note("told")).start(it -> {
            throw cause;
        });
        loops.settle();
        assertThat(events).containsExactly("before 0", "told 0", "after Failed 0");
    }

    @Test
    void several_hooks_of_one_kind_are_called_in_their_order() {
        loops.loop("job")
                .every(seconds(1))
                .beforeLoop(() -> note("before 1"))
                .beforeLoop(() -> note("before 2"))
                .onFailure(failure -> note("failure 1"))
                .onFailure(failure -> note("failure 2"))
                .afterLoop(end -> note("after 1"))
                .afterLoop(end -> note("after 2"))
                .start(it -> {
                    throw cause;
                });
        loops.settle();
        assertThat(events)
                .containsExactly("before 1 0", "before 2 0", "failure 1 0", "failure 2 0", "after 1 0", "after 2 0");
    }

    @Test
    void after_a_beforeLoop_that_failed_the_next_one_is_not_called() {
        loops.loop("job")
                .every(seconds(1))
                .beforeLoop(() -> {
                    throw cause;
                })
                .beforeLoop(() -> note("before 2"))
                .afterLoop(end -> note("after " + word(end)))
                .start(it -> note("body"));
        loops.settle();
        assertThat(events).containsExactly("after Failed 0");
    }

    @Test
    void what_afterLoop_throws_is_logged_and_attached_and_does_not_stop_the_next_one() {
        Loop loop = everySecond()
                .afterLoop(end -> {
                    throw ofHook;
                })
                .afterLoop(end -> note("second"))
                .start(it -> {
                    throw cause;
                });
        loops.settle();
        assertThat(loop.status().lastEnd())
                .isEqualTo(new LoopEnd.Failed(0, cause, cause, failed(loop, Hook.AFTER_LOOP, ofHook)));
        assertThat(cause).hasSuppressedException(ofHook);
        assertThat(events).containsExactly("before 0", "after Failed 0", "second 0");
        assertThat(log.causes(Level.SEVERE)).containsExactly(cause, ofHook);
        assertThat(log.errors().getLast()).contains("'job'").contains("afterLoop");
    }

    @Test
    void what_afterLoop_throws_does_not_change_a_good_end() {
        Loop loop = everySecond()
                .count(1)
                .afterLoop(end -> {
                    throw ofHook;
                })
                .start(it -> {});
        loops.settle();
        assertThat(loop.status().lastEnd()).isEqualTo(new LoopEnd.Completed(1, failed(loop, Hook.AFTER_LOOP, ofHook)));
        assertThat(log.causes(Level.SEVERE)).containsExactly(ofHook);
    }

    @Test
    void an_Error_of_afterLoop_harms_nobody_either() {
        Loop loop = everySecond()
                .count(1)
                .afterLoop(end -> {
                    throw new AssertionError("hook");
                })
                .afterLoop(end -> note("second"))
                .start(it -> {});
        loops.settle();
        assertThat(events).containsExactly("before 0", "after Completed 0", "second 0");
        assertThat(loop.isRunning()).isFalse();
        assertThat(log.errors()).hasSize(1);
    }

    @Test
    void what_onFailure_throws_is_logged_and_attached_and_does_not_stop_the_next_one_or_the_retry() {
        IOException first = new IOException("no network");
        loops.loop("job")
                .every(seconds(100))
                .backoff((failure, random) -> seconds(1))
                .onFailure(failure -> {
                    throw ofHook;
                })
                .onFailure(failure -> note("second"))
                .start(it -> {
                    note("attempt " + it.attempt());
                    if (it.attempt() == 1) {
                        throw first;
                    }
                });
        loops.advance(seconds(5));
        assertThat(events).containsExactly("attempt 1 0", "second 0", "attempt 2 1");
        assertThat(first).hasSuppressedException(ofHook);
        assertThat(log.errors()).hasSize(1).first().asString().contains("'job'").contains("onFailure");
    }

    @Test
    void a_hook_that_throws_the_very_cause_is_logged_and_harms_nobody() {
        Loop loop = everySecond()
                .onFailure(failure -> {
                    throw (Exception) failure.cause();
                })
                .start(it -> {
                    throw cause;
                });
        loops.settle();
        assertThat(loop.status().lastEnd())
                .isEqualTo(new LoopEnd.Failed(0, cause, cause, failed(loop, Hook.ON_FAILURE, cause)));
        assertThat(cause).hasNoSuppressedExceptions();
        assertThat(log.errors()).hasSize(2);
    }

    @Test
    void a_cause_that_takes_no_suppressed_exceptions_is_no_obstacle() {
        class Bare extends RuntimeException {
            private static final long serialVersionUID = 1;

            Bare() {
                super("bare", null, false, false);
            }
        }
        Loop loop = everySecond()
                .onFailure(failure -> {
                    throw ofHook;
                })
                .start(it -> {
                    throw new Bare();
                });
        loops.settle();
        assertThat(loop.status().lastEnd()).isInstanceOf(LoopEnd.Failed.class);
        assertThat(log.errors()).hasSize(2);
    }

    @Test
    void a_cancellation_is_not_logged_as_a_failure() {
        Loop loop = everySecond().onFailure(failure -> note("told")).start(it -> it.sleep(seconds(10)));
        loops.settle();
        loop.cancel();
        loops.settle();
        assertThat(events).containsExactly("before 0", "after Cancelled 0");
        assertThat(log.errors()).isEmpty();
        assertThat(log.warnings()).isEmpty();
    }
}
