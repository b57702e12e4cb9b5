package dev.vloop.testkit.engine;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Timers in the order (deadline, creation); with a seeded {@link Chance}, those of one deadline in an order of its choice. A
 * binary heap whose entries know their place, so that a cancelled one is gone at once. Without a seed, timers of one
 * deadline that are created in a row, as loops of one period do, share a place and stand in line for it. Not safe for
 * threads.
 */
final class Timers {
    private final Chance chance;
    private VirtualTimer[] heap = new VirtualTimer[16];
    private int size;
    private long created;

    /** The newest, or the newest before it in its line; null if neither is there. */
    private @Nullable VirtualTimer newest;

    Timers(Chance chance) {
        this.chance = chance;
    }

    @Nullable
    VirtualTimer first() {
        return size == 0 ? null : heap[0];
    }

    void add(VirtualTimer timer) {
        timer.order = chance.order(created++);
        VirtualTimer before = newest;
        if (before != null && before.deadline == timer.deadline && !chance.isSeeded()) {
            before.later = timer;
            timer.earlier = before;
        } else {
            if (size == heap.length) {
                heap = Arrays.copyOf(heap, size * 2);
            }
            up(size++, timer);
        }
        newest = timer;
    }

    /** Removes a timer; nothing happens if it is not there. */
    void remove(VirtualTimer timer) {
        VirtualTimer earlier = timer.earlier;
        VirtualTimer later = timer.later;
        if (newest == timer) {
            newest = earlier;
        }
        timer.earlier = null;
        timer.later = null;
        if (later != null) {
            later.earlier = earlier;
        }
        if (earlier != null) {
            earlier.later = later;
        } else if (timer.index >= 0) {
            int hole = timer.index;
            timer.index = -1;
            fill(hole, later == null ? takeLast() : later);
        }
    }

    @SuppressWarnings("NullAway") // slots from size on are null, and never read
    private VirtualTimer takeLast() {
        VirtualTimer last = heap[--size];
        heap[size] = null;
        return last;
    }

    private void fill(int hole, VirtualTimer timer) {
        if (hole == size) {
            return; // it was the last itself
        }
        if (hole > 0 && timer.isBefore(heap[(hole - 1) / 2])) {
            up(hole, timer);
        } else {
            down(hole, timer);
        }
    }

    private void up(int from, VirtualTimer timer) {
        int hole = from;
        while (hole > 0) {
            int parent = (hole - 1) / 2;
            if (!timer.isBefore(heap[parent])) {
                break;
            }
            put(hole, heap[parent]);
            hole = parent;
        }
        put(hole, timer);
    }

    private void down(int from, VirtualTimer timer) {
        int hole = from;
        for (int child = 2 * hole + 1; child < size; child = 2 * hole + 1) {
            if (child + 1 < size && heap[child + 1].isBefore(heap[child])) {
                child++;
            }
            if (!heap[child].isBefore(timer)) {
                break;
            }
            put(hole, heap[child]);
            hole = child;
        }
        put(hole, timer);
    }

    private void put(int index, VirtualTimer timer) {
        heap[index] = timer;
        timer.index = index;
    }
}
