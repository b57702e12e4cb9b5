package dev.vloop.testkit;

/** What a test is failed for at its end, unless it {@linkplain TestLoops.Builder#tolerate tolerates} it. */
public enum Finding {
    /** A run ended failed, and the test never looked at that. */
    UNSEEN_FAILURE,
    /** A loop, or a thread of the test, that does not end when it is cancelled. */
    LEAK,
    /** An exception that nobody caught. */
    UNCAUGHT,
    /** A timed wait of the JDK, which takes real time. */
    REAL_WAIT,
    /** A thread that the world outside woke while time could move, so that when it woke is chance. */
    OUTSIDE_WAKE
}
