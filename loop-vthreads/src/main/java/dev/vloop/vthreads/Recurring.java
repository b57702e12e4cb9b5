package dev.vloop.vthreads;

import dev.vloop.spi.Host;
import java.util.function.LongSupplier;

/** An alarm that is set again each time it has rung, until it is cancelled. */
final class Recurring implements Host.Alarm {
    private final Host host;
    private final LongSupplier action;

    /** Written by the thread of the host's that it rings on, after construction. */
    private volatile Host.Alarm next;

    private volatile boolean cancelled;

    /**
     * Sets it.
     *
     * @param wait until it rings first, in nanoseconds
     * @param action what it does, short and without blocking; returns how long to wait until it rings again
     */
    Recurring(Host host, long wait, LongSupplier action) {
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
