package dev.vloop.bench.run;

/** The body of a loop that ticks: it measures how late it runs. It is run by one thread at a time. */
final class Tick implements Runnable {
    private final Lateness lateness;
    private final long period;

    /** A slot; the others are whole periods before and after it. No run so far was earlier than its slot. */
    private long grid = Long.MAX_VALUE;

    Tick(Lateness lateness, long period) {
        this.lateness = lateness;
        this.period = period;
    }

    @Override
    public void run() {
        long now = System.nanoTime();
        if (grid == Long.MAX_VALUE) {
            grid = now;
        }
        long late = Math.floorMod(now - grid, period);
        if (late > period / 2) { // it is early rather than late: all runs so far were later than this one
            grid = now;
            late = 0;
        }
        lateness.add(late);
    }
}
