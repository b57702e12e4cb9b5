package dev.vloop.testkit.engine;

/** Thrown by the waits of threads that outlive their test, so that these threads end. */
final class TestOver extends Error {
    private static final long serialVersionUID = 1;

    TestOver() {
        super("the test is over, and its time does not move any more", null, false, false);
    }
}
