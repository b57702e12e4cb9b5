package dev.vloop.testkit;

/** How virtual time is made. */
public enum Engine {
    /** {@link #EXACT} where its self-test passes, else {@link #COOPERATIVE}; {@link TestLoops#engineReason()} tells which, and why. */
    AUTO,
    /**
     * Without flags, on any JDK: exact for threads that wait with the library. One that blocks elsewhere makes the test fail, with
     * its stack.
     */
    COOPERATIVE,
    /**
     * With {@code --add-opens java.base/java.lang=ALL-UNNAMED}: all virtual threads of the test, those which bodies start included,
     * are carried by the test's own thread. Exact for locks, queues and futures as well.
     */
    EXACT
}
