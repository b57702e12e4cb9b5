package dev.vloop.bench.peers;

import java.util.concurrent.locks.LockSupport;

/** A named virtual thread per loop, which sleeps or parks until its next slot. Our design cannot cost less. */
final class HandWritten implements Contender {
    private final Thread[] threads;
    private final boolean parks;

    HandWritten(int loops, boolean parks) {
        this.threads = new Thread[loops];
        this.parks = parks;
    }

    @Override
    public void start(int index, long delay, long period, Runnable body) {
        Runnable loop = parks ? () -> park(delay, period, body) : () -> sleep(delay, period, body);
        threads[index] = Thread.ofVirtual().name("loop-" + index).start(loop);
    }

    private static void sleep(long delay, long period, Runnable body) {
        long next = System.nanoTime() + delay;
        try {
            while (true) {
                for (long left = next - System.nanoTime(); left > 0; left = next - System.nanoTime()) {
                    Thread.sleep(left / 1_000_000, (int) (left % 1_000_000));
                }
                body.run();
                next += period;
            }
        } catch (InterruptedException e) {
            // cancelled
        }
    }

    private static void park(long delay, long period, Runnable body) {
        long next = System.nanoTime() + delay;
        while (true) {
            for (long left = next - System.nanoTime(); left > 0; left = next - System.nanoTime()) {
                if (Thread.interrupted()) {
                    return;
                }
                LockSupport.parkNanos(left);
            }
            body.run();
            next += period;
        }
    }

    @Override
    public void cancelAll() throws InterruptedException {
        for (Thread thread : threads) {
            thread.interrupt();
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }
}
