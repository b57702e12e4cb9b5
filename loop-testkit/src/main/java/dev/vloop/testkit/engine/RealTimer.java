package dev.vloop.testkit.engine;

import java.util.function.Consumer;

/**
 * The end of a timed wait of the JDK, kept in the order of virtual deadlines. The JDK looks at its own clock, so it
 * takes real time too.
 */
final class RealTimer extends VirtualTimer {
    private static final long MILLI = 1_000_000;

    final ExactNode node;
    final long realDeadline;
    private final Consumer<RealTimer> fired;

    /**
     * The delay is rounded: what the JDK has left of a wait is some microseconds short, and equal deadlines would
     * change places.
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
