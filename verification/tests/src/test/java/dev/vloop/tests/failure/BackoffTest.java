package dev.vloop.tests.failure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.Backoff;
import dev.vloop.Loop;
import dev.vloop.LoopEnd;
import dev.vloop.LoopFailure;
import dev.vloop.Reaction;
import dev.vloop.tests.support.VirtualTimeTest;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("R29: backoff")
class BackoffTest extends VirtualTimeTest {
    private final List<Duration> starts = new ArrayList<>();

    private LoopFailure failure(int inARow) {
        Loop loop = loops.loop("some").every(seconds(1)).build(it -> {});
        IOException cause = new IOException("x");
        return new LoopFailure(loop, 0, 1, inARow, ORIGIN, cause, Reaction.RETRY, ORIGIN, null, cause);
    }

    @ParameterizedTest
    @CsvSource({"1, 2", "2, 4", "3, 8", "9, 512", "10, 1024", "11, 1024", "100, 1024", "2147483647, 1024"})
    void the_default_is_any_wait_up_to_a_bound_that_doubles_from_2_s_to_1024_s(int inARow, long bound) {
        RandomGenerator random = new SplittableRandom(42);
        Backoff backoff = Backoff.exponential();
        LoopFailure failure = failure(inARow);
        double[] waits = IntStream.range(0, 4000)
                .mapToDouble(i -> backoff.delay(failure, random).toNanos() / 1e9 / bound)
                .toArray();
        assertThat(Arrays.stream(waits).boxed())
                .allSatisfy(wait -> assertThat(wait).isBetween(0.0, 1.0));
        for (int tenth = 0; tenth < 10; tenth++) {
            double from = tenth / 10.0;
            assertThat(IntStream.range(0, waits.length)
                            .filter(i -> waits[i] >= from && waits[i] < from + 0.1)
                            .count())
                    .isBetween(300L, 500L);
        }
    }

    @Test
    void the_loop_waits_as_long_as_its_default_says() {
        Loop loop = loops.loop("job").every(seconds(100_000)).start(it -> {
            starts.add(loops.elapsed());
            throw new IOException("no network");
        });
        loops.advance(seconds(10_000));
        assertThat(starts).hasSizeGreaterThan(12);
        for (int i = 1; i < starts.size(); i++) {
            assertThat(starts.get(i).minus(starts.get(i - 1))).isBetween(Duration.ZERO, seconds(1L << Math.min(10, i)));
        }
        assertThat(starts).doesNotHaveDuplicates();
        assertThat(loop.isRunning()).isTrue();
    }

    @Test
    void any_function_of_the_failure_can_be_one() {
        loops.loop("job")
                .every(seconds(1000))
                .backoff((failure, random) ->
                        seconds(failure.cause().getMessage().length()))
                .start(it -> {
                    note("attempt " + it.attempt());
                    throw new IOException("x".repeat(it.attempt()));
                });
        loops.advance(seconds(6));
        assertThat(events).containsExactly("attempt 1 0", "attempt 2 1", "attempt 3 3", "attempt 4 6");
    }

    @Test
    void it_is_told_all_about_the_failure() {
        List<LoopFailure> told = new ArrayList<>();
        IOException cause = new IOException("no network");
        Loop loop = loops.loop("job")
                .every(seconds(100))
                .backoff((failure, random) -> {
                    told.add(failure);
                    return seconds(5);
                })
                .start(it -> {
                    if (it.index() == 1) {
                        throw cause;
                    }
                });
        loops.advance(seconds(105));
        assertThat(told)
                .containsExactly(
                        new LoopFailure(
                                loop,
                                1,
                                1,
                                1,
                                ORIGIN.plusSeconds(100),
                                cause,
                                Reaction.RETRY,
                                ORIGIN.plusSeconds(100),
                                null,
                                cause),
                        new LoopFailure(
                                loop,
                                1,
                                2,
                                2,
                                ORIGIN.plusSeconds(105),
                                cause,
                                Reaction.RETRY,
                                ORIGIN.plusSeconds(100),
                                null,
                                cause));
    }

    @Test
    void it_is_not_asked_about_failures_that_are_not_retried() {
        everySecond()
                .count(2)
                .continueOn(IOException.class)
                .backoff((failure, random) -> {
                    note("asked");
                    return Duration.ZERO;
                })
                .start(it -> {
                    throw new IOException("no network");
                });
        loops.advance(seconds(5));
        assertThat(events).containsExactly("before 0", "after Completed 1");
    }

    @Test
    void it_starts_afresh_after_each_iteration_that_succeeded() {
        List<Integer> rows = new ArrayList<>();
        loops.loop("job")
                .every(seconds(100))
                .backoff((failure, random) -> {
                    rows.add(failure.inARow());
                    return seconds(1);
                })
                .start(it -> {
                    if (it.attempt() <= 3) {
                        throw new IOException("no network");
                    }
                });
        loops.advance(seconds(250));
        assertThat(rows).containsExactly(1, 2, 3, 1, 2, 3, 1, 2, 3);
    }

    @Test
    void a_tolerated_failure_is_no_success_and_does_not_reset_it() {
        List<Integer> rows = new ArrayList<>();
        loops.loop("job")
                .every(seconds(10))
                .maxAttempts(2)
                .retryOn(IOException.class)
                .continueOn(Exception.class)
                .backoff((failure, random) -> seconds(1))
                .onFailure(failure -> rows.add(failure.inARow()))
                .start(it -> {
                    throw new IOException("no network");
                });
        loops.advance(seconds(15));
        assertThat(rows).containsExactly(1, 2, 3, 4);
    }

    @Test
    void one_that_throws_fails_the_run_with_that_cause() {
        IllegalArgumentException fault = new IllegalArgumentException("cannot tell");
        IOException first = new IOException("no network");
        Loop loop = everySecond()
                .backoff((failure, random) -> {
                    throw fault;
                })
                .onFailure(failure ->
                        note(failure.reaction() + " " + failure.cause().getMessage()))
                .start(it -> {
                    throw first;
                });
        loops.advance(seconds(5));
        assertThat(loop.status().lastEnd()).isEqualTo(new LoopEnd.Failed(0, fault));
        assertThat(fault).hasSuppressedException(first);
        assertThat(events).containsExactly("before 0", "FAIL cannot tell 0", "after Failed 0");
    }

    @Test
    void a_negative_wait_fails_the_run() {
        Loop loop = everySecond().backoff((failure, random) -> seconds(-3)).start(it -> {
            throw new IOException("no network");
        });
        loops.advance(seconds(5));
        assertFailedBecauseOf(loop, "PT-3S");
    }

    @Test
    @SuppressWarnings("NullAway")
    void no_wait_at_all_fails_the_run() {
        Loop loop = everySecond().backoff((failure, random) -> null).start(it -> {
            throw new IOException("no network");
        });
        loops.advance(seconds(5));
        assertFailedBecauseOf(loop, "null");
    }

    private static void assertFailedBecauseOf(Loop loop, String value) {
        assertThat(loop.status().lastEnd())
                .isInstanceOfSatisfying(
                        LoopEnd.Failed.class,
                        failed -> assertThat(failed.cause())
                                .isInstanceOf(IllegalStateException.class)
                                .hasMessageContaining("backoff")
                                .hasMessageContaining(value));
    }
}
