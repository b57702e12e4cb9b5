package dev.vloop.dashboard;

import dev.vloop.Loop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The status of all loops. It is made when somebody looks, and shared by all who look within the next half second, because with ten
 * thousand loops it takes some milliseconds. All threads may use it.
 */
final class Snapshots {
    private final Settings settings;

    /** For how long one may be old, in nanoseconds. */
    private final long age;

    private final ReentrantLock lock = new ReentrantLock();

    /** Null if there is none. Guarded by the lock. */
    private @Nullable List<Row> last;

    /** When {@link #last} was made: a time of {@link System#nanoTime}. Guarded by the lock. */
    private long made;

    Snapshots(Settings settings) {
        this.settings = settings;
        this.age = settings.period.dividedBy(2).toNanos();
    }

    /** {@return all loops that the runtime knows, oldest first; the answer is at most half a second old} */
    List<Row> rows() {
        lock.lock();
        try {
            List<Row> rows = last;
            if (rows == null || System.nanoTime() - made >= age) {
                List<Loop> loops = settings.loops.loops();
                rows = new ArrayList<>(loops.size());
                for (Loop loop : loops) {
                    rows.add(Row.of(loop));
                }
                last = rows;
                made = System.nanoTime();
            }
            return rows;
        } finally {
            lock.unlock();
        }
    }

    /** Drops the snapshot after somebody has changed a loop, so that the next look shows the change. */
    void forget() {
        lock.lock();
        try {
            last = null;
        } finally {
            lock.unlock();
        }
    }
}
