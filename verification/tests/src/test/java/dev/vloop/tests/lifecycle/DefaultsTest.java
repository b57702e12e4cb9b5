package dev.vloop.tests.lifecycle;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vloop.CutSlots;
import dev.vloop.Iteration;
import dev.vloop.LoopBody;
import dev.vloop.LoopBuilder;
import dev.vloop.MissedSlots;
import dev.vloop.testkit.Finding;
import dev.vloop.testkit.TestLoops;
import dev.vloop.tests.support.CapturedLog;
import dev.vloop.vthreads.VirtualLoops;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Each option, set by {@code defaults(..)}: every loop of the runtime has it, unless the loop itself says otherwise. */
@DisplayName("Defaults of a runtime")
class DefaultsTest {
    private final CapturedLog log = new CapturedLog();

    /** The runtime under test, whose time is noted. */
    private @Nullable TestLoops current;

    /** What happened, each with the virtual second. */
    private final List<String> events = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void closeLog() {
        log.close();
    }

    @Test
    void the_schedule_reaches_a_loop_which_may_override_it() {
        Consumer<LoopBuilder> defaults = d -> d.every(seconds(3));
        LoopBody body = it -> note("body");
        assertThat(run(defaults, own -> {}, body)).containsExactly("body 0", "body 3", "body 6", "body 9");
        assertThat(run(defaults, own -> own.every(seconds(5)), body)).containsExactly("body 0", "body 5", "body 10");
    }

    @Test
    void the_initial_delay_reaches_a_loop_which_may_override_it() {
        Consumer<LoopBuilder> defaults = d -> d.every(seconds(100)).initialDelay(seconds(4));
        LoopBody body = it -> note("body");
        assertThat(run(defaults, own -> {}, body)).containsExactly("body 4");
        assertThat(run(defaults, own -> own.initialDelay(seconds(6)), body)).containsExactly("body 6");
    }

    @Test
    void once_per_cluster_reaches_a_loop() {
        Consumer<LoopBuilder> defaults = d -> d.every(seconds(1)).oncePerCluster(CutSlots.LET_GO);
        assertThatThrownBy(() -> run(defaults, own -> {}, it -> {})).hasMessageContaining("has no cluster");
    }

    @Test
    void the_count_reaches_a_loop_which_may_override_it() {
        Consumer<LoopBuilder> defaults = d -> d.every(seconds(1)).count(2);
        LoopBody body = it -> note("body");
        assertThat(run(defaults, own -> {}, body)).containsExactly("body 0", "body 1");
        assertThat(run(defaults, own -> own.count(3), body)).containsExactly("body 0", "body 1", "body 2");
    }

    @Test
    void the_policy_for_missed_slots_reaches_a_loop_which_may_override_it() {
        Consumer<LoopBuilder> defaults = d -> d.every(seconds(1)).count(3).missed(MissedSlots.SKIP);
        assertThat(run(defaults, own -> {}, this::longFirst)).containsExactly("body 0", "body 3", "body 4");
        assertThat(run(defaults, own -> own.missed(MissedSlots.RUN_ALL), this::longFirst))
                .containsExactly("body 0", "body 2.5", "body 2.5");
    }

    @Test
    void the_greatest_lateness_reaches_a_loop_which_may_override_it() {
        Consumer<LoopBuilder> defaults =
                d -> d.every(seconds(1)).count(3).missed(MissedSlots.RUN_ALL).maxLateness(seconds(1));
        assertThat(run(defaults, own -> {}, this::longFirst)).containsExactly("body 0", "body 2.5", "body 3");
        assertThat(run(defaults, own -> own.maxLateness(seconds(2)), this::longFirst))
                .containsExactly("body 0", "body 2.5", "body 2.5");
    }

    /** The first iteration misses the slots of the seconds 1 and 2. */
    private void longFirst(Iteration it) throws InterruptedException {
        note("body");
        if (it.index() == 0) {
            it.sleep(Duration.ofMillis(2_500));
        }
    }

    @Test
    void the_timeout_reaches_a_loop_which_may_override_it() {
        Consumer<LoopBuilder> defaults =
                d -> d.every(seconds(100)).continueOn(TimeoutException.class).timeout(seconds(2));
        LoopBody body = it -> {
            try {
                it.sleep(seconds(8));
            } finally {
                note("over");
            }
        };
        assertThat(run(defaults, own -> {}, body)).containsExactly("over 2");
        assertThat(run(defaults, own -> own.timeout(seconds(5)), body)).containsExactly("over 5");
    }

