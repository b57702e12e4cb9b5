package dev.vloop.testkit;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Timers in the order (deadline, creation); with a {@link Chance}, those of one deadline in an order of its choice. A
 * binary heap whose entries know their place, so that a cancelled one is gone at once. Not safe for threads.
 */
final class Timers {
    private final Chance chance;
    private VirtualTimer[] heap = new VirtualTimer[16];
    private int size;
    private long created;

    Timers(Chance chance) {
        this.chance = chance;
    }

    @Nullable
    VirtualTimer first() {
        return size == 0 ? null : heap[0];
    }

    void add(VirtualTimer timer) {
        timer.order = chance.order(created++);
        if (size == heap.length) {
            heap = Arrays.copyOf(heap, size * 2);
        }
        up(size++, timer);
    }

    /** Removes a timer; nothing happens if it is not there. */
    @SuppressWarnings("NullAway") // slots from size on are null, and never read
    void remove(VirtualTimer timer) {
        int hole = timer.index;
        if (hole < 0) {
            return;
        }
        timer.index = -1;
        VirtualTimer last = heap[--size];
        heap[size] = null;
        if (hole == size) {
            return;
        }
        if (hole > 0 && last.isBefore(heap[(hole - 1) / 2])) {
            up(hole, last);
        } else {
            down(hole, last);
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
