package dev.vloop.testkit.engine;

import java.util.function.Consumer;

/** The virtual end of a timed wait of the JDK. The JDK looks at its own clock, so the wait takes real time too. */
final class RealTimer extends VirtualTimer {
    private static final long MILLI = 1_000_000;

    final ExactNode node;

    /** When the wait ends in real time, in the nanoseconds of {@link System#nanoTime}. */
    final long realDeadline;

    private final Consumer<RealTimer> fired;

    /**
     * The delay is rounded to the next millisecond. What the JDK tells is what is left of the wait, which is some microseconds less than
     * its length, and without rounding two waits of equal length could end in the wrong order.
     */
    RealTimer(long now, long delay, ExactNode node, Consumer<RealTimer> fired) {
        super(now + Math.min(delay, Long.MAX_VALUE / 2) / MILLI * MILLI + MILLI);
        this.node = node;
        this.fired = fired;
        realDeadline = System.nanoTime() + delay;
    }

    @Override
    void fire() {
        fired.accept(this);
    }
}
