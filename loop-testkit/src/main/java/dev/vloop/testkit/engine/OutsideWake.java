package dev.vloop.testkit.engine;

import java.util.List;

/**
 * A thread of the test was woken by one that is not.
 *
 * @param thread the name of the thread that was woken
 * @param waker the name of the thread that woke it
 * @param nanos the virtual time
 * @param stack where the waker was
 */
public record OutsideWake(String thread, String waker, long nanos, List<StackTraceElement> stack) {}
