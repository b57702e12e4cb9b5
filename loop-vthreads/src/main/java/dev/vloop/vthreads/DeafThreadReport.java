package dev.vloop.vthreads;

import dev.vloop.internal.DurationText;
import dev.vloop.spi.Host;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reports code that keeps running after it was interrupted: for how long, and where it is. Repeated until the code ends. */
final class DeafThreadReport {
    /** Whose code was interrupted. */
    private final Worker worker;

    /** What interrupted it, for the message. */
    private final String interruptedBy;

    /** When it was interrupted: a monotonic time. */
    private final long since;

    /** Used by the thread that interrupted, then by those that report, one after the other. */
    private final ReportRhythm rhythm = new ReportRhythm();

    /** Written by the thread that interrupted; cancelled by the worker's thread. */
    private volatile Host.@Nullable Alarm alarm;

    DeafThreadReport(Worker worker, String interruptedBy) {
        this.worker = worker;
        this.interruptedBy = interruptedBy;
        this.since = worker.host.nanoTime();
    }

    /** The thread that interrupted. Sets the alarm for the first report. */
    void start() {
        alarm = new RecurringAlarm(worker.host, rhythm.nextWait(), this::report);
    }

    /** A thread of the host's for alarms. {@return how long to wait for the next report} */
    private long report() {
        Duration length = Duration.ofNanos(worker.host.nanoTime() - since);
        if (!worker.loop().runtime().isClosing()) { // a close reports all that it waits for
            Log.stillWaiting(Log.loop(worker.loop().name()) + " has not ended " + DurationText.inSeconds(length)
                    + " after " + interruptedBy + StackReport.of(worker));
        }
        return rhythm.nextWait();
    }

    /** The worker's thread. No report begins any more; on the real machine, it does not wait for one that is being made. */
    void end() {
        Host.Alarm set = alarm;
        if (set != null) {
            set.cancel();
        }
    }
}
