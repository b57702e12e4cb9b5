package dev.vloop.tests.failure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.Backoff;
import dev.vloop.Loop;
import dev.vloop.LoopBuilder;
import dev.vloop.LoopEnd;
import dev.vloop.LoopFailure;
import dev.vloop.LoopState;
import dev.vloop.LoopStatus;
import dev.vloop.Reaction;
import dev.vloop.tests.support.VirtualTimeTest;
import java.io.IOException;
import java.sql.SQLTransientException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("R28, R29, R30: what beforeLoop throws has the reactions of the loop, and its backoff")
class BeforeLoopFailureTest extends VirtualTimeTest {
    private final List<LoopFailure> told = new ArrayList<>();

    /** How often the database is away. */
    private int away = 2;

    private void connect() throws SQLTransientException {
        note("connect");
        if (away-- > 0) {
            throw new SQLTransientException("no database");
        }
    }

    private LoopBuilder connecting() {
        return loops.loop("job")
                .every(seconds(1000))
                .backoff(Backoff.fixed(seconds(10)))
                .beforeLoop(this::connect)
                .onFailure(told::add)
                .afterLoop(end -> note("after " + word(end)));
    }

    @Test
    void one_that_is_retried_is_called_again_after_the_backoff() {
        Loop loop = connecting().retryOn(SQLTransientException.class).start(it -> note("body"));
        loops.advance(seconds(50));
        assertThat(events).containsExactly("connect 0", "connect 10", "connect 20", "body 20");
        assertThat(told).extracting(LoopFailure::reaction).containsExactly(Reaction.RETRY, Reaction.RETRY);
        assertThat(told).extracting(LoopFailure::inARow).containsExactly(1, 2);
        assertThat(told).extracting(LoopFailure::attempt).containsOnly(0);
        assertThat(told.get(0).backoff()).isEqualTo(seconds(10));
        assertThat(loop.status().retries()).isEqualTo(2);
        assertThat(log.warnings()).hasSize(2).first().asString().contains("beforeLoop failed, next in 10 s");
    }

    @Test
    void an_IOException_is_retried_unless_said_otherwise() {
        loops.loop("job")
                .every(seconds(1000))
                .beforeLoop(() -> {
                    note("before");
                    if (events.size() == 1) {
                        throw new ExecutionException(new IOException("no network"));
                    }
                })
                .backoff(Backoff.fixed(seconds(1)))
                .start(it -> note("body"));
        loops.advance(seconds(5));
        assertThat(events).containsExactly("before 0", "before 1", "body 1");
    }

    @Test
    void hooks_that_have_succeeded_are_not_called_again() {
        loops.loop("job")
                .every(seconds(1000))
                .backoff(Backoff.fixed(seconds(10)))
                .retryOn(SQLTransientException.class)
                .beforeLoop(() -> note("first"))
                .beforeLoop(this::connect)
                .beforeLoop(() -> note("third"))
                .start(it -> note("body"));
        loops.advance(seconds(50));
        assertThat(events).containsExactly("first 0", "connect 0", "connect 10", "connect 20", "third 20", "body 20");
    }

    @Test
    void a_success_begins_the_count_of_failures_in_a_row_afresh() {
        for (int overlapping = 1; overlapping <= 2; overlapping++) {
            told.clear();
            away = 2;
            Loop loop = connecting()
                    .retryOn(SQLTransientException.class)
                    .continueOn(IllegalStateException.class)
                    .maxConcurrent(overlapping)
                    .count(1)
                    .start(it -> {
                        throw new IllegalStateException("body");
                    });
            loops.advance(seconds(30));
            assertThat(told).extracting(LoopFailure::inARow).containsExactly(1, 2, 1);
            assertThat(loop.status().failuresInARow()).isEqualTo(1);
        }
    }

    @Test
    void maxAttempts_limits_the_calls_of_each_hook() {
        Loop loop =
                connecting().retryOn(SQLTransientException.class).maxAttempts(2).start(it -> note("body"));
        loops.advance(seconds(50));
        assertThat(events).containsExactly("connect 0", "connect 10", "after Failed 10");
        assertThat(loop.status().lastEnd()).isInstanceOf(LoopEnd.Failed.class);
    }

    @Test
    void one_that_is_tolerated_is_logged_and_the_run_goes_on_without_it() {
        connecting().continueOn(SQLTransientException.class).count(1).start(it -> note("body"));
        loops.settle();
        assertThat(events).containsExactly("connect 0", "body 0", "after Completed 0");
        assertThat(told).extracting(LoopFailure::reaction).containsExactly(Reaction.CONTINUE);
        assertThat(log.warnings()).hasSize(1).first().asString().contains("beforeLoop failed, on without it");
    }

