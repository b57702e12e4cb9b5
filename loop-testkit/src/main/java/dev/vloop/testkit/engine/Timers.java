package dev.vloop.testkit.engine;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Timers by deadline, and those of one deadline by creation, or in an order that a seeded {@link Chance} chooses. They are kept in a binary
 * heap whose entries know their place, so that a timer that is cancelled is gone at once. Without a seed, timers of one deadline that are
 * created in a row, as loops of one period do, share one place in the heap and form a line behind its first. Not safe for threads.
 */
final class Timers {
    private final Chance chance;
    private VirtualTimer[] heap = new VirtualTimer[16];

    /** How many places of the heap are in use. */
    private int size;

    /** How many timers have been added. */
    private long created;

    /** The last timer of the line that a new one may join: the newest, or the one before it if that was removed. Null if there is none. */
    private @Nullable VirtualTimer newest;

    Timers(Chance chance) {
        this.chance = chance;
    }

    /** {@return the timer that is due first, null if there is none} */
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

    @SuppressWarnings("NullAway") // places from size on are null, and never read
    private VirtualTimer takeLast() {
        VirtualTimer last = heap[--size];
        heap[size] = null;
        return last;
    }

    private void fill(int hole, VirtualTimer timer) {
        if (hole == size) {
            return; // the timer that was removed was the last one itself
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
