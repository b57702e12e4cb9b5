package dev.vloop.dashboard;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Limits how many stack traces are kept for all loops together. Beyond the limit, the oldest is dropped. All threads may use it. */
final class KeptStacks {
    /** How many there are at most; each has some kilobytes. */
    static final int MOST = 1_000;

    private final ReentrantLock lock = new ReentrantLock();

    /** Those that have a stack trace, the oldest first. Guarded by the lock. */
    private final Deque<FailureRecord> kept = new ArrayDeque<>();

    /** Writes a stack trace, on the thread that has met the failure. */
    void keep(FailureRecord failure, Throwable cause) {
        failure.stack = StackText.of(cause);
        FailureRecord oldest;
        lock.lock();
        try {
            kept.addLast(failure);
            oldest = kept.size() > MOST ? kept.removeFirst() : null;
        } finally {
            lock.unlock();
        }
        forget(oldest);
    }

    private static void forget(@Nullable FailureRecord oldest) {
        if (oldest != null) {
            oldest.stack = null;
        }
    }
}
