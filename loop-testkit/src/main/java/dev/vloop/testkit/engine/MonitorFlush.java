package dev.vloop.testkit.engine;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Waits until monitors that were left have been handed over. From JDK 24 on a contended monitor goes to the next virtual thread by way of
 * a platform thread of the JVM, which takes threads from a list, batch by batch. The flush sends a thread of its own through that list
 * twice. When it is back, all threads that were on the list before have been submitted: the first passage ends the batch that may be in
 * work, the second one is in a later batch.
 *
 * <p>The first owner of the monitor that is used for this must be a virtual thread too. To the JVM a monitor that the carrier owns belongs
 * to whichever thread it carries.
 */
final class MonitorFlush {
    /** False before JDK 24: there a thread that blocks on a monitor keeps its carrier, and no monitor is handed over in this way. */
    static final boolean NEEDED = Runtime.version().feature() >= 24;

    private final VirtualThreads virtualThreads;
    private final Runnable wakeCarrier;

    MonitorFlush(VirtualThreads virtualThreads, Runnable wakeCarrier) {
        this.virtualThreads = virtualThreads;
        this.wakeCarrier = wakeCarrier;
    }

    /** Returns when all monitors that were left have been handed over. On the carrier. */
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

    @SuppressWarnings("ThreadPriorityCheck") // it relies on no other scheduler than this class
    private static void yieldInside(Object monitor) {
        synchronized (monitor) {
            Thread.yield();
        }
    }

    @SuppressWarnings("EmptySynchronizedBlock") // it only has to pass through
    private static void enter(Object monitor) {
        synchronized (monitor) {
        }
    }

    /** A virtual thread that only the flush carries. */
    private final class Sentinel {
        private final Thread thread;

        /** What continues the thread; null if it is blocked, or is running. Any thread writes it. */
        private volatile @Nullable Runnable submitted;

        Sentinel(Runnable body) {
            thread = virtualThreads
                    .builder(this::submit)
                    .name("monitor-sentinel")
                    .unstarted(body);
            thread.start();
        }

        /** The JDK wants the thread to go on. Any thread may call it. */
        private void submit(Runnable task) {
            submitted = task;
            wakeCarrier.run();
        }

        /** Runs the thread until it blocks. {@return whether it could go on} */
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
