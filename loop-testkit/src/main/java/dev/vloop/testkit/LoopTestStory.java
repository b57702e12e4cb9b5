package dev.vloop.testkit;

/** What a failure of a test is told with: it is attached to it, and has no stack of its own. */
final class LoopTestStory extends Exception {
    private static final long serialVersionUID = 1;

    LoopTestStory(String text) {
        super(text, null, false, false);
    }
}
