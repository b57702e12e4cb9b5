package dev.vloop.vthreads.timer;

import dev.vloop.spi.Host;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A timer without its thread: what owners do to set and unset nodes, and what the timer's thread does with them. It has no lock. */
final class TimerQueue {
    private static final AtomicReferenceFieldUpdater<TimerQueue, @Nullable TimerNode> TOP =
            AtomicReferenceFieldUpdater.newUpdater(TimerQueue.class, TimerNode.class, "top");

    private static final AtomicLongFieldUpdater<TimerQueue> UNTIL =
            AtomicLongFieldUpdater.newUpdater(TimerQueue.class, "until");

    private static final AtomicIntegerFieldUpdater<TimerQueue> DOZING =
            AtomicIntegerFieldUpdater.newUpdater(TimerQueue.class, "dozing");

    private static final AtomicIntegerFieldUpdater<TimerQueue> RELEASED =
            AtomicIntegerFieldUpdater.newUpdater(TimerQueue.class, "released");

    private static final long AWAKE = Long.MIN_VALUE;

    /** Hears what an action threw, on the timer's thread. */
    private final Consumer<Throwable> failures;

    /** A stack of nodes that the timer has not seen: pushed by any thread, taken as a whole by the timer's. */
    private volatile @Nullable TimerNode top;

    /**
     * What the timer sleeps until, AWAKE if it does not. The timer's thread writes it before it looks at the stack once more and then
     * sleeps. Whoever pushes a node with an earlier deadline makes it AWAKE, and wakes the timer: so only one of many does.
     */
    private volatile long until = AWAKE;

    /** 1 while the timer sleeps for long: then it wants to know if something was given up, as it may be all that it waits for. */
    private volatile int dozing;

    /** How many nodes were given back since the last sweep while the timer had them. Added to by any thread. */
    private volatile int released;

    /** The node whose action runs. Written by the timer's thread before it takes the deadline. */
    private volatile @Nullable TimerNode acting;

    /** A list of nodes that are QUEUED, neither in the stack nor in the heap yet. The timer's thread only. */
    private @Nullable TimerNode taken;

    /** The timer's thread only. */
    private final TimerHeap heap = new TimerHeap();

    TimerQueue(Consumer<Throwable> failures) {
        this.failures = failures;
    }

    // ---- the owner of a node

    /**
     * The owner's thread. The node is to ring at this deadline, instead of at the one that it was set to before, if any.
     *
     * @param deadline not negative, and not NEVER
     * @return whether the timer sleeps longer than that, and has to be woken
     */
    boolean set(TimerNode node, long deadline) {
        node.deadline = deadline;
        for (; ; ) {
            long key = node.key();
            if (key == TimerNode.QUEUED) {
                break;
            }
            if (key <= deadline) {
                return false; // the timer looks early enough
            }
            if (node.casKey(key, TimerNode.QUEUED)) {
                push(node);
                break;
            }
        }
        return takeWakeUp(deadline);
    }

    private void push(TimerNode node) {
        for (; ; ) {
            TimerNode below = top;
            node.next = below;
            if (TOP.compareAndSet(this, below, node)) {
                return;
            }
        }
    }

    private boolean takeWakeUp(long deadline) {
        for (; ; ) {
            long sleepsUntil = until;
            if (deadline >= sleepsUntil) {
                return false;
            }
            if (UNTIL.compareAndSet(this, sleepsUntil, AWAKE)) {
                return true;
            }
        }
    }

    /**
     * The owner's thread. The node is not to ring; it may be doing so just now.
     *
     * @return whether the timer has to be woken, as it may be waiting for nothing else
     */
    boolean unset(TimerNode node) {
        if (node.deadline != Host.NEVER) {
            node.deadline = Host.NEVER;
        }
        return dozing != 0 && node.key() != TimerNode.ABSENT && DOZING.compareAndSet(this, 1, 0);
    }

    /** The owner's thread, which has unset the node and will not use it again. */
    void release(TimerNode node) {
        if (node.key() != TimerNode.ABSENT) {
            RELEASED.incrementAndGet(this);
        }
    }

