package dev.vloop.spring.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import dev.vloop.CutSlots;
import dev.vloop.Loop;
import dev.vloop.LoopRuntime;
import dev.vloop.spi.Cluster;
import dev.vloop.spring.LoopMethod;
import dev.vloop.testkit.Engine;
import dev.vloop.testkit.Finding;
import dev.vloop.testkit.LoopAssertions;
import dev.vloop.testkit.TestCluster;
import dev.vloop.testkit.TestLoops;
import dev.vloop.vthreads.VirtualLoops;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.context.junit.jupiter.SpringJUnitConfig;

/** An application's loops in virtual time. */
@SpringBootTest(classes = VirtualTimeTest.Application.class)
@VirtualTime(startAt = "2026-03-28T08:59:00Z")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class VirtualTimeTest {
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {
        final AtomicInteger polls = new AtomicInteger();
        final AtomicInteger ends = new AtomicInteger();

        /** Would be real time. */
        @Bean
        @ConditionalOnMissingBean
        LoopRuntime real() {
            return VirtualLoops.create();
        }

        @Bean
        Loop poller(LoopRuntime loops) {
            return loops.loop("poller")
                    .every(Duration.ofMinutes(5))
                    .afterLoop(end -> ends.incrementAndGet())
                    .build(it -> polls.incrementAndGet());
        }

        /** Would be real time, too. */
        @Bean
        Cluster foreign() {
            return (Cluster) Proxy.newProxyInstance(
                    Cluster.class.getClassLoader(), new Class<?>[] {Cluster.class}, (proxy, method, arguments) -> {
                        if (method.getName().equals("join")) {
                            throw new AssertionError("a test has joined the cluster of the application");
                        }
                        return null;
                    });
        }

        @Bean
        Daily daily() {
            return new Daily();
        }
    }

    static class Daily {
        final AtomicInteger digests = new AtomicInteger();

        @LoopMethod(name = "digest", dailyAt = "10:00", zone = "UTC", oncePerCluster = CutSlots.LET_GO)
        void digest() {
            digests.incrementAndGet();
        }

        final AtomicInteger greetings = new AtomicInteger();

        @LoopMethod(name = "greeting", dailyAt = "09:00", zone = "UTC")
        void greet() {
            greetings.incrementAndGet();
        }
    }

    @Autowired
    Application application;

    @Autowired
    Daily daily;

    @Autowired
    Loop poller;

    /** How many iterations there were before the test's first line. */
    private int before;

    @BeforeEach
    void look() {
        before = application.polls.getAndSet(0);
    }

    @AfterEach
    void forget() {
        application.polls.set(0);
    }

    @Test
    @Order(1)
    void what_is_due_at_the_start_has_run_before_the_test_and_time_moves_with_it(TestLoops loops) {
        assertThat(before).isEqualTo(1);
        assertThat(loops.clock().instant()).isEqualTo(Instant.parse("2026-03-28T08:59:00Z"));
        loops.advance(Duration.ofHours(1));
        assertThat(application.polls).hasValue(12);
        assertThat(daily.greetings).hasValue(1);
        assertThat(poller.status().iterations()).isEqualTo(13);
        poller.pause();
        loops.loop("of this test").every(Duration.ofHours(1)).start(it -> {});
    }

    @Test
    @Order(2)
    void time_and_loops_are_fresh_although_the_context_is_the_same(LoopRuntime loops, @Autowired TestLoops same) {
        assertThat(application.ends).hasValue(1);
        assertThat(loops).isSameAs(same);
        assertThat(loops.clock().instant()).isEqualTo(Instant.parse("2026-03-28T08:59:00Z"));
        assertThat(before).isEqualTo(1);
        assertThat(poller.status().iterations()).isEqualTo(1);
        assertThat(poller.status().paused()).isFalse();
        assertThat(loops.loops()).extracting(Loop::name).containsExactlyInAnyOrder("poller", "greeting", "digest");
    }

    @Test
    @Order(3)
    void a_loop_that_was_stopped_runs_again_in_the_next_test(TestLoops loops) {
        poller.stop();
        loops.settle();
        assertThat(poller.isRunning()).isFalse();
        assertThat(loops.find("poller").isRunning()).isFalse();
    }

    @Test
    @Order(4)
    void the_next_test(TestLoops loops) {
        assertThat(poller.isRunning()).isTrue();
    }

    @Test
    void the_applications_object_for_a_loop_is_the_one_that_tests_see(TestLoops loops) {
        assertThat(loops.find("poller")).isSameAs(poller);
        assertThat(loops.get("poller")).isSameAs(poller);
        assertThat(loops.loops()).contains(poller);
        LoopAssertions.assertThat(poller).isWaiting().nextIn(Duration.ofMinutes(5));
    }

    @Test
    void what_the_loops_did_wrong_fails_the_test() {
        failures("unseen").assertStatistics(statistics -> statistics.failed(1));
        assertThat(messages(failures("unseen"))).contains("an unseen failure").contains("fails");
    }

    @Test
    void a_test_may_tolerate_it_and_begin_at_a_time_in_a_zone() {
        EngineTestKit.engine("junit-jupiter")
                .selectors(selectMethod(Tolerant.class, "unseen", TestLoops.class))
                .execute()
                .testEvents()
                .assertStatistics(statistics -> statistics.succeeded(1));
    }

    @Test
    void what_a_loop_throws_at_its_caller_reaches_the_application_as_it_is(TestLoops loops) {
        poller.stop();
        loops.settle();
        assertThatIllegalStateException().isThrownBy(poller::trigger).withMessageContaining("poller");
        assertThatIllegalArgumentException().isThrownBy(() -> poller.changeInterval(Duration.ZERO));
    }

    @Test
    void a_failure_shows_the_timeline() {
        assertThat(messages(failures("timeline"))).contains("of no use").contains("poller");
    }

    @Test
    void a_loop_that_runs_once_per_cluster_runs_without_the_cluster_of_the_application(TestLoops loops) {
        int before = daily.digests.get();
        loops.advance(Duration.ofDays(2));
        assertThat(daily.digests.get() - before).isEqualTo(2);
    }

    @Test
    void several_instances_share_the_time_of_the_test(TestLoops loops) {
        TestCluster cluster = TestCluster.on(loops);
        AtomicInteger sent = new AtomicInteger();
        for (String name : List.of("a", "b")) {
            cluster.instance(name)
                    .loop("news")
                    .every(Duration.ofHours(1))
                    .oncePerCluster(CutSlots.LET_GO)
                    .start(it -> sent.incrementAndGet());
        }
        loops.advance(Duration.ofHours(1));
        cluster.kill("a");
        loops.advance(Duration.ofHours(1));
        assertThat(sent).hasValue(3);
    }

    @Test
    void an_application_s_own_runtime_is_replaced_and_the_engine_is_the_one_that_was_named() {
        EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(WithItsOwnRuntime.class))
                .execute()
                .testEvents()
                .assertStatistics(statistics -> statistics.succeeded(1).failed(0));
    }

    @Test
    void a_context_without_the_starter_says_what_to_add() {
        assertThat(messages(EngineTestKit.engine("junit-jupiter")
                        .selectors(selectClass(WithoutStarter.class))
                        .execute()
                        .testEvents()))
                .contains("for a slice, add @ImportAutoConfiguration(LoopsAutoConfiguration.class)");
    }

    @Test
    void classes_share_a_context_although_their_times_differ() {
        VirtualTimeCustomizerFactory factory = new VirtualTimeCustomizerFactory();
        assertThat(factory.createContextCustomizer(Tolerant.class, List.of()))
                .isNotNull()
                .isEqualTo(factory.createContextCustomizer(Failing.class, List.of()))
                .hasSameHashCodeAs(factory.createContextCustomizer(Failing.class, List.of()));
        assertThat(factory.createContextCustomizer(Application.class, List.of()))
                .isNull();
    }

    private static Events failures(String method) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectMethod(Failing.class, method, TestLoops.class))
                .execute()
                .testEvents();
    }

    private static String messages(Events events) {
        StringBuilder text = new StringBuilder();
        events.failed().stream()
                .map(event -> event.getRequiredPayload(TestExecutionResult.class))
                .forEach(result -> {
                    StringWriter out = new StringWriter();
                    result.getThrowable().orElseThrow().printStackTrace(new PrintWriter(out));
                    text.append(out);
                });
        return text.toString();
    }

    /** Run by a test above alone. */
    @SpringBootTest(classes = Application.class)
    @VirtualTime(startAt = "2026-03-28T08:59+01:00[Europe/Berlin]", tolerate = Finding.UNSEEN_FAILURE)
    static class Tolerant {
        @Test
        void unseen(TestLoops loops) {
            assertThat(loops.clock().instant()).isEqualTo(Instant.parse("2026-03-28T07:59:00Z"));
            loops.loop("fails").every(Duration.ofHours(1)).start(it -> {
                throw new IllegalStateException("an unseen failure");
            });
            loops.settle();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class OwnRuntime {
        @Bean
        LoopRuntime own() {
            return VirtualLoops.create();
        }
    }

    /** Run by a test above alone. */
    @SpringBootTest(classes = OwnRuntime.class)
    @VirtualTime(engine = Engine.COOPERATIVE)
    static class WithItsOwnRuntime {
        @Test
        void has_the_runtime_of_the_test(TestLoops loops, @Autowired LoopRuntime injected) {
            assertThat(injected).isSameAs(loops);
            assertThat(loops.engine()).isEqualTo(Engine.COOPERATIVE);
        }
    }

    /** Run by a test above alone. */
    @SpringJUnitConfig(WithoutStarter.Nothing.class)
    @VirtualTime
    static class WithoutStarter {
        @Configuration(proxyBeanMethods = false)
        static class Nothing {}

        @Test
        void never_begins(TestLoops loops) {
            loops.settle();
        }
    }

    /** Run by the tests above alone. */
    @SpringBootTest(classes = Application.class)
    @VirtualTime
    static class Failing {
        @Test
        void unseen(TestLoops loops) {
            loops.loop("fails").every(Duration.ofHours(1)).start(it -> {
                throw new IllegalStateException("an unseen failure");
            });
            loops.settle();
        }

        @Test
        void timeline(TestLoops loops) {
            loops.advance(Duration.ofMinutes(5));
            throw new AssertionError("of no use");
        }
    }
}
