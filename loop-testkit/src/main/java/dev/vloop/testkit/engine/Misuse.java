package dev.vloop.testkit.engine;

import java.util.List;

/** The refusals that both engines share. */
public final class Misuse {
    static final String INTERRUPTED = "the test's thread was interrupted while time moved";

    private Misuse() {}

    static IllegalStateException outside(long nanos) {
        Thread thread = Thread.currentThread();
        String name = thread.getName().isEmpty() ? thread.toString() : thread.getName();
        return new IllegalStateException("clock used outside its test: thread '" + name
                + "' waits in virtual time, at " + Times.text(nanos) + ", in "
                + Frames.place(List.of(thread.getStackTrace()))
                + ", and is not a thread of the test. Wait on the test's own thread or in a body,"
                + " fork with iteration.fork(..), or let the EXACT engine carry threads that a body starts");
    }

    static IllegalStateException after(String thread) {
        return new IllegalStateException(
                "clock used outside its test: thread '" + thread + "' was to begin after the test's time was closed");
    }

    static void requireTest(boolean test) {
        if (!test) {
            throw notTest();
        }
    }

    public static IllegalStateException notTest() {
        return new IllegalStateException("only the test's own thread moves time, not '"
                + Thread.currentThread().getName()
                + "'. In a body, wait with iteration.sleep(..). @Timeout(threadMode = SEPARATE_THREAD) runs a test on"
                + " another thread: let the runtime be its parameter, not a field");
    }

    static void requireNotPast(long nanos, long now) {
        if (nanos < now) {
            throw new IllegalArgumentException(
                    "time to advance to has passed: " + Times.text(nanos) + ", it is " + Times.text(now));
        }
    }
}
