package dev.vloop.deep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.testkit.LoopTest;
import dev.vloop.testkit.TestLoops;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Pools that a test makes keep its time, and others the real one. */
class PoolsTest extends DeepFixture {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @LoopTest
    void a_scheduled_pool_of_a_body(TestLoops loops) {
        assertThat(takes(loops, () -> {
                    try (ScheduledExecutorService pool = Executors.newSingleThreadScheduledExecutor()) {
                        pool.schedule(() -> "", 1, TimeUnit.MINUTES).get();
                    }
                }))
                .isEqualTo(MINUTE);
    }

    @LoopTest
    void pools_of_a_body(TestLoops loops) {
        assertThat(takes(loops, () -> {
                    try (ExecutorService pool = Executors.newFixedThreadPool(2)) {
                        sleepFourTimes(pool);
                    }
                }))
                .isEqualTo(MINUTE.multipliedBy(2));
        assertThat(takes(loops, () -> {
                    try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
                        sleepFourTimes(pool);
                    }
                }))
                .isEqualTo(MINUTE);
    }

    private static void sleepFourTimes(ExecutorService pool) throws Exception {
        List<Future<String>> tasks = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            tasks.add(pool.submit(() -> {
                Thread.sleep(60_000);
                return "";
            }));
        }
        for (Future<String> task : tasks) {
            task.get();
        }
    }

    @LoopTest
    void a_scheduled_pool_that_the_test_itself_makes(TestLoops loops) {
        ScheduledExecutorService pool = Executors.newScheduledThreadPool(1);
        Future<?> periodic =
                pool.scheduleAtFixedRate(() -> said.add(loops.elapsed().toString()), 1, 10, TimeUnit.MINUTES);
        loops.advance(Duration.ofMinutes(30));
        assertThat(said).containsExactly("PT1M", "PT11M", "PT21M");
        periodic.cancel(false); // its idle thread may stay: nobody is failed for that
    }

    @LoopTest
    void a_pool_of_others_keeps_real_time(TestLoops loops) throws Exception {
        ScheduledExecutorService other = Executors.newScheduledThreadPool(1, body -> {
            Thread thread = new Thread(body);
            thread.setDaemon(true);
            return thread;
        });
        takes(loops, () -> Thread.sleep(Duration.ofDays(3)));
        assertThat(other.schedule(() -> "after 50 ms", 50, TimeUnit.MILLISECONDS)
                        .get(5, TimeUnit.SECONDS))
                .isEqualTo("after 50 ms");
        other.shutdownNow();
    }

    /** Such as a pool in a static field, which the first test that needs it has made. */
    @Test
    void a_pool_whose_test_is_over_keeps_real_time_beside_another_test() throws Exception {
        ScheduledExecutorService pool;
        try (TestLoops over = TestLoops.create()) {
            pool = Executors.newScheduledThreadPool(1);
            over.advance(MINUTE);
        }
        try (TestLoops underWay = TestLoops.create()) {
            underWay.settle();
            assertThat(pool.schedule(() -> "after 1 ms", 1, TimeUnit.MILLISECONDS)
                            .get(5, TimeUnit.SECONDS))
                    .isEqualTo("after 1 ms");
        } finally {
            pool.shutdownNow();
        }
    }

    /** It would be a finding if it had a delay. */
    @LoopTest
    void a_pool_of_others_may_be_handed_work_without_a_delay(TestLoops loops) {
        ScheduledExecutorService other =
                Executors.newScheduledThreadPool(1, Thread.ofPlatform().daemon()::unstarted);
        loops.loop("caller").every(Duration.ofHours(1)).start(it -> {
            Future<?> unused = other.schedule(() -> "now", 0, TimeUnit.MILLISECONDS);
            other.execute(() -> {});
        });
        loops.settle();
        other.shutdownNow();
    }

    @LoopTest
    void a_thread_outside_waits_in_real_time(TestLoops loops) throws Exception {
        takes(loops, () -> Thread.sleep(Duration.ofDays(300)));
        Thread outside = Thread.ofPlatform().start(() -> {
            long before = System.nanoTime();
            try {
                Thread.sleep(100);
            } catch (InterruptedException e) {
                said.add("interrupted");
            }
            said.add(System.nanoTime() - before >= 95_000_000 ? "real" : "virtual");
        });
        outside.join();
        assertThat(said).containsExactly("real");
    }
}
