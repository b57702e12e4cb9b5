package dev.vloop.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Monitors in the exact engine. From JDK 24 on they are exact. Before, a thread that waits for a monitor keeps its carrier, and the test
 * is told.
 */
@Tag("exact")
class ExactMonitorTest {
    private static final long S = 1_000_000_000L;

    private VirtualHost host = create(Duration.ofSeconds(2));

    private static VirtualHost create(Duration patience) {
        return HostFixture.exact(HostSettings.DEFAULT.withPatience(patience));
    }

    @AfterEach
    void close() {
        host.close();
    }

    private void start(String name, HostFixture.Body body) {
        host.newThread(name, () -> {
                    try {
                        body.run();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                })
                .start();
    }

    @Test
    void contended_monitors_are_handed_over_at_the_right_time_or_refused() {
        if (MonitorFlush.NEEDED) {
            assertThat(wrongHandOvers(20_000)).isZero();
        } else {
            host.close();
            host = create(Duration.ofMillis(200));
            assertThatThrownBy(() -> wrongHandOvers(1))
                    .hasMessageContaining("pinned carrier")
                    .hasMessageContaining("ExactMonitorTest.java")
                    .hasMessageContaining("JDK 24");
        }
    }

    private int wrongHandOvers(int rounds) {
        Object monitor = new Object();
        int[] wrong = {0};
        for (int i = 0; i < rounds; i++) {
            long begin = host.nanoTime();
            int[] passed = {0};
            start("holder", () -> {
                synchronized (monitor) {
                    host.sleepUntil(begin + S);
                }
            });
            for (int k = 0; k < 2; k++) {
                start("contender" + k, () -> {
                    synchronized (monitor) {
                        wrong[0] += host.nanoTime() == begin + S ? 0 : 1;
                        passed[0]++;
                    }
                });
            }
            host.advanceTo(begin + 2 * S);
            wrong[0] += passed[0] == 2 && host.liveThreads() == 0 ? 0 : 1;
        }
        return wrong[0];
    }

    @Test
    void notified_threads_go_on_at_the_right_time_or_are_refused() {
        if (MonitorFlush.NEEDED) {
            assertThat(wrongNotifications(5_000)).isZero();
        } else {
            host.close();
            host = create(Duration.ofMillis(200));
            assertThatThrownBy(() -> wrongNotifications(1)).hasMessageContaining("pinned carrier");
        }
    }

    private int wrongNotifications(int rounds) {
        Object monitor = new Object();
        int[] wrong = {0};
        for (int i = 0; i < rounds; i++) {
            long begin = host.nanoTime();
            boolean[] told = {false};
            start("waiter", () -> {
                synchronized (monitor) {
                    while (!told[0]) {
                        monitor.wait();
                    }
                    wrong[0] += host.nanoTime() == begin + S ? 0 : 1;
                }
            });
            start("notifier", () -> {
                host.sleepUntil(begin + S);
                synchronized (monitor) {
                    told[0] = true;
                    monitor.notifyAll();
                }
            });
            host.advanceTo(begin + 2 * S);
            wrong[0] += host.liveThreads() == 0 ? 0 : 1;
        }
        return wrong[0];
    }
}
