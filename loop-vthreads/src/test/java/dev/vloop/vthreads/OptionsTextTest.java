package dev.vloop.vthreads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vloop.Backoff;
import dev.vloop.CutSlots;
import dev.vloop.MissedSlots;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("R35: the options of a loop as text")
class OptionsTextTest {
    @Test
    void of_options_that_were_left_alone() {
        Map<String, String> text = OptionsText.of(new Options(), FailureRules.NONE);
        assertThat(text)
                .containsEntry("initialDelay", "none")
                .containsEntry("count", "no limit")
                .containsEntry("missed", "RUN_ONCE")
                .containsEntry("maxLateness", "no limit")
                .containsEntry("timeout", "no limit")
                .containsEntry("reactions", "none")
                .containsEntry("maxAttempts", "no limit")
                .containsEntry("backoff", "exponential(PT2S, PT17M4S)")
                .containsEntry("maxConcurrent", "1")
                .containsEntry("beforeLoop", "none")
                .containsEntry("afterLoop", "none")
                .containsEntry("onFailure", "none")
                .containsEntry("intercept", "none")
                .containsEntry("interceptAttempts", "none")
                .containsEntry("forkContext", "none")
                .containsEntry("oncePerCluster", "no")
                .containsEntry("kind", "its name")
                .hasSize(17);
        assertThatThrownBy(() -> text.put("a", "b")).isInstanceOf(UnsupportedOperationException.class);
    }

    private static Options allSet() {
        Options options = new Options();
        options.initialDelay = 1_000_000_000L;
        options.count = 3;
        options.missed = MissedSlots.SKIP;
        options.maxLateness = 2_000_000_000L;
        options.timeout = 3_000_000_000L;
        options.rules = FailureRules.NONE;
        options.maxAttempts = 4;
        options.backoff = Backoff.fixed(Duration.ofSeconds(5));
        options.maxConcurrent = 6;
        options.beforeLoop = List.of(() -> {});
        options.afterLoop = List.of(end -> {}, end -> {});
        options.onFailure = List.of(failure -> {}, failure -> {}, failure -> {});
        options.interceptors = List.of((iteration, chain) -> chain.proceed());
        options.attemptInterceptors =
                List.of((iteration, chain) -> chain.proceed(), (iteration, chain) -> chain.proceed());
        options.forkContexts = List.of(() -> task -> task.proceed());
        options.kind = "digest";
        options.cut = CutSlots.LET_GO;
        return options;
    }

    @Test
    void of_options_that_were_set() {
        assertThat(OptionsText.of(allSet(), FailureRules.DEFAULT))
                .containsEntry("initialDelay", "PT1S")
                .containsEntry("count", "3")
                .containsEntry("missed", "SKIP")
                .containsEntry("maxLateness", "PT2S")
                .containsEntry("timeout", "PT3S")
                .containsEntry(
                        "reactions",
                        "java.io.IOException RETRY, java.io.UncheckedIOException RETRY,"
                                + " java.util.concurrent.TimeoutException RETRY")
                .containsEntry("maxAttempts", "4")
                .containsEntry("backoff", "fixed(PT5S)")
                .containsEntry("maxConcurrent", "6")
                .containsEntry("beforeLoop", "1")
                .containsEntry("afterLoop", "2")
                .containsEntry("onFailure", "3")
                .containsEntry("intercept", "1")
                .containsEntry("interceptAttempts", "2")
                .containsEntry("forkContext", "1")
                .containsEntry("oncePerCluster", "LET_GO")
                .containsEntry("kind", "digest");
    }

    @Test
    void no_option_is_lost_in_a_copy() throws IllegalAccessException {
        Options set = allSet();
        Options copy = set.copy();
        for (var field : Options.class.getDeclaredFields()) {
            assertThat(field.get(copy)).as(field.getName()).isEqualTo(field.get(set));
        }
    }
}
