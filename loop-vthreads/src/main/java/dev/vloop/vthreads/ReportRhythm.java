package dev.vloop.vthreads;

/** When to repeat a report: after 5 s, then after waits that double each time, up to 60 s. Used by one thread at a time. */
final class ReportRhythm {
    private static final long FIRST = 5_000_000_000L;
    private static final long LONGEST = 60_000_000_000L;

    /** The wait that {@link #nextWait} returns next. */
    private long wait = FIRST;

    /** {@return how long to wait for the next report, in nanoseconds; each call doubles it} */
    long nextWait() {
        long current = wait;
        wait = Math.min(LONGEST, 2 * current);
        return current;
    }
}
