package dev.vloop.bench.run;

/** The body of a loop that ticks. Run by one thread at a time. */
final class Tick implements Runnable {
    private final Lateness lateness;
    private final long period;

    /** The slots are at this time and whole periods later: as early as the loop has ever been. */
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
        if (late > period / 2) { // the ticks before were late, too, and more so
            grid = now;
            late = 0;
        }
        lateness.add(late);
    }
}