    @Test
    void a_reaction_reaches_a_loop_which_may_override_it() {
        Consumer<LoopBuilder> defaults = d -> d.every(seconds(4)).continueOn(IOException.class);
        assertThat(run(defaults, own -> {}, this::failing))
                .containsExactly("attempt 1 0", "attempt 1 4", "attempt 1 8");
        assertThat(run(defaults, own -> own.failOn(IOException.class), this::failing))
                .containsExactly("attempt 1 0");
    }

    @Test
    void the_number_of_attempts_reaches_a_loop_which_may_override_it() {
        Consumer<LoopBuilder> defaults = d ->
                d.every(seconds(100)).backoff((failure, random) -> seconds(1)).maxAttempts(2);
        assertThat(run(defaults, own -> {}, this::failing)).containsExactly("attempt 1 0", "attempt 2 1");
        assertThat(run(defaults, own -> own.maxAttempts(3), this::failing))
                .containsExactly("attempt 1 0", "attempt 2 1", "attempt 3 2");
    }

    @Test
    void the_backoff_reaches_a_loop_which_may_override_it() {
        Consumer<LoopBuilder> defaults = d -> d.every(seconds(100)).backoff((failure, random) -> seconds(4));
        assertThat(run(defaults, own -> {}, this::failing))
                .containsExactly("attempt 1 0", "attempt 2 4", "attempt 3 8");
        assertThat(run(defaults, own -> own.backoff((failure, random) -> seconds(6)), this::failing))
                .containsExactly("attempt 1 0", "attempt 2 6");
    }

    private void failing(Iteration it) throws IOException {
        note("attempt " + it.attempt());
        throw new IOException("no network");
    }

    @Test
    void overlapping_iterations_reach_a_loop_which_may_override_their_number() {
        Consumer<LoopBuilder> defaults = d -> d.every(seconds(1)).maxConcurrent(2);
        LoopBody body = it -> {
            note("body");
            it.sleep(seconds(20));
        };
        assertThat(run(defaults, own -> {}, body)).containsExactly("body 0", "body 1");
        assertThat(run(defaults, own -> own.maxConcurrent(3), body)).containsExactly("body 0", "body 1", "body 2");
    }

    @Test
    void hooks_before_a_loop_reach_it_and_run_before_its_own() {
        Consumer<LoopBuilder> defaults = d -> d.every(seconds(100)).beforeLoop(() -> note("default"));
        assertThat(run(defaults, own -> {}, it -> {})).containsExactly("default 0");
        assertThat(run(defaults, own -> own.beforeLoop(() -> note("own")), it -> {}))
                .containsExactly("default 0", "own 0");
    }

    @Test
    void hooks_after_a_loop_reach_it_and_run_before_its_own() {
        Consumer<LoopBuilder> defaults = d -> d.every(seconds(100)).count(1).afterLoop(end -> note("default"));
        assertThat(run(defaults, own -> {}, it -> {})).containsExactly("default 0");
        assertThat(run(defaults, own -> own.afterLoop(end -> note("own")), it -> {}))
                .containsExactly("default 0", "own 0");
    }

    @Test
    void handlers_of_failures_reach_a_loop_and_run_before_its_own() {
        Consumer<LoopBuilder> defaults =
                d -> d.every(seconds(100)).continueOn(IOException.class).onFailure(failure -> note("default"));
        LoopBody body = it -> {
            throw new IOException("no network");
        };
        assertThat(run(defaults, own -> {}, body)).containsExactly("default 0");
        assertThat(run(defaults, own -> own.onFailure(failure -> note("own")), body))
                .containsExactly("default 0", "own 0");
    }

    @Test
    void code_around_iterations_reaches_a_loop_and_is_outside_of_its_own() {
        Consumer<LoopBuilder> defaults = d -> d.every(seconds(100)).intercept((iteration, chain) -> {
            note("default");
            chain.proceed();
        });
        LoopBody body = it -> note("body");
        assertThat(run(defaults, own -> {}, body)).containsExactly("default 0", "body 0");
        Consumer<LoopBuilder> own = loop -> loop.intercept((iteration, chain) -> {
            note("own");
            chain.proceed();
        });
        assertThat(run(defaults, own, body)).containsExactly("default 0", "own 0", "body 0");
    }

