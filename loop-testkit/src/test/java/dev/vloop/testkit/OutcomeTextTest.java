package dev.vloop.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.HookFailure;
import dev.vloop.Loop;
import dev.vloop.LoopEnd;
import dev.vloop.LoopFailure;
import dev.vloop.Reaction;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Ends and failures as text")
@NullUnmarked // of a loop that answers nothing
class OutcomeTextTest {
    private static final Loop LOOP =
            (Loop) Proxy.newProxyInstance(Loop.class.getClassLoader(), new Class<?>[] {Loop.class}, (p, m, a) -> null);
    private final IOException cause = new IOException("down");

    private LoopFailure failure(int attempt, Reaction reaction) {
        return new LoopFailure(LOOP, 0, attempt, 1, Instant.EPOCH, cause, reaction, Instant.EPOCH, null, cause);
    }

    @Test
    void an_end_tells_how_often_and_why() {
        assertThat(OutcomeText.of(new LoopEnd.Completed(1))).isEqualTo("completed after 1 iteration");
        assertThat(OutcomeText.of(new LoopEnd.Stopped(2))).isEqualTo("stopped after 2 iterations");
        assertThat(OutcomeText.of(new LoopEnd.Cancelled(0))).isEqualTo("cancelled after 0 iterations");
        assertThat(OutcomeText.end(new LoopEnd.Failed(3, cause)))
                .isEqualTo("failed after 3 iterations: IOException: down");
    }

    @Test
    void a_failure_tells_its_attempt_from_the_second_on() {
        assertThat(OutcomeText.of(failure(0, Reaction.FAIL))).isEqualTo("failed, fail: IOException: down");
        assertThat(OutcomeText.of(failure(1, Reaction.RETRY))).isEqualTo("failed, retry: IOException: down");
        assertThat(OutcomeText.of(failure(2, Reaction.CONTINUE)))
                .isEqualTo("attempt 2 failed, continue: IOException: down");
    }

    @Test
    void what_hooks_have_thrown_follows_the_end() {
        HookFailure hook = new HookFailure(LOOP, HookFailure.Hook.AFTER_LOOP, Instant.EPOCH, cause);
        assertThat(OutcomeText.of(hook)).isEqualTo("afterLoop threw IOException: down");
        assertThat(OutcomeText.hooks(new LoopEnd.Completed(1))).isEmpty();
        assertThat(OutcomeText.hooks(new LoopEnd.Completed(1, List.of(hook, hook))))
                .isEqualTo("; afterLoop threw IOException: down; afterLoop threw IOException: down");
    }

    @Test
    void an_exception_has_a_name_and_its_message_if_there_is_one() {
        assertThat(OutcomeText.thrown(new IOException())).isEqualTo("IOException");
        assertThat(OutcomeText.thrown(new IOException("down") {
                    private static final long serialVersionUID = 1;
                }))
                .isEqualTo(OutcomeTextTest.class.getName() + "$1: down");
        assertThat(OutcomeText.of("anything else")).isEqualTo("anything else");
    }

    @Test
    void an_exception_fits_into_a_line() {
        assertThat(OutcomeText.line(new IOException("\n  Expecting:\n\t1 to be  2\n")))
                .isEqualTo("IOException: Expecting: 1 to be 2");
        String longest = "x".repeat(120 - "IOException: ".length());
        assertThat(OutcomeText.line(new IOException(longest))).isEqualTo("IOException: " + longest);
        assertThat(OutcomeText.line(new IOException(longest + "y"))).isEqualTo("IOException: " + longest + "...");
    }
}
