package dev.vloop.testkit;

/** A text that is attached to the failure of a test: the timeline, or the seed. It has no stack of its own. */
final class LoopTestStory extends Exception {
    private static final long serialVersionUID = 1;

    LoopTestStory(String text) {
        super(text, null, false, false);
    }
}
