package dev.vloop.vthreads.timer;

import java.util.concurrent.locks.LockSupport;

/**
 * Short waits with the JDK's own timed park, for those few that do not wait with {@link SystemTimer}. Any thread may use it.
 *
 * <p>The first timed park of a virtual thread makes the JDK start a thread for its delays. If there is none to be had, JDK 24 and newer lose
 * the virtual thread: it never goes on. So a virtual thread only yields until such a park is known to have worked.
 */
public final class JdkPark {
    /** Whether the JDK has its thread. Written once by the thread that tries, read by any. */
    private static volatile boolean works;

    private JdkPark() {}

    /** A virtual thread that nobody would miss. Finds out whether timed parks of virtual threads work. */
    public static void tryOnce() {
        LockSupport.parkNanos(1);
        works = true;
    }

    /** Waits for so long at the most, as {@link LockSupport#parkNanos(long)} does. It may return at once. */
    @SuppressWarnings("ThreadPriorityCheck") // whoever calls this looks again whether it has waited long enough
    public static void parkNanos(long nanos) {
        if (works || !Thread.currentThread().isVirtual()) {
            LockSupport.parkNanos(nanos);
        } else {
            Thread.yield();
        }
    }
}
