package dev.vloop.testkit.engine;

import java.util.Objects;

/** Says that virtual time cannot go on, why, and how to fix the test. {@link Diagnosis} words the message. */
public final class VirtualTimeError extends AssertionError {
    private static final long serialVersionUID = 1;

    /** What went wrong. */
    public enum Kind {
        /** Nothing will ever wake the test. */
        DEADLOCK,
        /** A thread waits where virtual time does not see it. */
        BLOCKED_ELSEWHERE,
        /** A thread sleeps in real time. */
        REAL_SLEEP,
        /** Threads go on without letting time move. */
        SPIN,
        /** Time goes on and on, and what the test waits for does not come. */
        RUNAWAY,
        /** External work takes too long. */
        EXTERNAL,
        /** A thread was made and never started. */
        NEVER_STARTED,
        /** A thread blocks in a place that keeps its carrier. */
        PINNED,
        /** A thread keeps its carrier and does not heed the interrupt that should end this. */
        DEAF,
        /** The test's thread was interrupted. */
        INTERRUPTED
    }

    private final Kind kind;

    VirtualTimeError(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    /** {@return whether the threads of the test still take turns, so that the test may go on} */
    public boolean leavesOrder() {
        return switch (kind) {
            case DEADLOCK, RUNAWAY, SPIN, INTERRUPTED -> true;
            case BLOCKED_ELSEWHERE, REAL_SLEEP, EXTERNAL, NEVER_STARTED, PINNED, DEAF -> false;
        };
    }

    /** {@return what went wrong} */
    public Kind kind() {
        return kind;
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
