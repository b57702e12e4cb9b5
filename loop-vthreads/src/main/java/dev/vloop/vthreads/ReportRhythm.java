package dev.vloop.vthreads;

import java.time.Duration;

/** When to repeat a report: after a first wait, then after waits that double each time, up to a longest. Used by one thread at a time. */
final class ReportRhythm {
    /** In nanoseconds. */
    private final long longest;

    /** The wait that {@link #nextWait} returns next. */
    private long wait;

    /** The rhythm for what should have ended: 5 s, then up to 60 s. */
    ReportRhythm() {
        this(Duration.ofSeconds(5), Duration.ofSeconds(60));
    }

    ReportRhythm(Duration first, Duration longest) {
        this.wait = first.toNanos();
        this.longest = longest.toNanos();
    }

    /** {@return how long to wait for the next report, in nanoseconds; each call doubles it} */
    long nextWait() {
        long current = wait;
        wait = Math.min(longest, 2 * current);
        return current;
    }
}
