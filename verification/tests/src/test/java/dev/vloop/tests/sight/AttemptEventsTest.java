package dev.vloop.tests.sight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.Iteration;
import dev.vloop.IterationOutcome;
import dev.vloop.Loop;
import dev.vloop.LoopBuilder;
import dev.vloop.LoopFailure;
import dev.vloop.LoopListener;
import dev.vloop.Reaction;
import dev.vloop.Schedule;
import dev.vloop.tests.support.ListenerRelay;
import dev.vloop.tests.support.VirtualTimeTest;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("R36: each iteration and attempt that begins has exactly one end")
class AttemptEventsTest extends VirtualTimeTest implements LoopListener {
    private final List<LoopFailure> failures = new ArrayList<>();

    AttemptEventsTest() {
        super(new ListenerRelay());
    }

    @BeforeEach
    void listen() {
        listen(this);
    }

    @Override
    public void onIteration(Iteration iteration) {
        note("iteration " + iteration.index());
    }

    @Override
    public void onAttempt(Iteration attempt) {
        note("attempt " + attempt.attempt());
    }

    @Override
    public void onAttemptEnd(Iteration attempt, Duration took, @Nullable LoopFailure failure) {
        note("end of attempt " + attempt.attempt() + " after " + took.toSeconds() + ", "
                + (failure == null ? "no failure" : failure.reaction() + " in " + failure.backoff()));
        if (failure != null) {
            failures.add(failure);
        }
    }

    @Override
    public void onIterationEnd(Iteration last, IterationOutcome outcome, Duration took) {
        note(outcome + " in attempt " + last.attempt() + " after " + took.toSeconds());
    }

    private LoopBuilder job(int concurrent) {
        return loops.loop("job")
                .every(seconds(1_000))
                .maxConcurrent(concurrent)
                .backoff((failure, random) -> seconds(10));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void with_lengths_backoffs_and_slots(int concurrent) {
        job(concurrent).count(1).start(it -> {
            it.sleep(seconds(3));
            if (it.attempt() == 1) {
                throw new IOException("no network");
            }
        });
        loops.advance(seconds(100));
        assertThat(events)
                .containsExactly(
                        "iteration 0 0",
                        "attempt 1 0",
                        "end of attempt 1 after 3, RETRY in PT10S 3",
                        "attempt 2 13",
                        "end of attempt 2 after 3, no failure 16",
                        "SUCCESS in attempt 2 after 16 16");
        assertThat(failures).extracting(LoopFailure::slot).containsExactly(ORIGIN);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void also_one_that_is_cancelled_in_its_backoff(int concurrent) {
        Loop loop = job(concurrent).start(it -> {
            throw new IOException("no network");
        });
        loops.advance(seconds(4));
        loop.cancel();
        loops.settle();
        assertThat(events)
                .containsExactly(
                        "iteration 0 0",
                        "attempt 1 0",
                        "end of attempt 1 after 0, RETRY in PT10S 0",
                        "CANCELLED in attempt 1 after 4 4");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void also_one_that_is_cancelled_in_its_body(int concurrent) {
        Loop loop = job(concurrent).start(it -> it.sleep(seconds(100)));
        loops.advance(seconds(4));
        loop.cancel();
        loops.settle();
        assertThat(events)
                .containsExactly(
                        "iteration 0 0",
                        "attempt 1 0",
                        "end of attempt 1 after 4, no failure 4",
                        "CANCELLED in attempt 1 after 4 4");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void before_the_handlers_hear_of_its_failure(int concurrent) {
        job(concurrent)
                .failOn(IOException.class)
                .onFailure(failure -> note("handler"))
                .start(it -> {
                    throw new IOException("no network");
                });
        loops.settle();
        assertThat(events).containsSubsequence("end of attempt 1 after 0, FAIL in null 0", "handler 0");
    }

    @Test
    void also_one_that_is_cancelled_before_its_body() {
        listen(new LoopListener() {
            @Override
            public void onIteration(Iteration iteration) {
                iteration.loop().cancel();
            }
        });
        job(1).start(it -> note("body"));
        loops.settle();
        assertThat(events)
                .containsExactly(
                        "iteration 0 0",
                        "attempt 1 0",
                        "end of attempt 1 after 0, no failure 0",
                        "CANCELLED in attempt 1 after 0 0");
    }

    @Test
    void also_one_that_is_cancelled_while_its_failure_is_judged() {
        job(1).on(IOException.class, e -> {
                    loops.get("job").cancel();
                    return Reaction.CONTINUE;
                })
                .start(it -> {
                    throw new IOException("no network");
                });
        loops.settle();
        assertThat(events)
                .containsExactly(
                        "iteration 0 0",
                        "attempt 1 0",
                        "end of attempt 1 after 0, no failure 0",
                        "CANCELLED in attempt 1 after 0 0");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void also_one_that_fails_for_good_by_its_backoff(int concurrent) {
        job(concurrent).backoff((failure, random) -> seconds(-1)).start(it -> {
            throw new IOException("no network");
        });
        loops.settle();
        assertThat(events)
                .containsExactly(
                        "iteration 0 0",
                        "attempt 1 0",
                        "end of attempt 1 after 0, FAIL in null 0",
                        "FAILED in attempt 1 after 0 0");
    }

    @Test
    void none_begins_for_a_schedule_that_throws() {
        Schedule broken = context -> {
            throw new IllegalStateException("broken");
        };
        loops.loop("job").schedule(broken).start(it -> note("body"));
        loops.settle();
        assertThat(events).isEmpty();
    }
}
