package dev.vloop.tests.failure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.Loop;
import dev.vloop.LoopEnd;
import dev.vloop.Reaction;
import dev.vloop.tests.support.VirtualTimeTest;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.util.logging.Level;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("R28: retries")
class RetryTest extends VirtualTimeTest {
    @Test
    void index_and_slot_do_not_move_and_the_attempt_number_rises_from_1() {
        loops.loop("job")
                .every(seconds(10))
                .backoff((failure, random) -> seconds(7))
                .start(it -> {
                    note(it.index() + "." + it.attempt() + " for "
                            + Duration.between(ORIGIN, it.scheduledAt()).toSeconds());
                    if (it.index() == 1 && it.attempt() < 3) {
                        throw new IOException("no network");
                    }
                });
        loops.advance(seconds(30));
        assertThat(events)
                .containsExactly(
                        "0.1 for 0 0",
                        "1.1 for 10 10",
                        "1.2 for 10 17",
                        "1.3 for 10 24", // which serves the slot of 20, too
                        "2.1 for 30 30");
    }

    @Test
    void every_failed_attempt_is_logged_with_its_cause_before_the_wait() {
        IOException cause = new IOException("no network");
        loops.loop("job")
                .every(seconds(100))
                .backoff((failure, random) -> seconds(10))
                .start(it -> {
                    throw cause;
                });
        loops.settle();
        assertThat(log.warnings()).hasSize(1);
        assertThat(log.warnings().getFirst())
                .contains("'job'")
                .contains("attempt 1 of iteration 0")
                .contains("10 s")
                .contains("no network");
        assertThat(log.causes(Level.WARNING)).containsExactly(cause);
        loops.advance(seconds(10));
        assertThat(log.warnings())
                .hasSize(2)
                .last()
                .asString()
                .contains("attempt 2")
                .contains("no network");
        assertThat(log.errors()).isEmpty();
    }

    @Test
    void only_the_first_of_several_failures_in_a_row_is_logged_with_its_stack_trace() {
        loops.loop("job")
                .every(seconds(10))
                .continueOn(IllegalStateException.class)
                .start(it -> {
                    if (it.index() != 3) {
                        throw new IllegalStateException("night " + it.index());
                    }
                });
        loops.advance(seconds(59)); // three fail, the fourth succeeds, two fail
        assertThat(log.warnings()).hasSize(5);
        assertThat(log.causes(Level.WARNING)).extracting(Throwable::getMessage).containsExactly("night 0", "night 4");
    }

    @Test
    void a_backoff_of_zero_retries_at_once() {
        loops.loop("job")
                .every(seconds(100))
                .backoff((failure, random) -> Duration.ZERO)
                .start(it -> {
                    note("attempt " + it.attempt());
                    if (it.attempt() < 3) {
                        throw new IOException("no network");
                    }
                });
        loops.settle();
        assertThat(events).containsExactly("attempt 1 0", "attempt 2 0", "attempt 3 0");
    }

    @Test
    void a_long_night_without_network_overruns_slots_as_a_long_body_does() {
        Loop loop = loops.loop("job")
                .every(seconds(10))
                .backoff((failure, random) -> seconds(25))
                .start(it -> {
                    note("attempt " + it.attempt());
                    if (it.index() == 0 && it.attempt() < 3) {
                        throw new IOException("no network");
                    }
                });
        loops.advance(seconds(60));
        assertThat(events).containsExactly("attempt 1 0", "attempt 2 25", "attempt 3 50", "attempt 1 60");
        assertThat(loop.status().missedSlots()).isEqualTo(4);
    }

    @Test
    void with_a_limit_on_attempts_the_last_failure_fails_the_run() {
        Loop loop = everySecond()
                .maxAttempts(3)
                .backoff((failure, random) -> seconds(1))
                .onFailure(failure -> note(failure.attempt() + " " + failure.reaction()))
                .start(it -> {
                    throw new IOException("no network");
                });
        loops.advance(seconds(10));
        assertThat(events).containsExactly("before 0", "1 RETRY 0", "2 RETRY 1", "3 FAIL 2", "after Failed 2");
        assertThat(loop.status().lastEnd()).isInstanceOf(LoopEnd.Failed.class);
    }

    @Test
    void with_a_limit_the_last_failure_continues_if_a_wider_type_says_so() {
        everySecond()
                .maxAttempts(2)
                .retryOn(FileNotFoundException.class)
                .continueOn(Exception.class)
                .backoff((failure, random) -> millis(100))
                .onFailure(failure -> note(failure.index() + "." + failure.attempt() + " " + failure.reaction()))
                .count(2)
                .start(it -> {
                    throw new FileNotFoundException("x");
                });
        loops.advance(seconds(10));
        assertThat(events)
                .containsExactly(
                        "before 0",
                        "0.1 RETRY 0",
                        "0.2 CONTINUE 0.1",
                        "1.1 RETRY 1",
                        "1.2 CONTINUE 1.1",
                        "after Completed 1.1");
    }

    @Test
    void with_a_limit_a_wider_type_that_fails_fails() {
        Loop loop = everySecond().maxAttempts(1).failOn(Exception.class).start(it -> {
            throw new IOException("no network");
        });
        loops.advance(seconds(1));
        assertThat(loop.status().lastEnd()).isInstanceOf(LoopEnd.Failed.class);
    }

    @Test
    void a_limit_of_one_makes_no_retries() {
        everySecond().maxAttempts(1).continueOn(Exception.class).count(2).start(it -> {
            note("attempt " + it.attempt());
            throw new IOException("no network");
        });
        loops.advance(seconds(10));
        assertThat(events).containsExactly("before 0", "attempt 1 0", "attempt 1 1", "after Completed 1");
    }

    @Test
    void the_limit_is_that_of_one_iteration() {
        Loop loop = everySecond()
                .maxAttempts(2)
                .backoff((failure, random) -> millis(1))
                .count(5)
                .start(it -> {
                    if (it.attempt() == 1) {
                        throw new IOException("no network");
                    }
                });
        loops.advance(seconds(10));
        assertThat(loop.status().lastEnd()).isEqualTo(new LoopEnd.Completed(5));
        assertThat(loop.status().retries()).isEqualTo(5);
    }

    @Test
    void a_function_may_retry_and_falls_to_the_wider_type_on_the_last_attempt() {
        Loop loop = everySecond()
                .maxAttempts(2)
                .on(IOException.class, e -> Reaction.RETRY)
                .continueOn(Exception.class)
                .backoff((failure, random) -> millis(1))
                .count(1)
                .start(it -> {
                    throw new IOException("no network");
                });
        loops.advance(seconds(10));
        assertThat(loop.status().lastEnd()).isEqualTo(new LoopEnd.Completed(1));
    }
}
