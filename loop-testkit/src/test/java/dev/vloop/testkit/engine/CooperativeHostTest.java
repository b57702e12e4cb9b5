package dev.vloop.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vloop.spi.Host;
import dev.vloop.testkit.engine.VirtualTimeError.Kind;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** The cooperative engine: what both engines promise, and what it says about threads that block elsewhere. */
class CooperativeHostTest extends ManyContract {
    @Override
    VirtualHost create(HostSettings settings) {
        return new CooperativeHost(settings);
    }

    @Test
    void a_thread_blocked_in_a_queue_is_not_guessed_to_be_idle() {
        LinkedBlockingQueue<String> queue = new LinkedBlockingQueue<>();
        start("consumer", queue::take);
        assertThatThrownBy(() -> advance(1))
                .isInstanceOfSatisfying(
                        VirtualTimeError.class, e -> assertThat(e.kind()).isEqualTo(Kind.BLOCKED_ELSEWHERE))
                .hasMessageContaining("'consumer'")
                .hasMessageContaining("LinkedBlockingQueue.take")
                .hasMessageContaining("external")
                .hasMessageContaining("--add-opens");
        assertThatThrownBy(() -> advance(1)).as("and there is no going on").isInstanceOf(VirtualTimeError.class);
        assertThat(host.close()).isEmpty();
        assertThat(log).containsExactly("0 consumer interrupted");
    }

    @Test
    void a_thread_blocked_at_a_monitor_is_not_guessed_to_be_idle() {
        Object monitor = new Object();
        start("blocked", () -> {
            synchronized (monitor) {
                log("in");
            }
        });
        synchronized (monitor) {
            assertThatThrownBy(() -> advance(1))
                    .hasMessageContaining("'blocked'")
                    .hasMessageContaining("BLOCKED");
        }
    }

    @Test
    void a_real_sleep_is_told_with_its_place() {
        start("sleeper", () -> Thread.sleep(5_000));
        assertThatThrownBy(() -> advance(1))
                .isInstanceOfSatisfying(
                        VirtualTimeError.class, e -> assertThat(e.kind()).isEqualTo(Kind.REAL_SLEEP))
                .hasMessageContaining("'sleeper'")
                .hasMessageContaining("CooperativeHostTest.java")
                .hasMessageContaining("iteration.sleep");
    }

    @Test
    void a_thread_that_computes_for_long_is_left_alone() {
        host.close();
        host = create(settings().withPatience(Duration.ofMillis(20)));
        long[] rounds = {0};
        start("busy", () -> {
            long until = System.nanoTime() + 200_000_000;
            while (System.nanoTime() < until) {
                rounds[0]++;
            }
            sleep(1);
            log("done");
        });
        advance(1);
        assertThat(log).containsExactly("1 done");
    }

    @Test
    void a_thread_that_computes_for_ever_is_told() {
        host.close();
        host = create(settings().withStall(Duration.ofMillis(100)));
        start("busy", () -> {
            while (!Thread.currentThread().isInterrupted()) {
                Thread.onSpinWait();
            }
        });
        assertThatThrownBy(() -> advance(1))
                .isInstanceOfSatisfying(
                        VirtualTimeError.class, e -> assertThat(e.kind()).isEqualTo(Kind.SPIN))
                .hasMessageContaining("'busy'");
        assertThat(host.close()).isEmpty();
    }

    @Test
    void a_thread_that_a_body_starts_is_not_of_the_test() {
        AtomicReference<Throwable> seen = new AtomicReference<>();
        start(
                "body",
                () -> host.external("child", () -> {
                    Thread child = Thread.ofVirtual().name("child").start(() -> {
                        try {
                            host.sleepUntil(S);
                        } catch (Throwable e) {
                            seen.set(e);
                        }
                    });
                    child.join();
                    return 1;
                }));
        settle();
        assertThat(seen.get())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("child")
                .hasMessageContaining("iteration.fork");
    }

    @Test
    void a_thread_that_is_blocked_for_a_moment_is_left_alone() {
        host.close();
        host = create(settings().withPatience(Duration.ofSeconds(20)));
        CountDownLatch gate = new CountDownLatch(1);
        start("blocked", () -> {
            gate.await();
            sleep(1);
            log("done");
        });
        new Thread(() -> {
                    long until = System.nanoTime() + 200_000_000;
                    while (System.nanoTime() < until) {
                        Thread.onSpinWait();
                    }
                    gate.countDown();
                })
                .start();
        advance(1);
        assertThat(log).containsExactly("1 done");
    }

    @Test
    void who_cancels_an_alarm_waits_for_its_action() throws InterruptedException {
        List<String> order = new CopyOnWriteArrayList<>();
        AtomicReference<Host.Alarm> alarm = new AtomicReference<>();
        CountDownLatch acting = new CountDownLatch(1);
        AtomicBoolean cancels = new AtomicBoolean();
        Thread stranger = new Thread(() -> {
            try {
                acting.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            cancels.set(true);
            alarm.get().cancel();
            order.add("cancelled");
        });
        alarm.set(host.alarm(S, () -> {
            acting.countDown();
            while (!cancels.get() || stranger.getState() == Thread.State.RUNNABLE) {
                Thread.onSpinWait(); // until it waits, or has ended because it did not
            }
            order.add("acted");
        }));
        stranger.start();
        advance(1);
        stranger.join();
        assertThat(order).containsExactly("acted", "cancelled");
    }
}
