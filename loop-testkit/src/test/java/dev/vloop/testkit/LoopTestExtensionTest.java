package dev.vloop.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.opentest4j.TestAbortedException;

/** What the extension does for tests of all kinds. They are run from within these tests, because some must fail. */
class LoopTestExtensionTest {
    @ExtendWith(LoopTestExtension.class)
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    static class AllKinds {
        private TestLoops ofClass;
        private TestLoops ofTest;

        @BeforeAll
        void beforeAll(TestLoops loops) {
            ofClass = loops;
        }

        @BeforeEach
        void beforeEach(TestLoops loops) {
            assertThat(loops).isNotSameAs(ofClass).isNotSameAs(ofTest);
            ofTest = loops;
            loops.advance(Duration.ofSeconds(1));
        }

        @AfterEach
        void afterEach(TestLoops loops) {
            assertThat(loops).isSameAs(ofTest);
            loops.settle();
        }

        @AfterAll
        void afterAll(TestLoops loops) {
            assertThat(loops).isSameAs(ofClass);
            loops.advance(Duration.ofDays(1));
        }

        private void check(TestLoops loops) {
            assertThat(loops).isSameAs(ofTest);
            assertThat(loops.elapsed()).isEqualTo(Duration.ofSeconds(1));
        }

        @Test
        void plain(TestLoops loops) {
            check(loops);
        }

        @LoopTest
        void loopTest(TestLoops loops) {
            check(loops);
        }

        @RepeatedTest(2)
        void repeated(TestLoops loops) {
            check(loops);
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2})
        void parameterized(int value, TestLoops loops) {
            assertThat(value).isPositive();
            check(loops);
        }

