package dev.vloop.testkit.engine;

import java.util.function.Consumer;

/**
 * The virtual end of a timed wait of the JDK. Unless virtual time is deep, the JDK looks at its own clock, so the wait takes real time
 * too.
 */
final class RealTimer extends VirtualTimer {
    private static final long MILLI = 1_000_000;
    private static final long LONGEST = Long.MAX_VALUE / 2;

    final ExactNode node;

    /** When the wait has begun in real time, in the nanoseconds of {@link System#nanoTime}. */
    final long begun;

    /** When the wait ends in real time, in the nanoseconds of {@link System#nanoTime}. */
    final long realDeadline;

    private final Consumer<RealTimer> fired;

    /**
     * Makes the end of a wait that begins now.
     *
     * @param begun when it began in real time
     * @param round whether to round the delay up to a millisecond. What the JDK tells is what is left of the wait by its own clock, which is
     *     some microseconds less than its length, and without rounding two waits of equal length could end in the wrong order
     */
    RealTimer(long now, long delay, long begun, boolean round, ExactNode node, Consumer<RealTimer> fired) {
        super(now + (round ? ceiling(Math.min(delay, LONGEST)) : Math.min(delay, LONGEST)));
        this.node = node;
        this.fired = fired;
        this.begun = begun;
        realDeadline = begun + delay;
    }

    /** {@return whether the JDK cannot have ended the wait yet} */
    boolean isEarly() {
        return System.nanoTime() - realDeadline < 0;
    }

    /** {@return whether the wait has no limit that anybody lives to see} */
    boolean isForEver() {
        return realDeadline - begun > LONGEST / 2; // some JDKs cut it to LONGEST
    }

    private static long ceiling(long delay) {
        return (delay + MILLI - 1) / MILLI * MILLI;
    }

    @Override
    void fire() {
        fired.accept(this);
    }
}
