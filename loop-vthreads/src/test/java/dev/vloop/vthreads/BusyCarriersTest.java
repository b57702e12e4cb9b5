package dev.vloop.vthreads;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.spi.Host;
import dev.vloop.vthreads.timer.JdkPark;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What must work while user code computes on every carrier, so that no virtual thread gets to run. */
@Tag("real-time")
@Timeout(60)
class BusyCarriersTest {
    private static final SystemHost HOST = SystemHost.SHARED;

    @Test
    @DisplayName("R31: of ten thousand timers that come up while every carrier computes, each rings, and none late")
    void no_timer_is_late() throws InterruptedException {
        int count = 10_000;
        CountDownLatch rung = new CountDownLatch(count);
        AtomicLong latest = new AtomicLong();
        Hogs.whileTheyCompute(() -> {
            long begin = HOST.nanoTime();
            for (int i = 0; i < count; i++) {
                long deadline = begin + 50_000_000L + 50_000L * i;
                HOST.newTimer(() -> {
                            latest.accumulateAndGet(HOST.nanoTime() - deadline, Math::max);
                            rung.countDown();
                        })
                        .set(deadline);
            }
            rung.await();
        });
        System.out.printf("the latest of %d was %.1f ms late%n", count, latest.get() / 1e6);
        assertThat(latest.get()).isLessThan(TimeUnit.SECONDS.toNanos(5));
    }

    @Test
    @DisplayName("R38: a platform thread gets a lock although a virtual thread without a carrier wants it, too")
    void a_platform_thread_does_not_queue_behind_a_virtual_one() throws InterruptedException {
        Thread.ofVirtual().start(JdkPark::tryOnce).join(); // or a virtual thread would yield and not nap
        SpinLock lock = new SpinLock();
        lock.lock();
        Thread virtual = Thread.ofVirtual().start(() -> {
            lock.lock();
            lock.unlock();
        });
        while (virtual.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        Hogs.whileTheyCompute(() -> {
            Thread platform = Thread.ofPlatform().start(() -> {
                lock.lock();
                lock.unlock();
            });
            while (platform.getState() != Thread.State.TIMED_WAITING) {
                Thread.onSpinWait();
            }
            lock.unlock();
            platform.join();
        });
        virtual.join();
    }

    @Test
    @DisplayName("R38: of threads of both kinds, one at a time has the lock, interrupted or not")
    void one_at_a_time_has_the_lock() throws InterruptedException {
        SpinLock lock = new SpinLock();
        int[] counted = {0};
        Thread[] threads = new Thread[8];
        for (int i = 0; i < threads.length; i++) {
            Runnable counts = () -> {
                Thread.currentThread().interrupt();
                for (int k = 0; k < 20_000; k++) {
                    lock.lock();
                    counted[0]++;
                    lock.unlock();
                }
                assertThat(Thread.interrupted()).isTrue();
            };
            threads[i] = i % 2 == 0
                    ? Thread.ofVirtual().start(counts)
                    : Thread.ofPlatform().start(counts);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(counted[0]).isEqualTo(threads.length * 20_000);
    }

    @Test
    @DisplayName(
            "R38: what the engine does beside its timer comes when a carrier is free, and holds up no timer until then")
    void an_action_beside_the_timer_holds_up_no_timer() throws InterruptedException {
        CountDownLatch aside = new CountDownLatch(1);
        CountDownLatch rung = new CountDownLatch(1);
        Host.Alarm[] recurring = new Host.Alarm[1];
        Hogs.whileTheyCompute(() -> {
            recurring[0] = new RecurringAlarm(HOST, 1_000_000, () -> {
                aside.countDown();
                return Long.MAX_VALUE;
            });
            HOST.alarm(HOST.nanoTime() + 20_000_000, rung::countDown);
            rung.await();
            assertThat(aside.getCount()).isOne();
        });
        aside.await();
        recurring[0].cancel();
    }
}