    boolean isActing(TimerNode node) {
        return acting == node;
    }

    // ---- the timer's thread

    /**
     * Takes in the nodes that were pushed, and rings those that are due. {@return when there is something to do next, NEVER if there is not}
     */
    long round(long now) {
        takeIn();
        while (heap.firstKey() <= now) {
            long key = heap.firstKey();
            TimerNode node = heap.removeFirst();
            if (node.casKey(key, TimerNode.QUEUED)) {
                try {
                    ring(node, now);
                } finally {
                    settleAfter(node, now);
                }
            } // else the owner has pushed it again: it comes from the stack
        }
        if (released > heap.size() / 2) {
            sweep();
        }
        return taken == null ? heap.firstKey() : now;
    }

    /** A node that was set again at once, to a time that has passed, waits for the next round: others have their turn. */
    private void settleAfter(TimerNode node, long now) {
        if (node.deadline > now) {
            settle(node);
        } else {
            node.next = taken;
            taken = node;
        }
    }

    private void takeIn() {
        for (; ; ) {
            TimerNode node = taken;
            if (node == null) {
                if (top == null) {
                    return;
                }
                taken = TOP.getAndSet(this, null);
                continue;
            }
            heap.reserve(); // which may fail; the node is still taken then
            taken = node.next;
            node.next = null;
            settle(node);
        }
    }

    private void ring(TimerNode node, long now) {
        for (; ; ) {
            long deadline = node.deadline;
            if (deadline > now || node.ring(this, deadline)) {
                return;
            }
        }
    }

    /** Puts a node that is QUEUED, and not in the stack, where its deadline says. There is room for it. */
    private void settle(TimerNode node) {
        for (; ; ) {
            long deadline = node.deadline;
            long key;
            if (node.at < 0) {
                if (deadline != Host.NEVER) {
                    heap.insert(node, deadline);
                }
                key = deadline; // NEVER is ABSENT
            } else {
                key = Math.min(deadline, heap.keyOf(node));
                if (key == deadline) {
                    heap.moveUp(node, key);
                }
            }
            node.setKey(key);
            if (node.deadline >= key || !node.casKey(key, TimerNode.QUEUED)) {
                return; // no owner relies on us to look earlier, or it has pushed the node itself
            }
        }
    }

    /** Runs the action of a node if its deadline is still this one. {@return whether it was} */
    boolean act(TimerNode node, long due, Runnable action) {
        // Before the deadline is taken, so that whoever is too late to take it back sees that the action runs.
        acting = node;
        try {
            if (!node.take(due)) {
                return false;
            }
            action.run();
        } catch (Throwable e) {
            tell(e);
        } finally {
            acting = null;
        }
        return true;
    }

    /** The timer's thread. Tells of what it has met, if that is possible. */
    void tell(Throwable failure) {
        try {
            failures.accept(failure);
        } catch (Throwable e) {
            // the timer goes on, whatever happens
        }
    }

    /** Throws out what is not set. */
    void sweep() {
        RELEASED.set(this, 0);
        heap.sweep();
    }

    int size() {
        return heap.size();
    }

    boolean hasPushed() {
        return top != null;
    }

    /** From now on whoever gives something up wakes the timer. {@return false if nothing is set: then there is no reason to doze} */
    boolean doze() {
        dozing = 1; // before it looks: what is given up later is told
        if (heap.anySet()) {
            return true;
        }
        dozing = 0;
        return false;
    }

    /** {@return false if there is something to do before it may sleep until then} */
    boolean beginSleep(long deadline) {
        until = deadline; // before it looks: what is pushed later wakes the timer
        return top == null;
    }

    /** {@return whether it dozed, and something was given up meanwhile} */
    boolean endSleep(boolean dozed) {
        until = AWAKE;
        return dozed && !DOZING.compareAndSet(this, 1, 0);
    }

    /** Any thread, while there is no timer's. Those who wait look after themselves; alarms stay, until there is a thread again. */
    void wakeAllEarly() {
        for (TimerNode node = top; node != null; node = node.next) {
            node.wakeEarly();
        }
    }
}
