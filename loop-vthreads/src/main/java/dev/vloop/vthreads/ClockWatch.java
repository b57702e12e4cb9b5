package dev.vloop.vthreads;

import dev.vloop.spi.Host;
import java.time.Duration;
import java.util.function.Consumer;

/** Compares the wall clock with the monotonic one every now and then: a suspended machine or a stepped clock shows as a jump. */
final class ClockWatch implements Host.Alarm {
    private static final long PERIOD = 1_000_000_000L;

    /** Less than this is the time that passes between two readings. */
    private static final long SMALLEST = 100_000_000L;

    private final Host host;
    private final Consumer<Duration> listener;

    /** Touched by the alarms' thread after construction. */
    private Anchor anchor;

    /** Written by the alarms' thread, or before it sees this. */
    private volatile Host.Alarm alarm;

    private volatile boolean cancelled;

    ClockWatch(Host host, Consumer<Duration> listener) {
        this.host = host;
        this.listener = listener;
        this.anchor = Anchor.at(host);
        this.alarm = next();
    }

    private Host.Alarm next() {
        return host.alarm(Nanos.plus(host.nanoTime(), PERIOD), this::look);
    }

    private void look() {
        if (cancelled) return;
        Anchor now = Anchor.at(host);
        long jump = Nanos.between(anchor.toInstant(now.nano), now.instant);
        if (Math.abs(jump) >= SMALLEST) {
            anchor = now;
            listener.accept(Duration.ofNanos(jump));
        }
        alarm = next();
    }

    @Override
    public void cancel() {
        cancelled = true;
        for (Host.Alarm current = alarm; ; ) {
            current.cancel();
            Host.Alarm next = alarm;
            if (next == current) return;
            current = next; // a look that was under way had set the next one
        }
    }
}
