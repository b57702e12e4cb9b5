package dev.vloop.tests.failure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.Loop;
import dev.vloop.LoopBuilder;
import dev.vloop.LoopEnd;
import dev.vloop.Reaction;
import dev.vloop.tests.support.VirtualTimeTest;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("R27: reactions")
class ReactionTest extends VirtualTimeTest {
    /** What follows when the first attempt of the first iteration throws. */
    private Reaction reactionTo(Throwable thrown, LoopBuilder builder) {
        Loop loop = builder.every(seconds(10))
                .backoff((failure, random) -> seconds(1))
                .onFailure(failure -> note(failure.reaction().name()))
                .start(it -> {
                    if (it.index() == 0 && it.attempt() == 1) {
                        ReactionTest.<RuntimeException>sneak(thrown);
                    }
                    note("attempt " + it.attempt() + " of " + it.index());
                });
        loops.advance(seconds(10));
        if (loop.status().lastEnd() instanceof LoopEnd.Failed failed) {
            assertThat(failed.thrown()).isSameAs(thrown);
            assertThat(events).containsExactly("FAIL 0");
            return Reaction.FAIL;
        }
        if (events.contains("RETRY 0")) {
            assertThat(events).containsExactly("RETRY 0", "attempt 2 of 0 1", "attempt 1 of 1 10");
            return Reaction.RETRY;
        }
        assertThat(events).containsExactly("CONTINUE 0", "attempt 1 of 1 10");
        return Reaction.CONTINUE;
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> void sneak(Throwable thrown) throws E {
        throw (E) thrown;
    }

    private LoopBuilder job() {
        return loops.loop("job");
    }

    @Test
    void an_IOException_is_retried_by_default() {
        assertThat(reactionTo(new IOException("x"), job())).isEqualTo(Reaction.RETRY);
    }

    @Test
    void a_subclass_of_IOException_is_retried_by_default() {
        assertThat(reactionTo(new ConnectException("x"), job())).isEqualTo(Reaction.RETRY);
    }

    @Test
    void an_UncheckedIOException_is_retried_by_default() {
        assertThat(reactionTo(new UncheckedIOException(new IOException("x")), job()))
                .isEqualTo(Reaction.RETRY);
    }

    @Test
    void a_TimeoutException_is_retried_by_default() {
        assertThat(reactionTo(new TimeoutException("x"), job())).isEqualTo(Reaction.RETRY);
    }

    @Test
    void what_nobody_named_fails() {
        assertThat(reactionTo(new IllegalStateException("x"), job())).isEqualTo(Reaction.FAIL);
    }

    @Test
    void what_nobody_named_fails_although_it_is_caused_by_what_is_retried() {
        assertThat(reactionTo(new IllegalStateException(new IOException("x")), job()))
                .isEqualTo(Reaction.FAIL);
    }

    @Test
    void all_defaults_can_be_cleared() {
        assertThat(reactionTo(new IOException("x"), job().clearReactions())).isEqualTo(Reaction.FAIL);
    }

    @Test
    void what_is_named_after_the_clearing_counts() {
        LoopBuilder builder =
                job().continueOn(RuntimeException.class).clearReactions().continueOn(IOException.class);
        assertThat(reactionTo(new IOException("x"), builder)).isEqualTo(Reaction.CONTINUE);
    }

    @Test
    void what_was_named_before_the_clearing_does_not_count() {
        LoopBuilder builder = job().continueOn(RuntimeException.class).clearReactions();
        assertThat(reactionTo(new RuntimeException("x"), builder)).isEqualTo(Reaction.FAIL);
    }

    @Test
    void a_type_can_be_named_for_a_retry() {
        assertThat(reactionTo(new IllegalStateException("x"), job().retryOn(IllegalStateException.class)))
                .isEqualTo(Reaction.RETRY);
    }

    @Test
    void a_type_can_be_named_to_go_on() {
        assertThat(reactionTo(new IllegalStateException("x"), job().continueOn(IllegalStateException.class)))
                .isEqualTo(Reaction.CONTINUE);
    }

    @Test
    void a_type_can_be_named_to_fail() {
        assertThat(reactionTo(new IOException("x"), job().failOn(IOException.class)))
                .isEqualTo(Reaction.FAIL);
    }

    @Test
    void the_most_specific_type_decides_whatever_the_order() {
        LoopBuilder specificFirst = job().failOn(FileNotFoundException.class).retryOn(IOException.class);
        assertThat(reactionTo(new FileNotFoundException("x"), specificFirst)).isEqualTo(Reaction.FAIL);
    }

    @Test
    void the_most_specific_type_decides_also_when_it_is_named_last() {
        LoopBuilder specificLast = job().failOn(Exception.class).continueOn(SocketException.class);
        assertThat(reactionTo(new ConnectException("x"), specificLast)).isEqualTo(Reaction.CONTINUE);
    }

    @Test
    void a_default_is_more_specific_than_Exception() {
        assertThat(reactionTo(new IOException("x"), job().continueOn(Exception.class)))
                .isEqualTo(Reaction.RETRY);
    }

    @Test
    void at_the_same_type_the_last_call_decides() {
        LoopBuilder builder =
                job().failOn(IOException.class).retryOn(IOException.class).continueOn(IOException.class);
        assertThat(reactionTo(new IOException("x"), builder)).isEqualTo(Reaction.CONTINUE);
    }

    @Test
    void a_function_decides_from_the_exception() {
        LoopBuilder builder = job().on(
                        IllegalStateException.class,
                        e -> e.getMessage().equals("busy") ? Reaction.RETRY : Reaction.FAIL);
        assertThat(reactionTo(new IllegalStateException("busy"), builder)).isEqualTo(Reaction.RETRY);
    }

    @Test
    void the_same_function_may_decide_otherwise() {
        LoopBuilder builder = job().on(
                        IllegalStateException.class,
                        e -> e.getMessage().equals("busy") ? Reaction.RETRY : Reaction.FAIL);
        assertThat(reactionTo(new IllegalStateException("broken"), builder)).isEqualTo(Reaction.FAIL);
    }

    @Test
    void the_cause_of_an_ExecutionException_is_judged_in_its_stead() {
        assertThat(reactionTo(new ExecutionException(new IOException("x")), job()))
                .isEqualTo(Reaction.RETRY);
    }

    @Test
    void the_cause_of_a_CompletionException_is_judged_in_its_stead() {
        LoopBuilder builder = job().continueOn(IllegalStateException.class).failOn(RuntimeException.class);
        assertThat(reactionTo(new CompletionException(new IllegalStateException("x")), builder))
                .isEqualTo(Reaction.CONTINUE);
    }

    @Test
    void wrappers_in_wrappers_are_taken_off_too() {
        Throwable thrown = new CompletionException(new ExecutionException(new IOException("x")));
        assertThat(reactionTo(thrown, job())).isEqualTo(Reaction.RETRY);
    }

    @Test
    void a_wrapper_without_a_cause_is_judged_itself() {
        assertThat(reactionTo(new ExecutionException("x", null), job().continueOn(ExecutionException.class)))
                .isEqualTo(Reaction.CONTINUE);
    }

    @Test
    void an_Error_always_fails() {
        assertThat(reactionTo(new StackOverflowError("x"), job().continueOn(Exception.class)))
                .isEqualTo(Reaction.FAIL);
    }

    @Test
    void a_wrapped_Error_fails_too() {
        assertThat(reactionTo(new ExecutionException(new AssertionError("x")), job().continueOn(Exception.class)))
                .isEqualTo(Reaction.FAIL);
    }

    @Test
    void a_Throwable_that_is_neither_fails() {
        assertThat(reactionTo(new Throwable("x"), job().continueOn(Exception.class)))
                .isEqualTo(Reaction.FAIL);
    }

    @Test
    void a_function_that_throws_fails_the_run_with_that_cause() {
        IllegalArgumentException fault = new IllegalArgumentException("cannot decide");
        IOException first = new IOException("x");
        Loop loop = everySecond()
                .on(IOException.class, e -> {
                    throw fault;
                })
                .start(it -> {
                    throw first;
                });
        loops.advance(seconds(5));
        assertThat(loop.status().lastEnd()).isEqualTo(new LoopEnd.Failed(0, fault));
        assertThat(fault).hasSuppressedException(first);
    }

    @Test
    @SuppressWarnings("NullAway")
    void a_function_that_returns_null_fails_the_run() {
        Loop loop = everySecond().on(IOException.class, e -> null).start(it -> {
            throw new IOException("x");
        });
        loops.advance(seconds(5));
        assertThat(loop.status().lastEnd())
                .isInstanceOfSatisfying(
                        LoopEnd.Failed.class,
                        failed -> assertThat(failed.cause())
                                .isInstanceOf(NullPointerException.class)
                                .hasMessageContaining("java.io.IOException"));
    }
}
