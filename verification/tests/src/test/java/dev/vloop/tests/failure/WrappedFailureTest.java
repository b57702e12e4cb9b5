package dev.vloop.tests.failure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.Backoff;
import dev.vloop.Loop;
import dev.vloop.LoopEnd;
import dev.vloop.LoopFailure;
import dev.vloop.LoopListener;
import dev.vloop.Reaction;
import dev.vloop.tests.support.ListenerRelay;
import dev.vloop.tests.support.VirtualTimeTest;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.logging.Level;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("R30: handlers see the exception that was judged, not what a future threw around it")
class WrappedFailureTest extends VirtualTimeTest {
    WrappedFailureTest() {
        super(new ListenerRelay());
    }

    private static final class RateLimited extends IOException {
        private static final long serialVersionUID = 1;
    }

    private final RateLimited cause = new RateLimited();
    private final List<LoopFailure> told = new ArrayList<>();

    /** As {@code submit().get()} of a library that answers with futures. */
    private void call() throws Exception {
        CompletableFuture.failedFuture(cause).get();
    }

    @Test
    void a_backoff_that_asks_for_the_type_of_the_cause_matches() {
        Backoff asTheServerAsks = (failure, random) ->
                failure.cause() instanceof RateLimited ? Duration.ofMinutes(3) : Duration.ofSeconds(1);
        loops.loop("job").every(seconds(1000)).backoff(asTheServerAsks).start(it -> {
            note("attempt " + it.attempt());
            call();
        });
        loops.advance(seconds(200));
        assertThat(events).containsExactly("attempt 1 0", "attempt 2 180");
    }

    @Test
    void onFailure_and_listeners_and_the_status_see_it_and_what_was_thrown_around_it() {
        List<LoopFailure> heard = new ArrayList<>();
        listen(new LoopListener() {
            @Override
            public void onFailure(LoopFailure failure) {
                heard.add(failure);
            }
        });
        Loop loop = everySecond()
                .on(RateLimited.class, limited -> Reaction.CONTINUE)
                .count(1)
                .onFailure(told::add)
                .start(it -> call());
        loops.settle();
        assertThat(told)
                .hasSize(1)
                .isEqualTo(heard)
                .containsExactly(loop.status().lastFailure());
        assertThat(told.get(0).cause()).isSameAs(cause);
        assertThat(told.get(0).thrown()).isInstanceOf(ExecutionException.class).hasCause(cause);
        assertThat(told.get(0).toString())
                .contains("cause=" + RateLimited.class.getName())
                .contains("ExecutionException");
    }

    @Test
    void the_end_has_it_and_what_was_thrown_around_it() {
        Loop loop = everySecond().clearReactions().start(it -> call());
        loops.settle();
        assertThat(loop.status().lastEnd()).isInstanceOfSatisfying(LoopEnd.Failed.class, end -> {
            assertThat(end.cause()).isSameAs(cause);
            assertThat(end.thrown()).isInstanceOf(ExecutionException.class).hasCause(cause);
            assertThat(end.toString())
                    .contains("cause=" + RateLimited.class.getName())
                    .contains("ExecutionException");
        });
    }

    @Test
    void the_log_has_its_stack_and_the_line_of_the_body_that_waited_for_the_future() {
        everySecond().clearReactions().start(it -> call());
        loops.settle();
        assertThat(log.causes(Level.SEVERE)).containsExactly(cause);
        assertThat(log.errors())
                .first()
                .asString()
                .contains("ExecutionException")
                .contains("WrappedFailureTest.call")
                .doesNotContain("vthreads.Attempts");
    }

    @Test
    void the_log_of_a_retry_names_it_and_the_line_once() {
        loops.loop("job")
                .every(seconds(1000))
                .maxAttempts(2)
                .backoff(Backoff.fixed(seconds(1)))
                .start(it -> call());
        loops.advance(seconds(5));
        assertThat(log.warnings())
                .hasSize(1)
                .first()
                .asString()
                .contains("next in 1 s: " + RateLimited.class.getName())
                .contains("WrappedFailureTest.call");
        assertThat(log.causes(Level.WARNING)).containsExactly(cause);
    }

    @Test
    void what_was_not_wrapped_is_its_own_cause() {
        everySecond()
                .continueOn(IOException.class)
                .count(1)
                .onFailure(told::add)
                .start(it -> {
                    throw cause;
                });
        loops.settle();
        assertThat(told.get(0).thrown()).isSameAs(cause);
        assertThat(log.warnings().get(0)).doesNotContain("it came in");
    }

    @Test
    void several_wrappers_are_taken_off_and_one_without_a_cause_is_the_cause() {
        ExecutionException bare = new ExecutionException("bare", null);
        everySecond()
                .clearReactions()
                .continueOn(Exception.class)
                .count(2)
                .onFailure(told::add)
                .start(it -> {
                    throw it.index() == 0 ? new CompletionException(new ExecutionException(cause)) : bare;
                });
        loops.advance(seconds(2));
        assertThat(told).extracting(LoopFailure::cause).containsExactly(cause, bare);
    }

    @Test
    void what_a_hook_throws_is_attached_to_it() {
        IllegalStateException ofHook = new IllegalStateException("hook");
        everySecond()
                .clearReactions()
                .onFailure(failure -> {
                    throw ofHook;
                })
                .start(it -> call());
        loops.settle();
        assertThat(cause).hasSuppressedException(ofHook);
    }

    @Test
    void text_that_throws_is_no_obstacle() {
        class Hostile extends ExecutionException {
            private static final long serialVersionUID = 1;

            Hostile(Throwable cause) {
                super(cause);
            }

            @Override
            public StackTraceElement[] getStackTrace() {
                throw new IllegalStateException("no stack");
            }

            @Override
            public String getMessage() {
                throw new IllegalStateException("no text");
            }
        }
        Loop loop = everySecond().clearReactions().start(it -> {
            throw new Hostile(cause);
        });
        loops.settle();
        assertThat(loop.status().lastEnd())
                .isInstanceOfSatisfying(
                        LoopEnd.Failed.class, end -> assertThat(end.cause()).isSameAs(cause));
        assertThat(log.errors()).hasSize(1);
    }
}
