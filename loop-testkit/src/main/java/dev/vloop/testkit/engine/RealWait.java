package dev.vloop.testkit.engine;

import java.util.List;

/**
 * A timed wait of the JDK on a thread of the test, for which the test waited in real time.
 *
 * @param thread the thread's name
 * @param nanos the virtual time at which it began
 * @param stack where the thread waited
 */
public record RealWait(String thread, long nanos, List<StackTraceElement> stack) {}
