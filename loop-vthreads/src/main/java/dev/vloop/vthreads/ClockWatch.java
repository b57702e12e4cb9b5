package dev.vloop.vthreads;

import dev.vloop.spi.Host;
import java.time.Duration;
import java.util.function.Consumer;

/** Compares the wall clock with the monotonic one every now and then: a suspended machine or a stepped clock shows as a jump. */
final class ClockWatch {
    private static final long PERIOD = 1_000_000_000L;

    /** Less than this is the time that passes between two readings. */
    private static final long SMALLEST = 100_000_000L;

    private final Host host;
    private final Consumer<Duration> listener;

    /** Touched by the alarms' thread after construction. */
    private Anchor anchor;

    final Recurring alarm;

    ClockWatch(Host host, Consumer<Duration> listener) {
        this.host = host;
        this.listener = listener;
        this.anchor = Anchor.at(host);
        this.alarm = new Recurring(host, PERIOD, this::look);
    }

    private long look() {
        Anchor now = Anchor.at(host);
        long jump = anchor.driftTo(now);
        if (Math.abs(jump) >= SMALLEST) {
            anchor = now;
            listener.accept(Duration.ofNanos(jump));
        }
        return PERIOD;
    }
}
