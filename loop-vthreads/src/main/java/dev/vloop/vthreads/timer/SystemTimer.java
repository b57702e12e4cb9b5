package dev.vloop.vthreads.timer;

import dev.vloop.spi.Host;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Ends waits and runs short actions at their deadlines, exactly: never early, and late only by what it takes to schedule a thread. It
 * has one thread, which is there only while something waits. All methods may be called by any thread, and none blocks.
 */
public final class SystemTimer implements Runnable {
    /*
     * The thread is a platform thread, because bodies that compute may hold all carriers, and timeouts must still come. If there is no
     * platform thread, a virtual thread does its work and tries again and again to hand it over. If there is no virtual thread either,
     * waits use the JDK's own timed park, and alarms stay in the stack until the next wait or alarm of anybody finds a thread.
     */
    private static final AtomicReferenceFieldUpdater<SystemTimer, @Nullable Thread> THREAD =
            AtomicReferenceFieldUpdater.newUpdater(SystemTimer.class, Thread.class, "thread");

    /** How long the thread stays when nothing waits any more; and how soon it looks when something was given up. */
    private static final long LINGER = 500_000_000L;

    /** How soon it tries again to get a thread. */
    private static final long TRY_AGAIN = 1_000_000_000L;

    /** How long it waits after something that must not happen, such as want of memory. */
    private static final long RECOVER = 5_000_000L;

    /** No time at all; others are not negative. */
    private static final long NONE = -1;

    /** Makes times begin near zero, whatever {@link System#nanoTime} begins with. */
    private static final long ORIGIN = System.nanoTime();

    private final TimerQueue queue;
    private final TimerThreads threads;

    /**
     * The timer's thread; null if there is none. Whoever changes it from null starts a thread, and stands for it until then. When the
     * thread ends, it sets this to null and then looks at the stack once more; whoever pushes looks at this afterwards.
     */
    private volatile @Nullable Thread thread;

    /** Nobody tries to get a thread before this time, because none could be had. Written by whoever has tried. */
    private volatile long tryAt;

    /** @param failures is told of what must not happen, such as an action that throws; called on the timer's thread, it must not block */
    public SystemTimer(Consumer<Throwable> failures) {
        this(failures, new TimerThreads());
    }

    SystemTimer(Consumer<Throwable> failures, TimerThreads threads) {
        this.queue = new TimerQueue(failures);
        this.threads = threads;
    }

    /** {@return the monotonic time, which deadlines are times of; not negative} */
    public long nanoTime() {
        return System.nanoTime() - ORIGIN;
    }

    /** {@return an object that the current thread can wait with} */
    public TimedPark newPark() {
        return new TimedPark(this);
    }

    /**
     * {@return an alarm that is not set}
     *
     * @param action what it does: short, does not block, is no user's code
     */
    public TimedAction newAction(Runnable action) {
        return new TimedAction(this, action);
    }

    // ---- for nodes

    /** The owner's thread. {@return whether there is a thread that will ring it} */
    boolean set(TimerNode node, long deadline) {
        if (queue.set(node, deadline)) {
            wake();
        }
        return thread != null || start();
    }

    /** The owner's thread. */
    void unset(TimerNode node) {
        if (queue.unset(node)) {
            wake();
        }
    }

    /** The owner's thread, which has unset it. */
    void release(TimerNode node) {
        queue.release(node);
    }

    /** {@return whether the node's action runs on another thread than the current one} */
    boolean isActing(TimerNode node) {
        return queue.isActing(node) && thread != Thread.currentThread();
    }

    private void wake() {
        LockSupport.unpark(thread); // which may be null: then there is nobody to wake
    }

    // ---- its thread

    /** Any thread, after it has pushed. {@return false if there is no thread} */
    private boolean start() {
        if (tryAt > 0 && nanoTime() < tryAt) {
            return false;
        }
        if (!THREAD.compareAndSet(this, null, Thread.currentThread())) {
            return true;
        }
        if (startThread(false) || startThread(true)) {
            tryAt = 0;
            return true;
        }
        tryAt = nanoTime() + TRY_AGAIN;
        thread = null;
        queue.wakeAllEarly(); // some may have waited for the thread that did not come
        return false;
    }

    /** Whose turn it is. {@return whether it is that of a new thread now} */
    private boolean startThread(boolean virtual) {
        try {
            Thread made = virtual ? threads.virtual(this) : threads.platform(this);
            thread = made; // before it runs: it may soon be over
            made.start();
            return true;
        } catch (Throwable e) { // an OutOfMemoryError if there is no thread; whoever waits must not fail for it
            JdkPark.doubt();
            thread = Thread.currentThread();
            return false;
        }
    }

    /** Its thread. Nothing that it meets ends it. */
    @Override
    public void run() {
        boolean told = false;
        while (true) {
            try {
                if (serve()) {
                    return;
                }
            } catch (Throwable e) {
                if (!told) {
                    queue.tell(e);
                }
                told = true;
                JdkPark.parkNanos(RECOVER);
            }
        }
    }

    /** {@return true when nothing waits any more, or another thread has taken over} */
    private boolean serve() {
        boolean standsIn = Thread.currentThread().isVirtual();
        long handOverAt = standsIn ? 0 : Host.NEVER;
        long tryParkAt =
                standsIn ? Host.NEVER : nanoTime() + TRY_AGAIN; // it was tried when the first runtime was created
        long lookAt = 0;
        long idleSince = NONE;
        queue.endSleep(false);
        while (true) {
            long now = nanoTime();
            if (now >= handOverAt) {
                if (startThread(false)) {
                    return true;
                }
                handOverAt = now + TRY_AGAIN;
            }
            if (now >= tryParkAt) {
                tryParkAt = threads.tryPark() ? Host.NEVER : now + TRY_AGAIN;
            }
            long next = queue.round(now);
            boolean dozes = false;
            long sleepTo = next;
            if (next - now > LINGER) {
                if (now < lookAt) {
                    sleepTo = lookAt;
                } else if (queue.doze()) {
                    dozes = true;
                    idleSince = NONE;
                } else if (idleSince != NONE && now - idleSince >= LINGER) {
                    return end();
                } else {
                    idleSince = idleSince == NONE ? now : idleSince;
                    sleepTo = Math.min(next, idleSince + LINGER);
                }
            }
            sleep(Math.min(sleepTo, Math.min(handOverAt, tryParkAt)));
            if (queue.endSleep(dozes)) {
                lookAt = nanoTime() + LINGER; // not at once: that would be a look for each node that is given up
            }
        }
    }

    private void sleep(long deadline) {
        if (queue.beginSleep(deadline)) {
            long left = deadline - nanoTime();
            if (left > 0) {
                JdkPark.parkNanos(left);
                Thread.interrupted(); // nobody has a reason to; a set flag would keep it from sleeping
            }
        }
    }

    /** {@return whether the thread may end} */
    private boolean end() {
        queue.sweep();
        if (queue.size() > 0 || queue.hasPushed()) {
            return false;
        }
        thread = null;
        return !queue.hasPushed() || !THREAD.compareAndSet(this, null, Thread.currentThread());
    }
}
