package dev.vloop.vthreads;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class SpinLockTest {
    private static final int THREADS = 4;
    private static final int TIMES = 100_000;

    private final SpinLock lock = new SpinLock();

    /** Guarded by the lock. */
    private int counted;

    @Test
    @Tag("real-time")
    @DisplayName("R11: one thread at a time has the lock, and each gets it")
    void one_thread_at_a_time_has_it() throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        CountDownLatch ready = new CountDownLatch(THREADS);
        for (int i = 0; i < THREADS; i++) {
            threads.add(Thread.ofPlatform().start(() -> count(ready)));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(counted).isEqualTo(THREADS * TIMES);
    }

    private void count(CountDownLatch ready) {
        ready.countDown();
        while (ready.getCount() > 0) {
            Thread.onSpinWait();
        }
        for (int i = 0; i < TIMES; i++) {
            lock.lock();
            try {
                counted++;
            } finally {
                lock.unlock();
            }
        }
    }

    @Test
    @DisplayName("who has it keeps others from it")
    void who_has_it_keeps_others_from_it() {
        assertThat(lock.tryLock()).isTrue();
        assertThat(lock.tryLock()).isFalse();
        lock.unlock();
        assertThat(lock.tryLock()).isTrue();
    }
}
