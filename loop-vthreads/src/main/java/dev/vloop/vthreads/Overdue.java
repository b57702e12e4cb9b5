package dev.vloop.vthreads;

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

    /** Written by the thread that interrupted; cancelled by the loop's thread. */
    private volatile @Nullable Recurring alarm;

    Overdue(Worker worker, String interruptedBy) {
        this.worker = worker;
        this.interruptedBy = interruptedBy;
        this.since = worker.host.nanoTime();
    }

    void watch() {
        alarm = new Recurring(worker.host, wait, this::report);
    }

    private long report() {
        Duration length = Duration.ofNanos(worker.host.nanoTime() - since);
        if (!worker.loop().runtime().isClosing()) { // a close reports all that it waits for
            Log.overdue("loop '" + worker.loop().name() + "' has not ended " + Log.inWords(length) + " after "
                    + interruptedBy + Whereabouts.of(worker));
        }
        wait = Math.min(LONGEST, 2 * wait);
        return wait;
    }

    /** The loop's thread. After it, no report is made, and none is being made. */
    void end() {
        Recurring watching = alarm;
        if (watching != null) {
            watching.cancel();
        }
    }
}
