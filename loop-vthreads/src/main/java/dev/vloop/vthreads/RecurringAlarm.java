package dev.vloop.vthreads;

import dev.vloop.spi.Host;
import java.util.function.LongSupplier;

/** An alarm that rings again and again until it is cancelled. */
final class RecurringAlarm implements Host.Alarm {
    private final Host host;
    private final LongSupplier action;

    /** The alarm that is set now, or rings. Written by the thread that it rings on, after construction. */
    private volatile Host.Alarm next;

    /** Whether it must not ring any more. */
    private volatile boolean cancelled;

    /**
     * Sets the alarm.
     *
     * @param wait how long until it rings first, in nanoseconds
     * @param action what to do, short and without blocking; returns how long until it rings again
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
        if (!cancelled) {
            next = set(action.getAsLong());
        }
    }

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
