package dev.vloop.vthreads;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Virtual threads that compute, one on each carrier. */
final class Hogs {
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean over;

    private Hogs() {}

    /** What is done while no virtual thread gets to run. */
    interface Action {
        void run() throws InterruptedException;
    }

    static void whileTheyCompute(Action action) throws InterruptedException {
        Hogs hogs = new Hogs();
        hogs.begin();
        try {
            action.run();
        } finally {
            hogs.end();
        }
    }

    private void begin() throws InterruptedException {
        int carriers = Integer.getInteger(
                "jdk.virtualThreadScheduler.parallelism", Runtime.getRuntime().availableProcessors());
        CountDownLatch running = new CountDownLatch(carriers);
        for (int i = 0; i < carriers; i++) {
            threads.add(Thread.ofVirtual().start(() -> {
                running.countDown();
                while (!over) {
                    Thread.onSpinWait();
                }
            }));
        }
        running.await();
    }

    private void end() throws InterruptedException {
        over = true;
        for (Thread thread : threads) {
            thread.join();
        }
    }
}
