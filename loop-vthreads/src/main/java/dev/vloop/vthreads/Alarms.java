package dev.vloop.vthreads;

import dev.vloop.spi.Host;
import java.util.TreeSet;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The alarms of the real machine: runs short actions at their deadlines, all on one thread. The thread exists while there are alarms, and a
 * little longer.
 */
final class Alarms {
    /** How long the thread stays without an alarm. */
    private static final long IDLE = 10_000_000_000L;

    private final Host host;
    private final ReentrantLock lock = new ReentrantLock();

    /** Signalled when an alarm was set that comes before all others. */
    private final Condition earlier = lock.newCondition();

    /** Signalled when an action has ended. */
    private final Condition acted = lock.newCondition();

    /** The alarms that are set, in the order in which they ring. Guarded by the lock. */
    private final TreeSet<Entry> pending = new TreeSet<>();

    /** The alarm whose action is running; null if none is. Guarded by the lock. */
    private @Nullable Entry acting;

    /** The thread, while there is one. Guarded by the lock. */
    private @Nullable Thread thread;

    /** How many alarms were set so far. Guarded by the lock. */
    private long count;

    Alarms(Host host) {
        this.host = host;
    }

    private final class Entry implements Host.Alarm, Comparable<Entry> {
        /** A monotonic time. */
        final long deadline;

        /** Orders alarms of the same deadline, by when they were set. */
        final long number;

        final Runnable action;

        Entry(long deadline, long number, Runnable action) {
            this.deadline = deadline;
            this.number = number;
            this.action = action;
        }

        @Override
        public int compareTo(Entry other) {
            int byDeadline = Long.compare(deadline, other.deadline);
            return byDeadline != 0 ? byDeadline : Long.compare(number, other.number);
        }

        @Override
        public void cancel() {
            lock.lock();
            try {
                if (pending.remove(this)) {
                    return;
                }
                while (acting == this && thread != Thread.currentThread()) {
                    acted.awaitUninterruptibly();
                }
            } finally {
                lock.unlock();
            }
        }
    }

    Host.Alarm set(long deadline, Runnable action) {
        lock.lock();
        try {
            Entry entry = new Entry(deadline, count++, action);
            if (thread == null) {
                startThread();
            }
            pending.add(entry);
            if (pending.first() == entry) {
                earlier.signal();
            }
            return entry;
        } finally {
            lock.unlock();
        }
    }

    /** The lock is held. Starts a platform thread: a timeout must reach bodies even if they keep all carriers busy. */
    private void startThread() {
        Thread started = Thread.ofPlatform().daemon().name("vloop-alarms").unstarted(this::work);
        started.start(); // may fail; the thread waits for the lock
        thread = started;
    }

    private void work() {
        long idleSince = host.nanoTime();
        lock.lock();
        try {
            while (true) {
                long now = host.nanoTime();
                Entry first = pending.isEmpty() ? null : pending.first();
                if (first != null && first.deadline <= now) {
                    pending.remove(first);
                    act(first);
                    idleSince = host.nanoTime();
                } else if (first == null && now - idleSince >= IDLE) {
                    return;
                } else {
                    earlier.awaitNanos(first != null ? first.deadline - now : idleSince + IDLE - now);
                }
            }
        } catch (InterruptedException e) {
            // nobody has a reason to interrupt it; another thread takes over
        } finally {
            thread = null;
            try {
                if (!pending.isEmpty()) {
                    startThread();
                }
            } finally {
                lock.unlock();
            }
        }
    }

    /** The lock is held, but not while the action runs. */
    private void act(Entry entry) {
        acting = entry;
        lock.unlock();
        try {
            entry.action.run();
        } catch (Throwable e) {
            Log.broken("an alarm failed", e);
        } finally {
            lock.lock();
            acting = null;
            acted.signalAll();
        }
    }
}
