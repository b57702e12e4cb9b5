package dev.vloop.testkit;

import org.jspecify.annotations.Nullable;

/** A failure whose message contains the timeline already. */
final class LoopTestError extends AssertionError {
    private static final long serialVersionUID = 1;

    LoopTestError(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
