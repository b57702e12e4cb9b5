package dev.vloop.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.DynamicTestInvocationContext;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Dynamic tests of one factory share a runtime, which is said where they cannot. */
class DynamicTestsTest {
    /** Opened when a dynamic test has failed. */
    private static final CountDownLatch FAILED = new CountDownLatch(1);

    static final class Watching implements InvocationInterceptor {
        @Override
        public void interceptDynamicTest(
                Invocation<@Nullable Void> invocation, DynamicTestInvocationContext dynamic, ExtensionContext context)
                throws Throwable {
            try {
                invocation.proceed();
            } catch (Throwable e) {
                FAILED.countDown();
                throw e;
            }
        }
    }

    @ExtendWith(Watching.class)
    static final class AtOnce {
        @RegisterExtension
        final LoopTestExtension loops = new LoopTestExtension(builder -> builder.patience(Duration.ofMillis(50)));

        @TestFactory
        Stream<DynamicTest> factory(TestLoops time) {
            return Stream.of("first", "second").map(name -> DynamicTest.dynamicTest(name, FAILED::await));
        }
    }

    @Test
    void one_that_cannot_run_beside_another_is_told_why() {
        Launched launched = Launched.run(
                AtOnce.class,
                "junit.jupiter.execution.parallel.enabled",
                "true",
                "junit.jupiter.execution.parallel.mode.default",
                "concurrent",
                "junit.jupiter.execution.parallel.config.strategy",
                "fixed",
                "junit.jupiter.execution.parallel.config.fixed.parallelism",
                "2");
        assertThat(launched.outcomes()).containsOnlyKeys("first", "second").containsValues("SUCCESSFUL", "FAILED");
        String failed = launched.outcomes().get("first").equals("FAILED") ? "first" : "second";
        assertThat(launched.story(failed))
                .contains("which runs another one of the same factory")
                .contains("@Execution(ExecutionMode.SAME_THREAD)")
                .doesNotContain("after its time limit");
    }
}
