package dev.vloop.vthreads;

import dev.vloop.spi.Host;
import java.time.Instant;

/**
 * What a runtime's monotonic times are on its wall clock. Times are kept as nanoseconds and shown as instants, so that a waiting
 * loop holds no objects for them; the same time is shown as the same instant until the wall clock is changed.
 */
final class Timeline {
    private final Host host;

    /** Written by any thread; an anchor that loses a race is as good as the one that wins. */
    private volatile Anchor anchor;

    Timeline(Host host) {
        this.host = host;
        anchor = Anchor.at(host);
    }

    Instant instantOf(long nano) {
        Anchor current = anchor;
        Anchor fresh = current.refreshed(host);
        if (fresh != current) anchor = fresh;
        return fresh.toInstant(nano);
    }
}
