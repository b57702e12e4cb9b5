package dev.vloop.vthreads.timer;

import dev.vloop.spi.Host;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A heap of nodes with four children each, by key. The timer's thread only. */
final class TimerHeap {
    private static final int SMALLEST = 64;

    private @Nullable TimerNode[] nodes = new @Nullable TimerNode[SMALLEST];

    /** The key of the node at the same position. The keys are in an array of their own, so that comparing them touches no node. */
    private long[] keys = new long[SMALLEST];

    private int size;

    int size() {
        return size;
    }

    int capacity() {
        return keys.length;
    }

    /** Makes room for one more node. May throw an OutOfMemoryError, and has changed nothing then. */
    void reserve() {
        if (size == keys.length) {
            resize(2 * size);
        }
    }

    private void resize(int length) {
        @Nullable TimerNode[] moreNodes = Arrays.copyOf(nodes, length);
        long[] moreKeys = Arrays.copyOf(keys, length);
        nodes = moreNodes;
        keys = moreKeys;
    }

    /** {@return the earliest key, NEVER if there is none} */
    long firstKey() {
        return size == 0 ? Host.NEVER : keys[0];
    }

    /** {@return the key of a node that is in the heap} */
    long keyOf(TimerNode node) {
        return keys[node.at];
    }

    /** There is room for it. */
    void insert(TimerNode node, long key) {
        siftUp(size++, node, key);
    }

    /** Gives a node in the heap an earlier key. */
    void moveUp(TimerNode node, long key) {
        siftUp(node.at, node, key);
    }

    /** Takes out the node with the earliest key, which there is. */
    TimerNode removeFirst() {
        TimerNode first = node(0);
        first.at = -1;
        int last = --size;
        TimerNode moved = node(last);
        nodes[last] = null;
        if (last > 0) {
            siftDown(0, moved, keys[last]);
        }
        return first;
    }

    /** {@return whether a node is set} It looks at few of them if most are. */
    boolean anySet() {
        for (int i = 0; i < size; i++) {
            if (node(i).deadline != Host.NEVER) {
                return true;
            }
        }
        return false;
    }

    /** Throws out every node that is not set. */
    void sweep() {
        int kept = 0;
        for (int i = 0; i < size; i++) {
            TimerNode node = node(i);
            long key = keys[i];
            if (isDropped(node, key)) {
                node.at = -1;
            } else {
                nodes[kept] = node;
                keys[kept] = key;
                node.at = kept++;
            }
        }
        Arrays.fill(nodes, kept, size, null);
        size = kept;
        if (keys.length > SMALLEST && size < keys.length / 8) {
            shrink();
        }
        for (int i = (size + 2) / 4 - 1; i >= 0; i--) {
            siftDown(i, node(i), keys[i]);
        }
    }

    private void shrink() {
        try {
            resize(Math.max(SMALLEST, 2 * size));
        } catch (OutOfMemoryError e) {
            // then it stays as it is
        }
    }

    private static boolean isDropped(TimerNode node, long key) {
        if (node.deadline != Host.NEVER) {
            return false;
        }
        if (!node.casKey(key, TimerNode.ABSENT)) {
            return true; // the owner has queued it: it comes again from the stack
        }
        if (node.deadline == Host.NEVER) {
            return true;
        }
        // The owner has set it after we looked and before it saw ABSENT: it may rely on the key that it saw.
        return !node.casKey(TimerNode.ABSENT, key);
    }

    private void siftUp(int from, TimerNode node, long key) {
        int i = from;
        while (i > 0) {
            int parent = (i - 1) >> 2;
            if (keys[parent] <= key) {
                break;
            }
            put(i, node(parent), keys[parent]);
            i = parent;
        }
        put(i, node, key);
    }

    private void siftDown(int from, TimerNode node, long key) {
        int i = from;
        for (int child = 4 * i + 1; child < size; child = 4 * i + 1) {
            int least = child;
            int end = Math.min(child + 4, size);
            for (int k = child + 1; k < end; k++) {
                if (keys[k] < keys[least]) {
                    least = k;
                }
            }
            if (keys[least] >= key) {
                break;
            }
            put(i, node(least), keys[least]);
            i = least;
        }
        put(i, node, key);
    }

    private void put(int i, TimerNode node, long key) {
        nodes[i] = node;
        keys[i] = key;
        node.at = i;
    }

    private TimerNode node(int i) {
        TimerNode node = nodes[i];
        if (node == null) {
            throw new AssertionError("no node at " + i + " of " + size);
        }
        return node;
    }
}
