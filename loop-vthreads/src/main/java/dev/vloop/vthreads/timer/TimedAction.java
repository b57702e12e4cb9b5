package dev.vloop.vthreads.timer;

import dev.vloop.spi.Host;
import org.jspecify.annotations.Nullable;

/**
 * An action on the timer's thread, which can be set for a time, called off and set again. It must be short, must not block and must not run
 * a user's code, because all waits and timeouts depend on that thread. One thread at a time calls the methods; the action itself may, too.
 */
public final class TimedAction extends TimerNode implements Host.Timer {
    private static final int SPINS = 200;

    /** How long a thread that calls off sleeps between two looks whether the action is over. */
    private static final long LOOK_AGAIN = 50_000L;

    private final SystemTimer timer;

    /** Null once it was released; until then the timer's thread reads what the constructor wrote. */
    private @Nullable Runnable action;

    TimedAction(SystemTimer timer, Runnable action) {
        this.timer = timer;
        this.action = action;
    }

    /**
     * Sets it, instead of what it was set to before. This costs little if it was set before to a time that is not later, even if that was
     * called off: the timer looks at the earlier time, and finds the new one.
     *
     * @param due when to run the action, a time of the timer's; {@link Host#NEVER} calls it off
     */
    @Override
    public void set(long due) {
        if (due == Host.NEVER) {
            cancel();
        } else {
            timer.set(this, Math.max(0, due));
        }
    }

    /** Calls it off. After it returns the action does not run, and is not running, unless it is the action that calls this. */
    @Override
    public void cancel() {
        timer.unset(this);
        if (timer.isActing(this)) {
            awaitAction();
        }
    }

    private void awaitAction() {
        boolean interrupted = false;
        for (int looks = 0; timer.isActing(this); looks++) {
            if (looks < SPINS) {
                Thread.onSpinWait();
            } else {
                JdkPark.parkNanos(LOOK_AGAIN);
                interrupted |= Thread.interrupted(); // a set flag would make each park return at once
            }
        }
        timer.unset(this); // the action may have set it again
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Calls it off for good. After that it refers to nothing, even if the timer still has it. */
    @Override
    public void release() {
        cancel();
        timer.release(this);
        action = null;
    }

    @Override
    boolean ring(TimerQueue queue, long due) {
        Runnable current = action;
        return current == null ? take(due) : queue.act(this, due, current);
    }

    @Override
    void wakeEarly() {
        // nobody waits for it: it runs when there is a thread again
    }
}