    @Test
    void code_around_attempts_reaches_a_loop_and_is_outside_of_its_own() {
        Consumer<LoopBuilder> defaults = d -> d.every(seconds(100))
                .backoff((failure, random) -> seconds(6))
                .interceptAttempts((attempt, chain) -> {
                    note("default");
                    chain.proceed();
                });
        assertThat(run(defaults, own -> {}, this::failing))
                .containsExactly("default 0", "attempt 1 0", "default 6", "attempt 2 6");
        Consumer<LoopBuilder> own = loop -> loop.maxAttempts(1).interceptAttempts((attempt, chain) -> {
            note("own");
            chain.proceed();
        });
        assertThat(run(defaults, own, this::failing)).containsExactly("default 0", "own 0", "attempt 1 0");
    }

    @Test
    void the_context_of_forks_reaches_a_loop_and_is_outside_of_its_own() {
        Consumer<LoopBuilder> defaults = d -> d.every(seconds(100)).forkContext(() -> task -> {
            note("default");
            task.proceed();
        });
        LoopBody body = it -> it.fork(() -> {
            note("fork");
            return null;
        });
        assertThat(run(defaults, own -> {}, body)).containsExactly("default 0", "fork 0");
        Consumer<LoopBuilder> own = loop -> loop.forkContext(() -> task -> {
            note("own");
            task.proceed();
        });
        assertThat(run(defaults, own, body)).containsExactly("default 0", "own 0", "fork 0");
    }

    @Test
    void the_kind_reaches_a_loop_which_may_override_it() {
        Consumer<LoopBuilder> defaults = d -> d.every(seconds(100)).kind("digest");
        LoopBody body = it -> note(it.loop().kind());
        assertThat(run(defaults, own -> {}, body)).containsExactly("digest 0");
        assertThat(run(defaults, own -> own.kind("news"), body)).containsExactly("news 0");
    }

    @Test
    void what_a_loop_says_itself_reaches_no_other_loop() {
        try (TestLoops loops = loops(d -> d.every(seconds(1)).count(2))) {
            current = loops;
            loops.loop("first").count(1).beforeLoop(() -> note("hook")).start(it -> note("first"));
            loops.loop("second").start(it -> note("second"));
            loops.advance(seconds(10));
        }
        assertThat(events).containsExactlyInAnyOrder("hook 0", "first 0", "second 0", "second 1");
    }

    @Test
    void what_a_builder_is_told_later_does_not_reach_the_runtime_that_it_has_made() {
        AtomicReference<VirtualLoops.Builder> kept = new AtomicReference<>();
        try (TestLoops loops = TestLoops.builder()
                .settings(runtime -> {
                    runtime.defaults(d -> d.every(seconds(4)));
                    kept.set(runtime);
                })
                .create()) {
            current = loops;
            requireNonNull(kept.get()).defaults(d -> d.every(seconds(1)));
            loops.loop("job").start(it -> note("body"));
            loops.advance(seconds(10));
        }
        assertThat(events).containsExactly("body 0", "body 4", "body 8");
    }

    /** Runs a loop for ten virtual seconds in a runtime with these defaults. {@return what it noted} */
    private List<String> run(Consumer<LoopBuilder> defaults, Consumer<LoopBuilder> own, LoopBody body) {
        events.clear();
        try (TestLoops loops = loops(defaults)) {
            current = loops;
            LoopBuilder loop = loops.loop("job");
            own.accept(loop);
            loop.beforeLoop(() -> {}); // one option more, so that each of the others has to survive it
            loop.start(body);
            loops.advance(seconds(10));
            return List.copyOf(events);
        }
    }

    private static TestLoops loops(Consumer<LoopBuilder> defaults) {
        return TestLoops.builder()
                .settings(runtime -> runtime.defaults(defaults))
                .tolerate(Finding.UNSEEN_FAILURE)
                .create();
    }

    private void note(String what) {
        String second = BigDecimal.valueOf(requireNonNull(current).elapsed().toMillis(), 3)
                .stripTrailingZeros()
                .toPlainString();
        events.add(what + " " + second);
    }

    private static Duration seconds(long seconds) {
        return Duration.ofSeconds(seconds);
    }
}