        @TestFactory
        Stream<DynamicTest> factory(TestLoops loops) {
            check(loops);
            return Stream.of("first", "second")
                    .map(name -> DynamicTest.dynamicTest(name, () -> loops.advance(Duration.ofSeconds(1))));
        }
    }

    @Test
    void tests_of_every_kind_and_their_lifecycle_methods_have_one() {
        Launched launched = Launched.run(AllKinds.class);
        assertThat(launched.outcomes()).doesNotContainValue("FAILED");
        assertThat(launched.count()).isEqualTo(8);
    }

    @Target(ElementType.METHOD)
    @Retention(RetentionPolicy.RUNTIME)
    @LoopTest(startAt = "2026-03-01T00:00Z")
    @Tag("bot")
    @interface BotTest {}

    static class Composed {
        @BotTest
        void begins(TestLoops loops) {
            assertThat(loops.clock().instant()).isEqualTo(Instant.parse("2026-03-01T00:00:00Z"));
        }
    }

    @Test
    void an_annotation_of_the_users_own_may_be_made_of_it() {
        Launched launched = Launched.run(Composed.class);
        assertThat(launched.outcomes()).containsValue("SUCCESSFUL").doesNotContainValue("FAILED");
    }

    static class Failing {
        @RegisterExtension
        final LoopTestExtension extension = new LoopTestExtension(builder -> builder.engine(Engine.COOPERATIVE));

        @Test
        void assertion(TestLoops loops) {
            loops.loop("ping").every(Duration.ofSeconds(30)).start(it -> {});
            loops.advance(Duration.ofSeconds(60));
            assertThat(List.of(1)).hasSize(2);
        }

        @TestFactory
        Stream<DynamicTest> factory(TestLoops loops) {
            return Stream.of(DynamicTest.dynamicTest("dynamic", () -> {
                loops.loop("pong").every(Duration.ofSeconds(30)).start(it -> {});
                loops.settle();
                throw new IllegalStateException("on purpose");
            }));
        }

        @LoopTest(engine = Engine.COOPERATIVE)
        void loopTest(TestLoops loops) {
            loops.loop("pang").every(Duration.ofSeconds(1)).start(it -> {});
            loops.advance(Duration.ofSeconds(9));
            throw new IllegalStateException("on purpose");
        }
    }

    @Test
    void any_failure_shows_the_timeline_with_its_point_marked() {
        Launched launched = Launched.run(Failing.class);
        assertThat(launched.story("assertion(TestLoops)"))
                .startsWith("java.lang.AssertionError")
                .contains("timeline (virtual time, engine COOPERATIVE, it is 2000-01-01T00:01:00Z)")
                .contains("    00:00:30  #1 ok")
                .contains(">>> 00:01:00  AssertionError: Expected size: 2 but was: 1 in: [1]");
        assertThat(launched.story("dynamic"))
                .contains("on purpose")
                .contains("starts, #0 ok")
                .contains(">>> 00:00:00");
        assertThat(launched.story("loopTest(TestLoops)"))
                .contains("    00:00:01  #1 ok\n    :         : 7 more, every 1s\n    00:00:09  #9 ok")
                .contains(">>> 00:00:09  IllegalStateException: on purpose");
    }

    static class Waiting {
        @LoopTest(engine = Engine.COOPERATIVE)
        void moves_no_time(TestLoops loops) {
            loops.loop("ping").every(Duration.ofSeconds(30)).start(it -> {});
            throw new AssertionError("no ping"); // after a sleep, or a latch that nobody counted down
        }
    }

    @Test
    void a_test_that_has_not_moved_time_is_told_how() {
        assertThat(Launched.run(Waiting.class).story("moves_no_time(TestLoops)"))
                .contains("note: the test has not moved time")
                .contains("loops.advance(..)")
                .doesNotContain("Instant.now");
    }

    static class Computing {
        @LoopTest(engine = Engine.COOPERATIVE)
        void starts_no_loop(TestLoops loops) {
            loops.loop("ping").every(Duration.ofSeconds(30)).build(it -> {});
            throw new AssertionError("2 is not 3");
        }
    }

    @Test
    void a_test_that_has_started_no_loop_is_not_told_to_move_time() {
        assertThat(Launched.run(Computing.class).story("starts_no_loop(TestLoops)"))
                .contains(">>> 00:00:00")
                .doesNotContain("the test has not moved time");
    }

    static class Aborted {
        @LoopTest
        void onAnotherMachine(TestLoops loops) {
            loops.advance(Duration.ofSeconds(1));
            throw new TestAbortedException("on another machine");
        }
    }

    @Test
    void a_test_that_is_aborted_is_no_failure_and_has_no_story() {
        Launched launched = Launched.run(Aborted.class);
        assertThat(launched.outcomes()).isEqualTo(Map.of("onAnotherMachine(TestLoops)", "ABORTED"));
        assertThat(launched.failure("onAnotherMachine(TestLoops)")).hasNoSuppressedExceptions();
    }

    static class Seeded {
        private final StringBuilder order = new StringBuilder();

        @LoopTest(seeds = 50)
        void is_lost_in_some_order(TestLoops loops) {
            for (String name : List.of("a", "b", "c")) {
                loops.loop(name).every(Duration.ofSeconds(1)).count(1).start(it -> order.append(name));
            }
            loops.settle();
            assertThat(order.toString()).isNotEqualTo("cba");
        }
    }

    @Test
    void a_failing_seed_ends_the_test_is_told_and_fails_again_alone() {
        Launched launched = Launched.run(Seeded.class);
        Map<String, String> outcomes = launched.outcomes();
        String failing = outcomes.keySet().stream().reduce((a, b) -> b).orElseThrow();
        assertThat(outcomes.values().stream().filter("FAILED"::equals)).hasSize(1);
        assertThat(outcomes).containsEntry(failing, "FAILED").hasSizeLessThan(50);
        String seed = failing.substring("seed ".length());
        assertThat(launched.story(failing)).contains("replay it with -Dvloop.test.seed=" + seed);

        assertThat(replayed(seed, Seeded.class).outcomes()).isEqualTo(Map.of(failing, "FAILED"));
    }

    private static Launched replayed(String seed, Class<?> tests) {
        String before = System.setProperty(LoopTestSeeds.PROPERTY, seed);
        try {
            return Launched.run(tests);
        } finally {
            if (before == null) {
                System.clearProperty(LoopTestSeeds.PROPERTY);
            } else {
                System.setProperty(LoopTestSeeds.PROPERTY, before);
            }
        }
    }

    @Test
    void the_first_seed_can_be_replayed_too_and_none_is_below_it() {
        assertThat(replayed("0", Seeded.class).outcomes()).containsOnlyKeys("seed 0");
        assertThat(replayed("-1", Seeded.class).story("is_lost_in_some_order(TestLoops)"))
                .contains("must be a number from 0 on, but is '-1'");
    }

    static class FailingAtItsEnd {
        @LoopTest(seeds = 5)
        void looks_at_no_failure(TestLoops loops) {
            loops.loop("broken").every(Duration.ofSeconds(1)).start(it -> {
                throw new IllegalStateException("nobody looks");
            });
            loops.settle();
        }
    }

    /** The method itself has passed: the failure is found when the runtime is closed. */
    @Test
    void a_seed_that_fails_only_at_the_end_of_the_test_ends_it_too_and_is_told() {
        Launched launched = Launched.run(FailingAtItsEnd.class);
        assertThat(launched.outcomes()).isEqualTo(Map.of("seed 0", "FAILED"));
        assertThat(launched.story("seed 0")).contains("replay it with -Dvloop.test.seed=0");
    }

    static class Shuffled {
        private static final List<String> ORDERS = new CopyOnWriteArrayList<>();

        @LoopTest(seeds = 3)
        void notes_the_order_of_loops(TestLoops loops) {
            ORDERS.add(order(loops));
        }

        /** {@return the names of loops that begin at the same time, in the order in which they ran} */
        static String order(TestLoops loops) {
            StringBuilder order = new StringBuilder();
            for (String name : List.of("a", "b", "c", "d", "e", "f")) {
                loops.loop(name).every(Duration.ofSeconds(1)).count(1).start(it -> order.append(name));
            }
            loops.settle();
            return order.toString();
        }
    }

    @Test
    void each_seed_shuffles_the_first_one_included() {
        List<String> expected = new ArrayList<>();
        for (long seed = 0; seed < 3; seed++) {
            try (TestLoops loops = TestLoops.builder().seed(seed).create()) {
                expected.add(Shuffled.order(loops));
            }
        }
        assertThat(Launched.run(Shuffled.class).allPassed()).isTrue();
        assertThat(Shuffled.ORDERS).isEqualTo(expected).doesNotContain("abcdef");
    }

    @Execution(ExecutionMode.CONCURRENT)
    static class Parallel {
        @ExtendWith(LoopTestExtension.class)
        @RepeatedTest(64)
        @Execution(ExecutionMode.CONCURRENT)
        void counts_its_own_hour(TestLoops loops) {
            long[] count = new long[1];
            loops.loop("same name").every(Duration.ofSeconds(1)).start(it -> count[0]++);
            for (int i = 0; i < 60; i++) {
                loops.advance(Duration.ofMinutes(1));
            }
            assertThat(count[0]).isEqualTo(3_601);
            assertThat(loops.elapsed()).isEqualTo(Duration.ofHours(1));
            assertThat(loops.loops()).hasSize(1);
        }
    }

    @Test
    void sixty_four_tests_in_parallel_do_not_see_each_other() {
        Launched launched = Launched.run(
                Parallel.class,
                "junit.jupiter.execution.parallel.enabled",
                "true",
                "junit.jupiter.execution.parallel.config.strategy",
                "fixed",
                "junit.jupiter.execution.parallel.config.fixed.parallelism",
                "16");
        assertThat(launched.outcomes()).doesNotContainValue("FAILED").hasSize(64);
    }

    static class Misconfigured {
        @LoopTest(startAt = "tomorrow")
        void start(TestLoops loops) {}

        @LoopTest(seeds = 0)
        void seeds(TestLoops loops) {}
    }

    @Test
    void wrong_settings_are_refused_with_their_values() {
        Launched launched = Launched.run(Misconfigured.class);
        assertThat(launched.story("start(TestLoops)"))
                .contains("zoned date-time")
                .contains("'tomorrow'");
        assertThat(launched.story("seeds(TestLoops)")).contains("seeds must be at least 1, but is 0");
    }
}
