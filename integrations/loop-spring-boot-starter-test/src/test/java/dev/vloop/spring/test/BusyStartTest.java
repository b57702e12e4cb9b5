package dev.vloop.spring.test;

import static dev.vloop.testkit.LoopAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.vloop.Loop;
import dev.vloop.LoopRuntime;
import dev.vloop.Schedule;
import dev.vloop.testkit.TestLoops;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What an application tells its loops while it starts holds in each test, and tests that run beside each other share no time. */
@SpringBootTest(classes = BusyStartTest.Application.class)
@VirtualTime
class BusyStartTest {
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {
        final AtomicInteger iterations = new AtomicInteger();

        /** What loops said while the application started. */
        final List<String> told = new CopyOnWriteArrayList<>();

        @Bean
        Loop paused(LoopRuntime loops) {
            Loop loop = loops.loop("paused").every(Duration.ofMinutes(1)).build(it -> {});
            loop.pause();
            return loop;
        }

        @Bean
        Loop slowed(LoopRuntime loops) {
            return loops.loop("slowed").every(Duration.ofMinutes(1)).build(it -> iterations.incrementAndGet());
        }

        @Bean
        Loop fails(LoopRuntime loops) {
            return loops.loop("fails").schedule(Schedule.never()).build(it -> {
                throw new IllegalStateException("on purpose");
            });
        }

        @Bean
        ApplicationRunner runner(LoopRuntime loops, @Qualifier("slowed") Loop slowed) {
            loops.loop("found").every(Duration.ofMinutes(1)).build(it -> {});
            loops.loop("restarted").every(Duration.ofMinutes(1)).build(it -> {});
            loops.loop("removed").every(Duration.ofMinutes(1)).build(it -> {});
            loops.loop("triggered").schedule(Schedule.never()).start(it -> {});
            loops.loop("cancelled").every(Duration.ofMinutes(1)).start(it -> {});
            loops.loop("stopped").every(Duration.ofMinutes(1)).start(it -> {});
            loops.loop("resumed").every(Duration.ofMinutes(1)).start(it -> {});
            loops.loop("rescheduled").every(Duration.ofMinutes(1)).start(it -> {});
            loops.loop("patient").every(Duration.ofMinutes(1)).start(it -> {});
            return arguments -> {
                slowed.changeInterval(Duration.ofMinutes(10));
                told.add("found runs: " + get(loops, "found").isRunning());
                told.add("it began: " + get(loops, "found").startIfIdle());
                told.add("it runs: " + get(loops, "found").isRunning());
                told.add("it began again: " + get(loops, "found").startIfIdle());
                get(loops, "restarted").restart();
                get(loops, "removed").remove();
                get(loops, "triggered").trigger();
                get(loops, "cancelled").cancel();
                get(loops, "stopped").stop();
                get(loops, "resumed").pause();
                get(loops, "resumed").resume();
                get(loops, "rescheduled").changeSchedule(Schedule.fixedDelay(Duration.ofMinutes(3)));
                get(loops, "patient").changeReactions(rules -> rules.continueOn(IllegalStateException.class));
            };
        }

        private static Loop get(LoopRuntime loops, String name) {
            Loop loop = loops.find(name);
            if (loop == null) {
                throw new IllegalStateException(name);
            }
            return loop;
        }
    }

    @Autowired
    @Qualifier("slowed")
    Loop slowed;

    @Autowired
    @Qualifier("fails")
    Loop fails;

    @RepeatedTest(2)
    void what_the_application_told_its_loops_while_it_started_holds_in_each_test(TestLoops loops) {
        assertThat(loops.get("paused")).isPaused();
        assertThat(slowed).nextIn(Duration.ofMinutes(10));
        assertThat(loops.get("found")).isWaiting();
        assertThat(loops.get("restarted")).isWaiting();
        assertThat(loops.find("removed")).isNull();
        assertThat(loops.get("triggered")).hasIterations(1);
        assertThat(loops.get("cancelled").isRunning()).isFalse();
        assertThat(loops.get("stopped").isRunning()).isFalse();
        assertThat(loops.get("resumed")).isWaiting();
        assertThat(loops.get("rescheduled")).nextIn(Duration.ofMinutes(3));
        assertThat(loops.get("patient").describe().get("reactions")).contains("IllegalStateException CONTINUE");
    }

    @Test
    void a_loop_tells_the_application_that_starts_whether_it_was_begun(@Autowired Application application) {
        assertThat(application.told)
                .containsExactly("found runs: false", "it began: true", "it runs: true", "it began again: false");
    }

    @Test
    void a_failure_of_the_applications_loop_that_is_expected_is_looked_at(TestLoops loops) {
        fails.trigger();
        loops.settle();
        assertThat(fails).hasFailedWith(IllegalStateException.class);
    }

    @Test
    void tests_that_share_a_context_run_one_after_the_other() {
        EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(Beside.class))
                .configurationParameter("junit.jupiter.execution.parallel.enabled", "true")
                .configurationParameter("junit.jupiter.execution.parallel.config.strategy", "fixed")
                .configurationParameter("junit.jupiter.execution.parallel.config.fixed.parallelism", "4")
                .execute()
                .testEvents()
                .assertStatistics(statistics -> statistics.succeeded(8));
    }

    /** Run by the test above alone. */
    @SpringBootTest(classes = Application.class, properties = "of=beside")
    @VirtualTime
    static class Beside {
        @Autowired
        Application application;

        @RepeatedTest(8)
        @Execution(ExecutionMode.CONCURRENT)
        void counts_its_own_iterations(TestLoops loops) {
            int before = application.iterations.get();
            for (int i = 0; i < 60; i++) {
                loops.advance(Duration.ofMinutes(1));
            }
            assertThat(application.iterations.get() - before).isEqualTo(6);
        }
    }
}
