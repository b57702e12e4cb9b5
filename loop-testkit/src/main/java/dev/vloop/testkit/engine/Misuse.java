package dev.vloop.testkit.engine;

import dev.vloop.internal.Arguments;
import dev.vloop.internal.DurationText;
import java.util.List;

/** The calls that both engines refuse, and the texts of these refusals. */
public final class Misuse {
    private Misuse() {}

    /** {@return the refusal of a wait of the current thread, which is not a thread of the test} */
    static IllegalStateException outside(long nanos) {
        Thread thread = Thread.currentThread();
        String name = thread.getName().isEmpty() ? thread.toString() : thread.getName();
        return new IllegalStateException("clock used outside its test: thread '" + name
                + "' waits in virtual time, at " + DurationText.ofDeadline(nanos) + ", in "
                + Frames.place(List.of(thread.getStackTrace()))
                + ", and is not a thread of the test. Wait on the test's own thread or in a body,"
                + " fork with iteration.fork(..), or let the EXACT engine carry threads that a body starts");
    }

    /** {@return the refusal of what a thread of this name wanted to do after the end of the test} */
    static IllegalStateException after(String thread) {
        return new IllegalStateException("clock used outside its test: the test's time is closed, and thread '" + thread
                + "' can neither begin nor go on in it");
    }

    static void requireTest(boolean test) {
        if (!test) {
            throw notTest();
        }
    }

    /** {@return the refusal of a call that only the test's thread may make, and the current thread made} */
    public static IllegalStateException notTest() {
        return new IllegalStateException("only the test's own thread moves time, not '"
                + Thread.currentThread().getName()
                + "'. In a body, wait with iteration.sleep(..). @Timeout(threadMode = SEPARATE_THREAD) runs a test on"
                + " another thread: let the runtime be its parameter, not a field");
    }

    static void requireNotPast(long nanos, long now) {
        if (nanos < now) {
            throw Arguments.refusal(
                    "the time to advance to",
                    "not have passed (it is " + DurationText.ofDeadline(now) + ")",
                    DurationText.ofDeadline(nanos));
        }
    }
}
