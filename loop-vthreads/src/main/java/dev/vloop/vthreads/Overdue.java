package dev.vloop.vthreads;

import dev.vloop.spi.Host;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reports, again and again, code that goes on after it was interrupted: where it is, and for how long. */
final class Overdue {
    private static final long FIRST = 5_000_000_000L;
    private static final long LONGEST = 60_000_000_000L;

    private final Worker worker;
    private final String interruptedBy;
    private final long since;
    private long wait = FIRST;

    /** Written by the thread that interrupted, then by the alarm's; cancelled by the loop's thread. */
    private volatile Host.@Nullable Alarm alarm;

    /** Written by the loop's thread: the code is over. */
    private volatile boolean over;

    Overdue(Worker worker, String interruptedBy) {
        this.worker = worker;
        this.interruptedBy = interruptedBy;
        this.since = worker.host.nanoTime();
    }

    void watch() {
        alarm = worker.host.alarm(Nanos.plus(worker.host.nanoTime(), wait), this::report);
    }

    private void report() {
        if (over) return;
        Duration length = Duration.ofNanos(worker.host.nanoTime() - since);
        if (!worker.loop().runtime().isClosing()) { // a close reports all that it waits for
            Log.overdue("loop '" + worker.loop().name() + "' has not ended " + Log.inWords(length) + " after "
                    + interruptedBy + Whereabouts.of(worker));
        }
        wait = Math.min(LONGEST, 2 * wait);
        watch();
    }

    /** The loop's thread. After it, no report is made, and none is being made. */
    void end() {
        over = true;
        for (Host.Alarm current = alarm; current != null; ) {
            current.cancel();
            Host.Alarm next = alarm;
            if (next == current) return;
            current = next; // the report had set the next one
        }
    }
}
