package dev.vloop.vthreads;

import dev.vloop.spi.Host;
import java.util.TreeSet;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Short actions at their deadlines, on one thread, which is there only while there are any. */
final class Alarms {
    /** How long the thread stays without an alarm. */
    private static final long IDLE = 10_000_000_000L;

    private final Host host;
    private final ReentrantLock lock = new ReentrantLock();

    /** Signalled when the earliest deadline becomes earlier, or there is one again. */
    private final Condition earlier = lock.newCondition();

    /** Signalled when an action is over. */
    private final Condition acted = lock.newCondition();

    // all of it guarded by the lock
    private final TreeSet<Entry> pending = new TreeSet<>();
    private @Nullable Entry acting;
    private @Nullable Thread thread;
    private long count;

    Alarms(Host host) {
        this.host = host;
    }

    private final class Entry implements Host.Alarm, Comparable<Entry> {
        final long deadline;
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

    /** The lock is held. A platform thread: bodies that hog all carriers must not keep a timeout from them. */
    private void startThread() {
        Thread started = Thread.ofPlatform().daemon().name("vloop-alarms").unstarted(this::work);
        started.start(); // which may fail; it waits for the lock
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
            // nobody has a reason to; another thread goes on
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
