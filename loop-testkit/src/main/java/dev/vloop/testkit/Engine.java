package dev.vloop.testkit;

/** How virtual time is made. */
public enum Engine {
    /** {@link #EXACT} if its self-test passes in this JVM, else {@link #COOPERATIVE}. {@link TestLoops#engineReason()} says which, and why. */
    AUTO,
    /**
     * Needs no flags, on any JDK. It is exact for threads that wait with the library. A thread that blocks elsewhere makes the test fail,
     * with its stack.
     */
    COOPERATIVE,
    /**
     * Needs {@code loop-testkit-agent}, or {@code --add-opens java.base/java.lang=ALL-UNNAMED}. The test's own thread carries all virtual
     * threads of the test, including those that bodies start. It is exact for locks, queues and futures as well. With the agent, code that
     * does not know of the test is on its clock too.
     */
    EXACT
}
