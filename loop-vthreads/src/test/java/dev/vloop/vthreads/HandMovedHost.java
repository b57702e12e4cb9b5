package dev.vloop.vthreads;

import dev.vloop.spi.Host;
import java.time.Duration;
import java.time.Instant;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** Time and alarms, moved by hand, on the test's thread. */
final class HandMovedHost implements Host {
    final PriorityQueue<Entry> alarms = new PriorityQueue<>();
    Instant wall = Instant.parse("2026-03-10T08:30:00Z");
    private long nanos;

    void run(Duration length) {
        long end = nanos + length.toNanos();
        for (Entry next = alarms.peek(); next != null && next.deadline <= end; next = alarms.peek()) {
            alarms.remove(next);
            move(next.deadline);
            next.action.run();
        }
        move(end);
    }

    private void move(long to) {
        wall = wall.plusNanos(to - nanos);
        nanos = to;
    }

    final class Entry implements Alarm, Comparable<Entry> {
        private final long deadline;
        private final Runnable action;

        Entry(long deadline, Runnable action) {
            this.deadline = deadline;
            this.action = action;
        }

        @Override
        public void cancel() {
            alarms.remove(this);
        }

        @Override
        public int compareTo(Entry other) {
            return Long.compare(deadline, other.deadline);
        }
    }

    @Override
    public Alarm alarm(long deadline, Runnable action) {
        Entry entry = new Entry(deadline, action);
        alarms.add(entry);
        return entry;
    }

    @Override
    public long nanoTime() {
        return nanos;
    }

    @Override
    public Instant instant() {
        return wall;
    }

    @Override
    public RandomGenerator random() {
        return new Random(0);
    }

    @Override
    public Thread newThread(String name, Runnable body) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void interrupt(Thread thread) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void sleepUntil(long deadline) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void park(long deadline) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void unpark(Thread thread) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Alarm onClockJump(Consumer<Duration> listener) {
        throw new UnsupportedOperationException();
    }
}
