package dev.vloop.testkit.engine;

import java.util.List;

/**
 * A wake-up of a thread of the test by a thread that is not of the test.
 *
 * @param thread the name of the thread that was woken
 * @param waker the name of the thread that woke it
 * @param nanos the virtual time
 * @param stack where the waker was
 */
public record OutsideWake(String thread, String waker, long nanos, List<StackTraceElement> stack) {}
