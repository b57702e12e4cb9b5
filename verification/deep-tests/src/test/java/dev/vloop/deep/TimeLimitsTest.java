package dev.vloop.deep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.vloop.testkit.LoopTest;
import dev.vloop.testkit.TestLoops;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.platform.testkit.engine.EngineTestKit;

/** Time limits of JUnit look at the real clock. */
class TimeLimitsTest extends DeepFixture {
    private static final Instant TODAY = Instant.parse("2026-01-01T00:00:00Z");

    @LoopTest
    @Timeout(9)
    void a_month_of_virtual_time_is_within_seconds(TestLoops loops) {
        loops.loop("sleeper").every(Duration.ofHours(1)).start(it -> Thread.sleep(Duration.ofMinutes(10)));
        loops.advance(Duration.ofDays(30));
    }

    @LoopTest
    @Timeout(value = 9, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void a_test_on_a_thread_of_its_own_has_virtual_time_too(TestLoops loops) {
        loops.loop("sleeper").every(Duration.ofHours(1)).start(it -> {
            Thread.sleep(Duration.ofMinutes(10));
            said.add(Instant.now().toString());
        });
        loops.advance(Duration.ofMinutes(70));
        assertThat(said).containsExactly("2000-01-01T00:10:00Z", "2000-01-01T01:10:00Z");
    }

    @Test
    void a_test_without_loops_has_real_time() {
        assertThat(Instant.now()).isAfter(TODAY);
    }

    /** It fails; the test below runs it. */
    static final class Hanging {
        @LoopTest
        void month(TestLoops loops) {
            loops.loop("ticker").every(Duration.ofHours(1)).start(it -> {});
            loops.advance(Duration.ofDays(30));
        }

        @AfterEach
        @Timeout(value = 100, unit = TimeUnit.MILLISECONDS)
        void hang(TestLoops loops) throws InterruptedException {
            new CountDownLatch(1).await();
        }
    }

    @Test
    void a_limit_is_kept_after_a_month_of_virtual_time() throws Exception {
        long before = Outside.nanoTime();
        EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(Hanging.class))
                .execute()
                .testEvents()
                .assertStatistics(tests -> tests.failed(1));
        assertThat(Duration.ofNanos(Outside.nanoTime() - before)).isLessThan(Duration.ofSeconds(8));
    }
}
