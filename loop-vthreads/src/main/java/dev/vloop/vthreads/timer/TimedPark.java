package dev.vloop.vthreads.timer;

import dev.vloop.spi.Host;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The waits of one thread, one after the other. That thread alone calls its methods. */
public final class TimedPark extends TimerNode implements Host.Parker {
    /** A wake-up that failed, for want of memory say, is tried again after this. */
    private static final long TRY_AGAIN = 10_000_000L;

    private final SystemTimer timer;

    /** The thread that waits; null once it was released. Written by that thread, read by the timer's; an old value does no harm there. */
    private @Nullable Thread thread = Thread.currentThread();

    TimedPark(SystemTimer timer) {
        this.timer = timer;
    }

    /**
     * Waits as {@link LockSupport#park()}: returns when unparked, interrupted, at the deadline, or for no reason.
     *
     * @param until when to return at the latest, a time of the timer's; {@link Host#NEVER} for a wait that only others end
     */
    @Override
    public void park(long until) {
        // what this frame holds is kept by every waiting loop: no blocker, and nothing that is not needed
        if (until == Host.NEVER) {
            LockSupport.park();
            return;
        }
        if (until <= timer.nanoTime()) {
            return;
        }
        if (timer.set(this, until)) {
            LockSupport.park();
        } else {
            JdkPark.parkNanos(until - timer.nanoTime());
        }
        if (deadline != Host.NEVER) {
            timer.unset(this); // woken early: a wake-up that comes later would end another wait
        }
    }

    /** Called when the thread will not wait here again. After that it refers to nothing, even if the timer still has it. */
    @Override
    public void release() {
        timer.release(this);
        thread = null;
    }

    @Override
    boolean ring(TimerQueue queue, long due) {
        if (!take(due)) {
            return false;
        }
        try {
            LockSupport.unpark(thread);
        } catch (Throwable e) {
            putBack(due + TRY_AGAIN);
        }
        return true;
    }

    @Override
    void wakeEarly() {
        Thread waiting = thread;
        if (waiting != Thread.currentThread()) {
            LockSupport.unpark(waiting);
        }
    }
}
