package dev.vloop.vthreads;

import dev.vloop.internal.DurationText;
import dev.vloop.spi.Host;
import java.time.Duration;
import java.util.List;

/** What a close logs while it waits: for which loops, and where their threads are. Used by the thread that closes. */
final class CloseReport {
    private static final int MOST_LOOPS = 10;

    private final VirtualLoopRuntime runtime;
    private final Host host;
    private final ReportRhythm rhythm = new ReportRhythm();

    /** When the close began to wait: a monotonic time. */
    private final long since;

    /** When the next report is due: a monotonic time. */
    private long due;

    CloseReport(VirtualLoopRuntime runtime) {
        this.runtime = runtime;
        this.host = runtime.host();
        this.since = host.nanoTime();
        this.due = Nanos.plus(since, rhythm.nextWait());
    }

    /** {@return the monotonic time at which the next report is due} */
    long due() {
        return due;
    }

    /** Logs these runs, if a report is due. */
    void log(List<Run> runs) {
        if (host.nanoTime() < due) {
            return;
        }
        String length = DurationText.inSeconds(Duration.ofNanos(host.nanoTime() - since));
        for (Run run : runs.subList(0, Math.min(MOST_LOOPS, runs.size()))) {
            Log.stillWaiting("closing " + runtime + " has waited " + length + " for "
                    + Log.loop(run.loop().name()) + " (" + run.state() + "), which has not ended"
                    + StackReport.of(run));
        }
        if (runs.size() > MOST_LOOPS) {
            Log.stillWaiting("and for " + (runs.size() - MOST_LOOPS) + " more loops");
        }
        due = Nanos.plus(host.nanoTime(), rhythm.nextWait());
    }
}
