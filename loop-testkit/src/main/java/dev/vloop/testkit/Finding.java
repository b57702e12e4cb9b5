package dev.vloop.testkit;

/** What makes a test fail at its end, unless the test {@linkplain TestLoops.Builder#tolerate tolerates} it. */
public enum Finding {
    /** A run failed, no later run of the loop had a success, and the test never looked at its end. */
    UNSEEN_FAILURE,
    /** A hook of a loop threw, {@code onFailure} or {@code afterLoop}, and the test did not assert it. */
    HOOK_FAILURE,
    /** A loop, or a thread of the test, that does not end when it is cancelled. */
    LEAK,
    /** An exception that nobody caught. */
    UNCAUGHT,
    /** A timed wait of the JDK on a thread of the test, which takes real time. */
    REAL_WAIT,
    /** A thread of the test that a thread from outside woke while time could move, so that the virtual time at which it woke is random. */
    OUTSIDE_WAKE,
    /**
     * A delay that a thread of the test handed to a clock that keeps real time, such as a {@link java.util.Timer}. It is found only where
     * {@code loop-testkit-agent} is.
     */
    REAL_DELAY
}
