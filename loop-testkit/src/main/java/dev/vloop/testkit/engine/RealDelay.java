package dev.vloop.testkit.engine;

import java.util.List;

/**
 * A thread of the test handed a delay to a clock that keeps real time.
 *
 * @param thread the name of the thread
 * @param clock what keeps real time, in words
 * @param nanos the virtual time at which it did
 * @param stack where
 */
public record RealDelay(String thread, String clock, long nanos, List<StackTraceElement> stack) {}
