package dev.vloop.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Time limits with which JUnit runs a test on a thread of its own. */
abstract class TimeLimitContract {
    private static final Duration SECOND = Duration.ofSeconds(1);

    /** {@return the class with the tests to launch, in the engine under test} */
    abstract Class<? extends InTime> inTime();

    /** {@return the same for those that take too long} */
    abstract Class<? extends TooLong> tooLong();

    abstract static class InTime {
        @RegisterExtension
        final LoopTestExtension extension = new LoopTestExtension(builder -> builder.engine(engine()));

        private Thread junit = Thread.currentThread();

        abstract Engine engine();

        @BeforeEach
        void begin(TestLoops loops) {
            junit = Thread.currentThread();
            loops.loop("counter").every(SECOND).start(it -> {});
            loops.advance(SECOND);
        }

        @AfterEach
        void end(TestLoops loops) {
            assertThat(Thread.currentThread()).isSameAs(junit);
            loops.advance(SECOND);
            LoopAssertions.assertThat(loops.get("counter")).hasIterations(12);
        }

        @Test
        @Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = ThreadMode.SEPARATE_THREAD)
        void test(TestLoops loops) throws InterruptedException {
            assertThat(Thread.currentThread()).isNotSameAs(junit);
            loops.advance(SECOND.multipliedBy(8));
            loops.clock().sleep(SECOND);
            LoopAssertions.assertThat(loops.get("counter")).hasIterations(11);
        }

        @TestFactory
        @Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = ThreadMode.SEPARATE_THREAD)
        Stream<DynamicTest> factory(TestLoops loops) {
            loops.advance(SECOND);
            return Stream.of(DynamicTest.dynamicTest("dynamic", () -> loops.advance(SECOND.multipliedBy(8))));
        }
    }

    @Test
    void the_thread_that_runs_the_method_is_the_tests() {
        Launched launched = Launched.run(inTime());
        assertThat(launched.outcomes()).doesNotContainValue("FAILED").containsOnlyKeys("test(TestLoops)", "dynamic");
    }

    abstract static class TooLong {
        static final AtomicBoolean RELEASED = new AtomicBoolean();

        @RegisterExtension
        final LoopTestExtension extension =
                new LoopTestExtension(builder -> builder.engine(engine()).patience(Duration.ofMillis(400)));

        abstract Engine engine();

        @Test
        @Timeout(value = 1, unit = TimeUnit.SECONDS, threadMode = ThreadMode.SEPARATE_THREAD)
        void waits(TestLoops loops) throws Exception {
            loops.loop("counter").every(SECOND).start(it -> {});
            loops.advance(SECOND);
            loops.external("for ever", () -> {
                new CountDownLatch(1).await();
                return 1;
            });
        }

        @Test
        @Timeout(value = 1, unit = TimeUnit.SECONDS, threadMode = ThreadMode.SEPARATE_THREAD)
        void deaf(TestLoops loops) {
            loops.loop("deaf").every(SECOND).start(it -> {
                while (!RELEASED.get()) {
                    Thread.onSpinWait();
                }
            });
            loops.settle();
        }
    }

    /** Runs the tests that take too long, and lets the deaf body end afterwards. */
    Launched launchTooLong() {
        TooLong.RELEASED.set(false);
        try {
            return Launched.run(tooLong());
        } finally {
            TooLong.RELEASED.set(true);
        }
    }

    @Test
    void a_test_that_takes_too_long_ends_with_its_timeline_even_if_a_body_is_deaf() {
        Launched launched = launchTooLong();
        assertThat(launched.failure("waits(TestLoops)")).isInstanceOf(TimeoutException.class);
        assertThat(launched.story("waits(TestLoops)"))
                .contains("00:00:01  #1 ok")
                .contains(">>> 00:00:01")
                .doesNotContain("goes on after its time limit");
        assertThat(launched.failure("deaf(TestLoops)")).isInstanceOf(TimeoutException.class);
        assertThat(launched.story("deaf(TestLoops)"))
                .contains("the test goes on after its time limit: its thread 'junit-timeout-thread")
                .contains("fix: let it and the bodies of loops heed interrupts")
                .contains("#0 begins");
    }
}
