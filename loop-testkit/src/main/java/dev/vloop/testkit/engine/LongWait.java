package dev.vloop.testkit.engine;

import java.util.List;

/**
 * A thread of the test that waits without a limit, in code that is not the library's, since before time last moved.
 *
 * @param thread the name of the thread
 * @param since the virtual time at which it began to wait
 * @param stack where
 */
public record LongWait(String thread, long since, List<StackTraceElement> stack) {}
