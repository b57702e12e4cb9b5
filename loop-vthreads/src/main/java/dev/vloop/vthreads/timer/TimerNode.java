package dev.vloop.vthreads.timer;

import dev.vloop.spi.Host;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import org.jspecify.annotations.Nullable;

/** One wait or alarm: what a timer's heap consists of. It belongs to whoever waits, who uses it again and again. */
abstract class TimerNode {
    /*
     * Two times, because they are changed by different threads:
     *
     *   deadline   when the owner wants it to ring; NEVER if it does not. Written by the owner. The timer takes it, once, by a
     *              compare-and-set to NEVER: so it rings once for each time that it was set, and not at all once it was unset.
     *   key        when the timer will look at it next, or ABSENT, or QUEUED.
     *
     * A key that is earlier than the deadline does no harm: the timer looks, finds that there is nothing to do yet, and moves the
     * node to its deadline. So the owner tells the timer only if the key is later than the deadline:
     *
     *   owner:  deadline = d;  if (key > d && CAS key -> QUEUED) push
     *   timer:  key = k;       if (deadline < k) look again
     *
     * Each of the two writes first and reads then, and all four are volatile: one of them sees what the other wrote. QUEUED says
     * that the timer will read the deadline anyway, either because the node is in the stack, or because the timer has taken it out
     * and has not put it back. Nobody but the timer changes QUEUED, so a node is never pushed twice.
     */

    /** The timer does not have it. */
    static final long ABSENT = Long.MAX_VALUE;

    /** The timer is about to read the deadline. */
    static final long QUEUED = Long.MIN_VALUE;

    /** Not a VarHandle: that costs milliseconds at its first use. */
    private static final AtomicLongFieldUpdater<TimerNode> DEADLINE =
            AtomicLongFieldUpdater.newUpdater(TimerNode.class, "deadline");

    private static final AtomicLongFieldUpdater<TimerNode> KEY =
            AtomicLongFieldUpdater.newUpdater(TimerNode.class, "key");

    /** When it is to ring, not negative, or NEVER. Written by the owner's thread, and by the timer's when it takes it. */
    volatile long deadline = Host.NEVER;

    /** Where the timer has it: see above. */
    private volatile long key = ABSENT;

    /** The position in the heap, or -1. The timer's thread only. */
    int at = -1;

    /** The one below in the stack. Written by the thread that pushes it, then by the timer's. */
    @Nullable
    TimerNode next;

    final long key() {
        return key;
    }

    /** The owner's thread: from key to QUEUED. The timer's: from or to what it has found or left there. */
    final boolean casKey(long expected, long changed) {
        return KEY.compareAndSet(this, expected, changed);
    }

    /** The timer's thread, which has the node as QUEUED. */
    final void setKey(long changed) {
        key = changed;
    }

    /** The timer's thread. Takes the deadline; false if the owner has changed it. */
    final boolean take(long due) {
        return DEADLINE.compareAndSet(this, due, Host.NEVER);
    }

    /** The timer's thread, which has taken the deadline in vain. Leaves it alone if the owner has set another. */
    final void putBack(long later) {
        DEADLINE.compareAndSet(this, Host.NEVER, later);
    }

    /**
     * The timer's thread, at the deadline. Takes it and does what is to be done then; throws nothing.
     *
     * @return false if the owner has changed the deadline, and nothing was done
     */
    abstract boolean ring(TimerQueue queue, long due);

    /** Any thread, while there is no timer that would ring it. Makes an owner that waits look after itself. */
    abstract void wakeEarly();
}
