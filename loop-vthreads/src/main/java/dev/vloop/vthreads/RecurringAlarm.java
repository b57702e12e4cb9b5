package dev.vloop.vthreads;

import dev.vloop.spi.Host;
import java.util.function.LongSupplier;

/**
 * An alarm that rings again and again until it is cancelled. On the real machine its action runs on a thread of its own each time, so it
 * may block, log, or call user code: the timer's thread does not wait for it. On a virtual host it runs where alarms run.
 */
final class RecurringAlarm implements Host.Alarm {
    /** How soon it tries again when no thread was to be had, or its action has thrown. */
    private static final long TRY_AGAIN = 1_000_000_000L;

    private final Host host;
    private final LongSupplier action;

    /** The alarm that is set now, or rings. Written by the thread that the action runs on, after construction. */
    private volatile Host.Alarm next;

    /** Whether it must not ring any more. */
    private volatile boolean cancelled;

    /**
     * Sets the alarm.
     *
     * @param wait how long until it rings first, in nanoseconds
     * @param action what to do; returns how long until it rings again
     */
    RecurringAlarm(Host host, long wait, LongSupplier action) {
        this.host = host;
        this.action = action;
        this.next = set(wait);
    }

    private Host.Alarm set(long wait) {
        return host.alarm(Nanos.plus(host.nanoTime(), wait), this::ring);
    }

    private void ring() {
        if (!(host instanceof SystemHost)) {
            act();
        } else if (!cancelled && !SystemHost.runAside(this::act)) {
            setNext(TRY_AGAIN);
        }
    }

    private void act() {
        if (cancelled) {
            return;
        }
        long wait = TRY_AGAIN;
        try {
            wait = action.getAsLong();
        } catch (Throwable e) { // no memory, for instance: one failure is not the end of a watch
            if (!(host instanceof SystemHost)) {
                throw e;
            }
            Log.broken("what recurs has failed, and is tried again", e);
        }
        setNext(wait);
    }

    private void setNext(long wait) {
        Host.Alarm following = set(wait);
        next = following;
        if (cancelled) {
            following.cancel(); // the thread that cancelled may not have seen this alarm
        }
    }

    /** After it returns, the action does not begin any more. On the real machine, one that is running goes on. */
    @Override
    public void cancel() {
        cancelled = true;
        for (Host.Alarm current = next; ; ) {
            current.cancel();
            Host.Alarm later = next;
            if (later == current) {
                return;
            }
            current = later; // an action that was under way had set the next one
        }
    }
}
