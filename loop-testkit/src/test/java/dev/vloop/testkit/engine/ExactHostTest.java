package dev.vloop.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vloop.spi.Host;
import dev.vloop.testkit.engine.VirtualTimeError.Kind;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The exact engine: what both engines promise, and what only this one can do. */
@Tag("exact")
class ExactHostTest extends ManyContract {
    @Override
    VirtualHost create(HostSettings settings) {
        return exact(settings);
    }

    static @Nullable VirtualHost pinningHost;

    private ExactHost exact() {
        return (ExactHost) host;
    }

    @Test
    void a_thread_that_is_alone_moves_no_time_while_that_is_held() {
        Runnable release = exact().hold();
        CountDownLatch began = new CountDownLatch(1);
        start("lone", () -> {
            began.countDown();
            for (int i = 0; i < 1_000; i++) {
                sleep(1);
            }
            log("over");
        });
        Thread outside = new Thread(() -> {
            try {
                began.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            start("made", () -> log("made"));
            release.run();
        });
        outside.start();
        advance(1_000);
        assertThat(log).containsExactly("0 made", "1000 over");
    }

    @Test
    void locks_queues_futures_and_nested_threads_are_exact() {
        LinkedBlockingQueue<String> queue = new LinkedBlockingQueue<>();
        ReentrantLock lock = new ReentrantLock();
        CompletableFuture<String> future = new CompletableFuture<>();
        start("consumer", () -> {
            for (int i = 0; i < 3; i++) {
                log("took " + queue.take());
            }
            future.complete("done");
        });
        start("waiter", () -> log("future " + future.get()));
        start("owner", () -> {
            lock.lock();
            try {
                sleep(5);
            } finally {
                lock.unlock();
            }
        });
        start("contender", () -> {
            lock.lock();
            try {
                log("locked");
            } finally {
                lock.unlock();
            }
        });
        start("producer", () -> {
            for (int i = 0; i < 3; i++) {
                sleep(2);
                String item = "item" + i;
                Thread child = Thread.startVirtualThread(() -> {
                    try {
                        host.sleepUntil(host.nanoTime() + S);
                        queue.add(item);
                    } catch (InterruptedException e) {
                        log("no");
                    }
                });
                child.join();
            }
        });
        advance(20);
        assertThat(log).containsExactly("3 took item0", "5 locked", "6 took item1", "9 took item2", "9 future done");
        assertThat(host.liveThreads()).isZero();
        assertThat(exact().outsideWakes()).isEmpty();
    }

    @Test
    void twenty_thousand_joins_of_futures_and_executors_are_exact() {
        int[] wrong = {0};
        start("owner", () -> {
            for (int i = 0; i < 20_000; i++) {
                long begin = host.nanoTime();
                try (ExecutorService scope = Executors.newVirtualThreadPerTaskExecutor()) {
                    Future<Integer> one = scope.submit(() -> {
                        sleep(1);
                        return 1;
                    });
                    Future<Integer> two = scope.submit(() -> one.get() + 1);
                    sleep(1);
                    wrong[0] += two.get() == 2 ? 0 : 1;
                    scope.execute(() -> sleepOrFail(wrong));
                }
                wrong[0] += host.nanoTime() == begin + 2 * S ? 0 : 1;
            }
        });
        advance(50_000);
        assertThat(wrong[0]).isZero();
        assertThat(host.liveThreads()).isZero();
        assertThat(exact().outsideWakes()).isEmpty();
    }

    private void sleepOrFail(int[] wrong) {
        try {
            sleep(1);
        } catch (InterruptedException e) {
            wrong[0]++;
        }
    }

    @Test
    void wake_ups_from_outside_are_counted_with_their_waker() throws Exception {
        CountDownLatch latch = new CountDownLatch(1);
        start("waiting", latch::await);
        settle();
        Thread stranger = new Thread(latch::countDown, "stranger");
        stranger.start();
        stranger.join();
        settle();
        assertThat(exact().outsideWakes()).singleElement().satisfies(wake -> {
            assertThat(wake.waker()).isEqualTo("stranger");
            assertThat(wake.thread()).isEqualTo("waiting");
            assertThat(wake.stack()).isNotEmpty();
        });
    }

    @Test
    void a_deadlock_of_locks_is_told_after_a_grace() {
        ReentrantLock a = new ReentrantLock();
        ReentrantLock b = new ReentrantLock();
        start("ab", () -> {
            a.lock();
            sleep(1);
            b.lockInterruptibly();
        });
        start("ba", () -> {
            b.lock();
            sleep(1);
            a.lockInterruptibly();
        });
        assertThatThrownBy(() -> host.park(Host.NEVER))
                .hasMessageContaining("deadlock")
                .hasMessageContaining("PT1S")
                .hasMessageContaining("'ab'")
                .hasMessageContaining("lockInterruptibly");
        assertThat(host.close()).isEmpty();
    }

    @Test
    void it_does_not_run_on_a_virtual_thread() throws Exception {
        AtomicReference<Throwable> seen = new AtomicReference<>();
        Thread.startVirtualThread(() -> {
                    try {
                        create(settings());
                    } catch (Throwable e) {
                        seen.set(e);
                    }
                })
                .join();
        assertThat(seen.get()).isInstanceOf(IllegalStateException.class).hasMessageContaining("platform thread");
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
    }

    @Test
    void a_thread_that_blocks_and_keeps_its_carrier_is_told() {
        // a thread that initializes a class keeps its carrier on every JDK
        pinningHost = host;
        start("pinned", () -> log("after " + Initialised.VALUE));
        assertThatThrownBy(() -> advance(1))
                .isInstanceOfSatisfying(
                        VirtualTimeError.class, e -> assertThat(e.kind()).isEqualTo(Kind.PINNED))
                .hasMessageContaining("'pinned'")
                .hasMessageContaining("ReentrantLock");
    }

    /** Parks in its initializer. */
    static final class Initialised {
        static final String VALUE = wait(Objects.requireNonNull(pinningHost));

        private Initialised() {}

        private static String wait(VirtualHost host) {
            host.park(Host.NEVER);
            return "interrupted " + Thread.currentThread().isInterrupted();
        }
    }
}
