package dev.vloop.testkit.engine;

/** Thrown out of the waits of threads that outlive their test, so that they end. */
final class TestOver extends Error {
    private static final long serialVersionUID = 1;

    TestOver() {
        super("the test is over: its time does not go on", null, false, false);
    }
}
