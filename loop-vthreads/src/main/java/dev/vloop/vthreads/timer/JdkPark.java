package dev.vloop.vthreads.timer;

import java.util.concurrent.locks.LockSupport;

/**
 * Short waits with the JDK's own timed park, for those few that do not wait with {@link SystemTimer}. Any thread may use it.
 *
 * <p>The first timed park of a virtual thread makes the JDK start a thread for its delays. If there is none to be had, JDK 24 and newer lose
 * the virtual thread: it never goes on. So a virtual thread yields instead: in {@link #parkNanos} until such a park is known to have worked,
 * in {@link #parkTrusting} only after a thread could not be had. {@link SystemTimer} tries from time to time whether it works.
 */
public final class JdkPark {
    /** Whether the JDK has its thread. Written once by the thread that tries, read by any. */
    private static volatile boolean works;

    /** Whether a thread could not be had. Written by whoever has noticed it, read by any. */
    private static volatile boolean doubtful;

    private JdkPark() {}

    /** A virtual thread that nobody would miss. Finds out whether timed parks of virtual threads work. */
    public static void tryOnce() {
        try {
            LockSupport.parkNanos(1);
            works = true;
        } catch (OutOfMemoryError e) {
            // JDK 23 and older: there is no thread for delays, and this one is not lost
        }
    }

    /**
     * Makes a thread that finds it out, unless it is known that they work. It does not wait for that thread.
     *
     * <p>Not for a thread that has scoped values: if the JVM has no thread for a carrier, it forgets them.
     *
     * @return whether they are known to work
     */
    public static boolean tryOnThread() {
        if (!works) {
            try {
                Thread unused =
                        Thread.ofVirtual().inheritInheritableThreadLocals(false).start(JdkPark::tryOnce);
            } catch (OutOfMemoryError e) {
                // there is no thread for a carrier either
            }
        }
        return works;
    }

    /** Any thread that could not get a thread: the JDK may not get one either. */
    public static void doubt() {
        doubtful = true;
    }

    /**
     * {@return whether there is no reason to think that timed parks of virtual threads do not work} They are trusted while nothing is known.
     * This is for those who cannot do with a yield: a carrier takes threads from one queue for as long as there are any, so threads that
     * yield in turns can keep all others from running, the one that tries it included.
     */
    public static boolean isTrusted() {
        return works || !doubtful;
    }

    /** Waits for so long at the most, as {@link LockSupport#parkNanos(long)} does. It may return at once. */
    public static void parkNanos(long nanos) {
        park(works, nanos);
    }

    /** The same, for those who cannot do with a yield, see {@link #isTrusted}. */
    public static void parkTrusting(long nanos) {
        park(isTrusted(), nanos);
    }

    @SuppressWarnings("ThreadPriorityCheck") // whoever calls this looks again whether it has waited long enough
    private static void park(boolean safe, long nanos) {
        if (safe || !Thread.currentThread().isVirtual()) {
            LockSupport.parkNanos(nanos);
        } else {
            Thread.yield();
        }
    }
}
