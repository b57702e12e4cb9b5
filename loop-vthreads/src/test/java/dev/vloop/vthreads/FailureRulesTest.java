package dev.vloop.vthreads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vloop.LeaseLostException;
import dev.vloop.Reaction;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("R27, R28, R29: rules of failure")
@NullUnmarked // nulls are passed to see them refused
class FailureRulesTest {
    private final IOException io = new IOException("down");

    @Test
    void unless_said_otherwise_the_network_is_retried_and_all_else_fails() {
        FailureRules rules = FailureRules.DEFAULT;
        assertThat(rules.judge(io, true)).isEqualTo(Reaction.RETRY);
        assertThat(rules.judge(new FileNotFoundException("x"), true)).isEqualTo(Reaction.RETRY);
        assertThat(rules.judge(new UncheckedIOException(io), true)).isEqualTo(Reaction.RETRY);
        assertThat(rules.judge(new TimeoutException("late"), true)).isEqualTo(Reaction.RETRY);
        assertThat(rules.judge(new IllegalStateException("x"), true)).isEqualTo(Reaction.FAIL);
        assertThat(rules.judge(new AssertionError("x"), true)).isEqualTo(Reaction.FAIL);
        assertThat(rules.judge(new Throwable("x"), true)).isEqualTo(Reaction.FAIL);
        assertThat(FailureRules.NONE.judge(io, true)).isEqualTo(Reaction.FAIL);
    }

    @Test
    void the_cause_of_a_wrapper_is_judged_in_its_stead() {
        assertThat(FailureRules.DEFAULT.judge(new ExecutionException(io), true)).isEqualTo(Reaction.RETRY);
        assertThat(FailureRules.DEFAULT.judge(new CompletionException(new ExecutionException(io)), true))
                .isEqualTo(Reaction.RETRY);
        assertThat(FailureRules.DEFAULT
                        .with(Exception.class, Reaction.CONTINUE)
                        .judge(new ExecutionException(new AssertionError("x")), true))
                .isEqualTo(Reaction.FAIL);
    }

    @Test
    void the_most_specific_type_decides_and_at_one_type_the_last_call() {
        FailureRules rules = FailureRules.NONE
                .with(FileNotFoundException.class, Reaction.FAIL)
                .with(Exception.class, Reaction.CONTINUE)
                .with(IOException.class, Reaction.RETRY);
        assertThat(rules.judge(new FileNotFoundException("x"), true)).isEqualTo(Reaction.FAIL);
        assertThat(rules.judge(io, true)).isEqualTo(Reaction.RETRY);
        assertThat(rules.judge(new IllegalStateException("x"), true)).isEqualTo(Reaction.CONTINUE);
        assertThat(rules.with(IOException.class, Reaction.FAIL).judge(io, true)).isEqualTo(Reaction.FAIL);
        assertThat(rules.judge(io, true)).as("rules do not change").isEqualTo(Reaction.RETRY);
        assertThat(rules.without(IOException.class).judge(io, true)).isEqualTo(Reaction.CONTINUE);
        assertThat(rules.without(IllegalStateException.class).judge(io, true)).isEqualTo(Reaction.RETRY);
    }

    @Test
    void without_an_attempt_left_a_wider_type_that_does_not_retry_decides() {
        FailureRules rules = FailureRules.NONE.with(IOException.class, Reaction.RETRY);
        assertThat(rules.judge(io, false)).isEqualTo(Reaction.FAIL);
        assertThat(rules.with(Exception.class, Reaction.CONTINUE).judge(io, false))
                .isEqualTo(Reaction.CONTINUE);
        assertThat(rules.with(Exception.class, Reaction.RETRY).judge(io, false)).isEqualTo(Reaction.FAIL);
    }

    @Test
    void a_lost_lease_is_not_retried_and_does_not_fail_unless_said() {
        LeaseLostException lost = new LeaseLostException("lost");
        assertThat(FailureRules.DEFAULT.judge(lost, true)).isEqualTo(Reaction.CONTINUE);
        assertThat(FailureRules.DEFAULT.with(Exception.class, Reaction.RETRY).judge(lost, true))
                .isEqualTo(Reaction.CONTINUE);
        assertThat(FailureRules.DEFAULT.with(Exception.class, Reaction.FAIL).judge(lost, true))
                .isEqualTo(Reaction.FAIL);
    }

    @Test
    void a_function_decides_from_the_exception() {
        FailureRules rules = FailureRules.NONE.with(
                IOException.class, e -> "down".equals(e.getMessage()) ? Reaction.RETRY : Reaction.CONTINUE);
        assertThat(rules.judge(io, true)).isEqualTo(Reaction.RETRY);
        assertThat(rules.judge(new IOException("up"), true)).isEqualTo(Reaction.CONTINUE);
        assertThatThrownBy(() ->
                        FailureRules.NONE.with(IOException.class, e -> null).judge(io, true))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("the reaction named for java.io.IOException is null");
    }

    @Test
    @SuppressWarnings({"unchecked", "rawtypes"}) // as a raw type passes it
    void a_type_is_of_an_exception() {
        assertThat(FailureRules.checked(IOException.class)).isEqualTo(IOException.class);
        assertThatThrownBy(() -> FailureRules.checked((Class) Error.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("type must be a subclass of Exception, but is java.lang.Error");
        assertThatThrownBy(() -> FailureRules.checked(null)).hasMessage("type must not be null");
    }

    @Test
    void they_say_what_they_are() {
        assertThat(FailureRules.NONE
                        .with(IllegalStateException.class, e -> Reaction.FAIL)
                        .with(IOException.class, Reaction.RETRY))
                .hasToString("java.io.IOException RETRY, java.lang.IllegalStateException by a function");
    }
}
