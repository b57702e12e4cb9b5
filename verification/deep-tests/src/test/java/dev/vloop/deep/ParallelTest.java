package dev.vloop.deep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;

/** Each test has a time of its own, eight at once too. */
class ParallelTest {
    @Test
    void eight_tests_at_once_keep_their_own_times() {
        runEightAtOnce();
    }

    @Tag("stress")
    @RepeatedTest(20)
    void eight_tests_at_once_keep_their_own_times_again_and_again() {
        runEightAtOnce();
    }

    private static void runEightAtOnce() {
        EngineExecutionResults results = EngineTestKit.engine("junit-jupiter")
                .selectors(
                        selectClass(SleepsTest.class),
                        selectClass(WaitsTest.class),
                        selectClass(ClocksTest.class),
                        selectClass(PoolsTest.class),
                        selectClass(LibrariesTest.class),
                        selectClass(NetworkTest.class))
                .configurationParameter("junit.jupiter.execution.parallel.enabled", "true")
                .configurationParameter("junit.jupiter.execution.parallel.mode.default", "concurrent")
                .configurationParameter("junit.jupiter.execution.parallel.config.strategy", "fixed")
                .configurationParameter("junit.jupiter.execution.parallel.config.fixed.parallelism", "8")
                .execute();
        assertThat(results.testEvents().failed().stream()).isEmpty();
        assertThat(results.testEvents().succeeded().count()).isGreaterThan(50);
    }
}
