package dev.vloop.testkit.engine;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The items that are ready to run, in the order of arrival, or in an order that a seeded {@link Chance} chooses. Not safe for threads.
 *
 * @param <T> what is run
 */
final class RunQueue<T> {
    private final Chance chance;

    /** A ring buffer. Its length is a power of two. */
    private @Nullable Object[] ring = new @Nullable Object[16];

    /** The place of the item that came first. */
    private int head;

    private int size;

    RunQueue(Chance chance) {
        this.chance = chance;
    }

    boolean isEmpty() {
        return size == 0;
    }

    void add(T item) {
        if (size == ring.length) {
            grow();
        }
        ring[slot(size++)] = item;
    }

    /** {@return the item that came first; it stays} The queue must not be empty. */
    @SuppressWarnings("unchecked") // only add fills it
    T peek() {
        return (T) Objects.requireNonNull(ring[head]);
    }

    /** Takes the next item. The queue must not be empty. */
    @SuppressWarnings("unchecked") // only add fills it
    T take() {
        int chosen = slot(chance.pick(size));
        Object item = Objects.requireNonNull(ring[chosen]);
        ring[chosen] = ring[head];
        ring[head] = null;
        head = slot(1);
        size--;
        return (T) item;
    }

    /**
     * Removes an item itself, not one that equals it. The others keep their order. Nothing happens if it is not there.
     */
    @SuppressWarnings("ReferenceEquality")
    void remove(T item) {
        for (int i = 0; i < size; i++) {
            if (ring[slot(i)] == item) {
                for (int k = i; k > 0; k--) {
                    ring[slot(k)] = ring[slot(k - 1)];
                }
                ring[head] = null;
                head = slot(1);
                size--;
                return;
            }
        }
    }

    private int slot(int offset) {
        return (head + offset) & (ring.length - 1);
    }

    private void grow() {
        @Nullable Object[] bigger = new @Nullable Object[size * 2];
        for (int i = 0; i < size; i++) {
            bigger[i] = ring[slot(i)];
        }
        ring = bigger;
        head = 0;
    }
}
