package dev.vloop.dashboard;

import dev.vloop.IterationOutcome;
import dev.vloop.Loop;
import dev.vloop.LoopFailure;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/** What is remembered of one loop. All threads may use it; iterations that overlap end at the same time. */
final class LoopRecord {
    /** How many iterations are remembered. */
    static final int ITERATIONS = 60;

    /** How many different failures are remembered. */
    static final int FAILURES = 5;

    /** Outcomes by their number in an entry. */
    private static final IterationOutcome[] OUTCOMES = IterationOutcome.values();

    final Loop loop;

    /** Whether the runtime has forgotten the loop. Then this record is dropped when the run ends. Guarded by the history's map. */
    boolean removed;

    /** Whether the run has told of its end. Guarded by the history's map. */
    boolean over;

    private final ReentrantLock lock = new ReentrantLock();

    /** A ring of the last iterations, the microseconds of each above two bits for its outcome. It grows as it fills. Guarded by the lock. */
    private long[] ring = new long[4];

    /** How many iterations have ended in all. Guarded by the lock. */
    private long ended;

    /** The last failures, the newest first. Guarded by the lock. */
    private final Deque<FailureRecord> failures = new ArrayDeque<>(1);

    LoopRecord(Loop loop) {
        this.loop = loop;
    }

    void ended(IterationOutcome outcome, Duration took) {
        long micros = took.toNanos() / 1_000; // a number of nanoseconds leaves room for the outcome
        lock.lock();
        try {
            if (ended == ring.length && ring.length < ITERATIONS) {
                ring = Arrays.copyOf(
                        ring, Math.min(ITERATIONS, ring.length * 4)); // full for the first time: still in order
            }
            ring[(int) (ended++ % ring.length)] = micros << 2 | outcome.ordinal();
        } finally {
            lock.unlock();
        }
    }

    /** A failure like the one before it is counted, and not kept twice. */
    void failed(LoopFailure failure, KeptStacks stacks) {
        FailureRecord kept = FailureRecord.of(failure);
        lock.lock();
        try {
            FailureRecord last = failures.peekFirst();
            if (last != null && last.isLike(kept)) {
                last.again(kept);
                return;
            }
            failures.addFirst(kept);
            if (failures.size() > FAILURES) {
                failures.removeLast();
            }
        } finally {
            lock.unlock();
        }
        stacks.keep(kept, failure.cause());
    }

    /** {@return the last iterations, the oldest first, each as {@link #micros} and {@link #outcome} read it} */
    long[] iterations() {
        lock.lock();
        try {
            int size = (int) Math.min(ended, ring.length);
            long[] last = new long[size];
            for (int i = 0; i < size; i++) {
                last[i] = ring[(int) ((ended - size + i) % ring.length)];
            }
            return last;
        } finally {
            lock.unlock();
        }
    }

    /** {@return copies of the last failures, the newest first} */
    List<FailureRecord> failures() {
        lock.lock();
        try {
            return failures.stream().map(FailureRecord::copy).toList();
        } finally {
            lock.unlock();
        }
    }

    static long micros(long iteration) {
        return iteration >> 2;
    }

    static IterationOutcome outcome(long iteration) {
        return OUTCOMES[(int) (iteration & 3)];
    }
}
