package dev.vloop.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.Loop;
import dev.vloop.LoopBuilder;
import dev.vloop.testkit.TestLoops;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Iterations as observations")
@SuppressWarnings("unchecked") // Micrometer hands its assertions on as raw types
class ObservedTest {
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final TestObservationRegistry observations = TestObservationRegistry.create();
    private final TestLoops loops = Metered.loops(
            LoopMetrics.builder(meters).observations(observations).create(),
            runtime -> runtime.defaults(loop -> loop.forkContext(PropagatedContext.all())));
    private final List<String> seen = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        loops.close();
    }

    private LoopBuilder feed() {
        return loops.loop("feed 1")
                .kind("feed")
                .every(Duration.ofSeconds(10))
                .backoff((failure, random) -> Duration.ofSeconds(1));
    }

    private void see(String where) {
        Observation current = observations.getCurrentObservation();
        seen.add(where + " in " + (current == null ? null : current.getContext().getContextualName()));
    }

    private TestObservationRegistryAssert observed() {
        return TestObservationRegistryAssert.assertThat(observations);
    }

    @Test
    void an_iteration_is_one_that_is_current_in_the_body_and_in_its_forks() {
        feed().count(1).start(it -> {
            see("body");
            it.fork(() -> {
                see("fork");
                it.fork(() -> {
                    see("fork of the fork");
                    return null;
                });
                return null;
            });
        });
        loops.settle();
        assertThat(seen).containsExactly("body in loop feed", "fork in loop feed", "fork of the fork in loop feed");
        observed()
                .doesNotHaveAnyRemainingCurrentObservation()
                .hasNumberOfObservationsEqualTo(1)
                .hasObservationWithNameEqualTo("vloop.iteration")
                .that()
                .hasBeenStarted()
                .hasBeenStopped()
                .doesNotHaveError()
                .doesNotHaveParentObservation()
                .hasContextualNameEqualTo("loop feed")
                .hasLowCardinalityKeyValue("kind", "feed")
                .hasLowCardinalityKeyValue("outcome", "success")
                .hasLowCardinalityKeyValue("exception", "none")
                .hasHighCardinalityKeyValue("loop.name", "feed 1")
                .hasHighCardinalityKeyValue("loop.index", "0")
                .hasHighCardinalityKeyValue("loop.attempts", "1");
    }

    @Test
    void a_retry_is_one_within_that_of_its_iteration() {
        feed().count(1).start(it -> {
            see("attempt " + it.attempt());
            if (it.attempt() < 3) {
                throw new IOException("no network");
            }
        });
        loops.advance(Duration.ofSeconds(5));
        assertThat(seen).containsExactly("attempt 1 in loop feed", "attempt 2 in attempt 2", "attempt 3 in attempt 3");
        observed()
                .doesNotHaveAnyRemainingCurrentObservation()
                .hasNumberOfObservationsEqualTo(3)
                .hasNumberOfObservationsWithNameEqualTo("vloop.attempt", 2)
                .hasObservationWithNameEqualTo("vloop.iteration")
                .that()
                .hasEvent("attempt.failed", "attempt 1 failed: IOException")
                .hasHighCardinalityKeyValue("loop.attempts", "3")
                .doesNotHaveError();
        observed()
                .forAllObservationsWithNameEqualTo(
                        "vloop.attempt",
                        attempt -> attempt.hasParentObservationContextMatching(parent ->
                                ((Observation.ContextView) parent).getName().equals("vloop.iteration")));
        observed()
                .hasObservationWithNameEqualTo("vloop.attempt")
                .that()
                .hasError()
                .hasLowCardinalityKeyValue("exception", "IOException");
    }

    @Test
    void a_cancellation_is_no_error_and_leaves_nothing_open() {
        Loop loop = feed().maxConcurrent(2).start(it -> {
            if (it.index() == 1 && it.attempt() == 1) {
                throw new IOException("no network");
            }
            it.sleep(Duration.ofHours(1));
        });
        loops.advance(Duration.ofSeconds(15));
        loop.cancel();
        loops.settle();
        observed()
                .doesNotHaveAnyRemainingCurrentObservation()
                .hasNumberOfObservationsEqualTo(3)
                .forAllObservationsWithNameEqualTo(
                        "vloop.iteration",
                        iteration -> iteration
                                .doesNotHaveError()
                                .hasLowCardinalityKeyValue("outcome", "cancelled")
                                .hasLowCardinalityKeyValue("exception", "none"))
                .forAllObservationsWithNameEqualTo("vloop.attempt", attempt -> attempt.doesNotHaveError());
        for (String name : List.of("vloop.iteration", "vloop.attempt")) {
            observed().hasObservationWithNameEqualTo(name).that().hasBeenStopped();
        }
    }

    @Test
    void a_failure_is_an_error_also_if_it_is_tolerated() {
        feed().continueOn(IOException.class).start(it -> {
            throw it.index() == 0 ? new IOException("no network") : new IllegalStateException("broken");
        });
        loops.advance(Duration.ofSeconds(10));
        observed()
                .hasNumberOfObservationsEqualTo(2)
                .hasAnObservation(one -> one.hasLowCardinalityKeyValue("outcome", "continued")
                        .hasLowCardinalityKeyValue("exception", "IOException")
                        .hasError())
                .hasAnObservation(one -> one.hasLowCardinalityKeyValue("outcome", "failed")
                        .hasLowCardinalityKeyValue("exception", "IllegalStateException")
                        .hasError());
    }

    @Test
    void a_first_attempt_that_is_not_retried_is_no_event() {
        feed().continueOn(IOException.class).maxAttempts(1).count(1).start(it -> {
            throw new IOException("no network");
        });
        loops.settle();
        TestObservationRegistryAssert.assertThat(observations)
                .hasObservationWithNameEqualTo("vloop.iteration")
                .that()
                .doesNotHaveEvent("attempt.failed")
                .hasLowCardinalityKeyValue("outcome", "continued");
    }

    @Test
    void a_retry_that_succeeds_has_no_error() {
        feed().count(1).start(it -> {
            if (it.attempt() == 1) {
                throw new IOException("no network");
            }
        });
        loops.advance(Duration.ofSeconds(2));
        observed()
                .hasObservationWithNameEqualTo("vloop.attempt")
                .that()
                .doesNotHaveError()
                .hasLowCardinalityKeyValue("kind", "feed")
                .hasLowCardinalityKeyValue("exception", "none")
                .hasContextualNameEqualTo("attempt 2");
    }

    @Test
    void a_scope_that_a_body_forgets_is_closed_with_the_iteration() {
        feed().count(2).start(it -> {
            see("body");
            Observation mine = Observation.start("mine", observations);
            Observation.Scope unused = mine.openScope();
            mine.stop();
        });
        loops.advance(Duration.ofSeconds(10));
        assertThat(seen).containsExactly("body in loop feed", "body in loop feed");
    }

    @Test
    void each_iteration_is_one_of_its_own_and_is_current_until_it_ends() {
        feed().count(2).afterLoop(end -> see("afterLoop")).start(it -> {});
        loops.advance(Duration.ofSeconds(10));
        assertThat(seen).containsExactly("afterLoop in null");
        observed()
                .hasNumberOfObservationsEqualTo(2)
                .forAllObservationsWithNameEqualTo(
                        "vloop.iteration", iteration -> iteration.doesNotHaveParentObservation());
    }

    @Test
    void metrics_that_are_closed_tell_handlers_nothing_more() {
        List<String> told = new CopyOnWriteArrayList<>();
        ObservationRegistry handled = ObservationRegistry.create();
        handled.observationConfig().observationHandler(new ObservationHandler<Observation.Context>() {
            @Override
            public void onStart(Observation.Context context) {
                told.add("start");
            }

            @Override
            public void onStop(Observation.Context context) {
                told.add("stop");
            }

            @Override
            public boolean supportsContext(Observation.Context context) {
                return true;
            }
        });
        LoopMetrics closing = LoopMetrics.builder(new SimpleMeterRegistry())
                .observations(handled)
                .create();
        try (TestLoops observed = Metered.loops(closing, runtime -> {})) {
            observed.loop("feed").every(Duration.ofSeconds(10)).start(it -> {});
            observed.settle();
            closing.close();
            observed.advance(Duration.ofSeconds(30));
        }
        assertThat(told).containsExactly("start", "stop");
    }

    @Test
    void handlers_see_the_iteration() {
        List<Object> iterations = new CopyOnWriteArrayList<>();
        observations.observationConfig().observationPredicate((name, context) -> {
            if (context instanceof LoopObservationContext loop) {
                iterations.add(loop.iteration().loop().name());
            }
            return true;
        });
        feed().count(1).start(it -> {});
        loops.settle();
        assertThat(iterations).containsExactly("feed 1");
    }

    @Test
    void there_are_no_timers_of_ours_beside_observations_but_all_other_meters() {
        feed().start(it -> {});
        loops.settle();
        assertThat(meters.find("vloop.iteration").timers()).isEmpty();
        assertThat(meters.find("vloop.iteration.active").longTaskTimers()).isEmpty();
        assertThat(meters.get("vloop.iteration.lateness")
                        .tag("kind", "feed")
                        .timer()
                        .count())
                .isEqualTo(1);
        assertThat(meters.get("vloop.failures").tag("kind", "feed").counters()).hasSize(3);
    }

    @Test
    void a_registry_without_handlers_takes_no_observations_so_there_are_timers() {
        ObservationRegistry deaf = ObservationRegistry.create();
        SimpleMeterRegistry simple = new SimpleMeterRegistry();
        try (TestLoops timed =
                Metered.loops(LoopMetrics.builder(simple).observations(deaf).create(), runtime -> {})) {
            timed.loop("feed").every(Duration.ofSeconds(10)).start(it -> {});
            timed.settle();
            assertThat(simple.get("vloop.iteration")
                            .tag("outcome", "success")
                            .timer()
                            .count())
                    .isEqualTo(1);
        }
    }

    @Test
    void meters_that_handlers_have_made_go_with_the_last_loop_of_their_kind() {
        ObservationRegistry handled = ObservationRegistry.create();
        SimpleMeterRegistry simple = new SimpleMeterRegistry();
        handled.observationConfig().observationHandler(new DefaultMeterObservationHandler(simple));
        try (TestLoops observed =
                Metered.loops(LoopMetrics.builder(simple).observations(handled).create(), runtime -> {})) {
            int before = simple.getMeters().size();
            Loop other = observed.loop("other").every(Duration.ofSeconds(10)).start(it -> {});
            observed.settle();
            int others = simple.getMeters().size();
            Loop loop = observed.loop("feed").every(Duration.ofSeconds(10)).start(it -> {
                if (it.index() == 0 && it.attempt() < 3) {
                    throw new IOException("no network");
                }
                it.sleep(Duration.ofHours(1));
            });
            observed.advance(Duration.ofHours(2));
            assertThat(simple.get("vloop.iteration.active")
                            .tag("kind", "feed")
                            .longTaskTimer()
                            .activeTasks())
                    .isEqualTo(1);
            assertThat(simple.get("vloop.iteration")
                            .tags("kind", "feed", "outcome", "success")
                            .timer()
                            .count())
                    .isEqualTo(1);
            loop.remove();
            observed.settle();
            assertThat(simple.getMeters()).hasSize(others);
            other.remove();
            observed.settle();
            assertThat(simple.getMeters()).hasSize(before);
        }
    }

    /** The tag is called kind, as others may call one of theirs. */
    @Test
    void meters_of_the_application_stay_though_they_have_a_tag_of_the_same_name() {
        ObservationRegistry handled = ObservationRegistry.create();
        SimpleMeterRegistry simple = new SimpleMeterRegistry();
        handled.observationConfig().observationHandler(new DefaultMeterObservationHandler(simple));
        simple.counter("articles", "kind", "feed").increment();
        try (TestLoops observed =
                Metered.loops(LoopMetrics.builder(simple).observations(handled).create(), runtime -> {})) {
            Loop loop = observed.loop("feed").every(Duration.ofSeconds(10)).start(it -> {});
            observed.settle();
            loop.remove();
            observed.settle();
            assertThat(simple.find("vloop.iteration").timers()).isEmpty();
            assertThat(simple.get("articles").counter().count()).isEqualTo(1);
        }
    }

    @Test
    void a_handler_that_fails_harms_no_loop_and_keeps_no_meters() {
        ObservationRegistry handled = ObservationRegistry.create();
        handled.observationConfig().observationHandler(new FailingHandler());
        SimpleMeterRegistry simple = new SimpleMeterRegistry();
        try (TestLoops observed =
                Metered.loops(LoopMetrics.builder(simple).observations(handled).create(), runtime -> {})) {
            int before = simple.getMeters().size();
            Loop loop = observed.loop("feed").every(Duration.ofSeconds(10)).start(it -> {});
            observed.advance(Duration.ofSeconds(35));
            assertThat(loop.status().iterations()).isEqualTo(4);
            loop.remove();
            observed.settle();
            assertThat(simple.getMeters()).hasSize(before);
        }
    }

    /** Fails at every other start and at every third stop. */
    private static final class FailingHandler implements ObservationHandler<Observation.Context> {
        private final AtomicInteger starts = new AtomicInteger();
        private final AtomicInteger stops = new AtomicInteger();

        @Override
        public void onStart(Observation.Context context) {
            if (starts.incrementAndGet() % 2 == 0) {
                throw new IllegalStateException("no connection");
            }
        }

        @Override
        public void onStop(Observation.Context context) {
            if (stops.incrementAndGet() % 3 == 0) {
                throw new IllegalStateException("no connection");
            }
        }

        @Override
        public boolean supportsContext(Observation.Context context) {
            return true;
        }
    }

    @Test
    void what_was_current_where_a_loop_is_started_is_no_parent() {
        Observation web = Observation.start("web", observations);
        try (Observation.@Nullable Scope scope = web.openScope()) {
            feed().count(1).start(it -> see("body"));
            assertThat(scope).isNotNull();
            loops.settle();
        }
        web.stop();
        observed().hasObservationWithNameEqualTo("vloop.iteration").that().doesNotHaveParentObservation();
    }
}
