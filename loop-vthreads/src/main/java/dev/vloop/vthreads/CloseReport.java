package dev.vloop.vthreads;

import dev.vloop.spi.Host;
import java.time.Duration;
import java.util.List;

/** What a close logs while it waits: which loops, and where they are. */
final class CloseReport {
    private static final long FIRST = 5_000_000_000L;
    private static final long LONGEST = 60_000_000_000L;
    private static final int MOST_LOOPS = 10;

    private final VirtualLoopRuntime runtime;
    private final Host host;
    private final long since;
    private long wait = FIRST;
    private long next;

    CloseReport(VirtualLoopRuntime runtime) {
        this.runtime = runtime;
        this.host = runtime.host();
        this.since = host.nanoTime();
        this.next = Nanos.plus(since, wait);
    }

    /** {@return when the next report is due} */
    long next() {
        return next;
    }

    void log(List<Run> runs) {
        if (host.nanoTime() < next) {
            return;
        }
        String length = Log.inWords(Duration.ofNanos(host.nanoTime() - since));
        for (Run run : runs.subList(0, Math.min(MOST_LOOPS, runs.size()))) {
            Log.overdue("closing " + runtime + " has waited " + length + " for loop '"
                    + run.loop().name() + "' ("
                    + run.state() + "), which has not ended" + Whereabouts.of(run));
        }
        if (runs.size() > MOST_LOOPS) {
            Log.overdue("and for " + (runs.size() - MOST_LOOPS) + " more loops");
        }
        wait = Math.min(LONGEST, 2 * wait);
        next = Nanos.plus(host.nanoTime(), wait);
    }
}
