package dev.vloop.testkit.engine;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Waits until monitors that were given up have been handed over. From JDK 24 on a contended monitor goes to the next
 * virtual thread by way of a platform thread of the JVM, which takes what it finds on a list, batch by batch. A thread
 * of our own that goes the same way twice proves that all who were on the list before it have been submitted: the
 * first passage ends a batch that may still be at work, the second comes in a later one.
 *
 * <p>The monitor's first owner must be a virtual thread too: to the JVM a monitor of the carrier's belongs to whomever
 * it carries.
 */
final class MonitorFlush {
    /** Before JDK 24 a thread that blocks on a monitor keeps its carrier, and nothing is handed over in this way. */
    static final boolean NEEDED = Runtime.version().feature() >= 24;

    private final VirtualThreads virtualThreads;
    private final Runnable wakeCarrier;

    MonitorFlush(VirtualThreads virtualThreads, Runnable wakeCarrier) {
        this.virtualThreads = virtualThreads;
        this.wakeCarrier = wakeCarrier;
    }

    /** On the carrier. */
    void flush() {
        pass();
        pass();
    }

    private void pass() {
        Object monitor = new Object();
        Sentinel owner = new Sentinel(() -> yieldInside(monitor));
        Sentinel next = new Sentinel(() -> enter(monitor));
        owner.runSubmitted(); // until it yields
        next.runSubmitted(); // until it blocks
        owner.runSubmitted(); // to its end
        while (next.isAlive()) {
            if (!next.runSubmitted()) {
                LockSupport.parkNanos(this, 1_000_000);
            }
        }
    }

    @SuppressWarnings("ThreadPriorityCheck") // the scheduler relied upon is this class
    private static void yieldInside(Object monitor) {
        synchronized (monitor) {
            Thread.yield();
        }
    }

    @SuppressWarnings("EmptySynchronizedBlock") // to have passed is all
    private static void enter(Object monitor) {
        synchronized (monitor) {
        }
    }

    /** A virtual thread that the flush carries by itself. */
    private final class Sentinel {
        private final Thread thread;
        private volatile @Nullable Runnable submitted;

        Sentinel(Runnable body) {
            thread = virtualThreads
                    .builder(this::submit)
                    .name("monitor-sentinel")
                    .unstarted(body);
            thread.start();
        }

        /** Any thread. */
        private void submit(Runnable task) {
            submitted = task;
            wakeCarrier.run();
        }

        boolean runSubmitted() {
            Runnable task = submitted;
            if (task == null) {
                return false;
            }
            submitted = null;
            task.run();
            return true;
        }

        boolean isAlive() {
            return thread.isAlive();
        }
    }
}