    @Test
    void one_that_nobody_named_fails_the_run() {
        connecting().start(it -> note("body"));
        loops.advance(seconds(50));
        assertThat(events).containsExactly("connect 0", "after Failed 0");
        assertThat(told).extracting(LoopFailure::reaction).containsExactly(Reaction.FAIL);
    }

    @Test
    void a_backoff_that_throws_fails_the_run() {
        Loop loop = connecting()
                .retryOn(SQLTransientException.class)
                .backoff((failure, random) -> {
                    throw new IllegalStateException("odd backoff");
                })
                .start(it -> note("body"));
        loops.settle();
        assertThat(loop.status().lastEnd())
                .isInstanceOfSatisfying(
                        LoopEnd.Failed.class,
                        end -> assertThat(end.cause())
                                .hasMessage("odd backoff")
                                .hasSuppressedException(told.get(0).cause().getSuppressed()[0]));
    }

    @Test
    void a_cancel_ends_its_backoff_and_is_no_failure() {
        Loop loop = connecting().retryOn(SQLTransientException.class).start(it -> note("body"));
        loops.advance(seconds(5));
        loop.cancel();
        loops.settle();
        assertThat(events).containsExactly("connect 0", "after Cancelled 5");
        assertThat(told).hasSize(1);
    }

    @Test
    void a_stop_ends_its_backoff_as_no_iteration_would_follow() {
        Loop loop = connecting().retryOn(SQLTransientException.class).start(it -> note("body"));
        loops.advance(seconds(5));
        loop.stop();
        loops.settle();
        assertThat(events).containsExactly("connect 0", "after Stopped 5");
    }

    @Test
    void a_shutdown_does_not_wait_for_its_backoff() {
        connecting().retryOn(SQLTransientException.class).start(it -> note("body"));
        loops.advance(seconds(5));
        loops.runtime().shutdown(seconds(60));
        assertThat(events).containsExactly("connect 0", "after Stopped 5");
    }

    @Test
    void a_trigger_during_its_backoff_asks_for_the_next_call_only() {
        away = 1;
        Loop loop = connecting().retryOn(SQLTransientException.class).start(it -> note("body"));
        loops.advance(seconds(5));
        loop.trigger();
        loops.advance(seconds(5));
        assertThat(events).containsExactly("connect 0", "connect 5", "body 5");
    }

    @Test
    @DisplayName("R35: the status tells of the failures, the backoff, and since when")
    void the_status_tells_that_a_run_is_stuck_in_it() {
        Loop loop = connecting().retryOn(SQLTransientException.class).build(it -> note("body"));
        loops.advance(seconds(3));
        loop.start();
        loops.advance(seconds(15));
        LoopStatus status = loop.status();
        assertThat(status.state()).isEqualTo(LoopState.BACKING_OFF);
        assertThat(status.startingSince()).isEqualTo(ORIGIN.plusSeconds(3));
        assertThat(status.failuresInARow()).isEqualTo(2);
        assertThat(status.nextIteration()).isNull();
        assertThat(status.lastFailure()).isEqualTo(told.get(1));
        loops.advance(seconds(10));
        assertThat(loop.status().startingSince()).isNull();
        assertThat(loop.status().state()).isEqualTo(LoopState.WAITING);
    }

    @Test
    void the_log_tells_where_a_run_is_stuck_in_it() {
        Loop loop = loops.loop("job")
                .every(seconds(10))
                .beforeLoop(() -> loops.clock().sleep(seconds(90)))
                .start(it -> note("body"));
        loops.advance(seconds(59));
        assertThat(log.warnings()).isEmpty();
        loops.advance(seconds(2));
        assertThat(log.warnings())
                .hasSize(1)
                .first()
                .asString()
                .contains("loop 'job' has been in beforeLoop for 60 s")
                .contains("BeforeLoopFailureTest");
        loops.advance(seconds(30));
        assertThat(events).containsExactly("body 90");
        loop.restart();
        loops.advance(seconds(10));
        assertThat(log.warnings()).hasSize(1);
    }

    @Test
    void the_log_says_nothing_of_one_that_has_ended_in_time() {
        loops.loop("job")
                .every(seconds(1000))
                .beforeLoop(() -> loops.clock().sleep(seconds(50)))
                .start(it -> note("body"));
        loops.advance(seconds(50));
        loops.advanceToNext(); // no report is due any more
        assertThat(events).containsExactly("body 50", "body 1050");
        assertThat(log.warnings()).isEmpty();
    }

    @Test
    void the_log_does_not_repeat_in_a_backoff_what_it_has_said_of_the_failure() {
        connecting()
                .retryOn(SQLTransientException.class)
                .backoff(Backoff.fixed(seconds(100)))
                .start(it -> note("body"));
        loops.advance(seconds(90));
        assertThat(log.warnings()).hasSize(1).first().asString().contains("beforeLoop failed, next in 100 s");
    }
}
