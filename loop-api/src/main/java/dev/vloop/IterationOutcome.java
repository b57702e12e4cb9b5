package dev.vloop;

/** How an iteration ended. */
public enum IterationOutcome {
    /** The body has returned, and so have its forks. */
    SUCCESS,
    /** It has failed, and that was tolerated: the loop goes on with its next slot. */
    CONTINUED,
    /** It has failed for good: the run ends. */
    FAILED,
    /** It was cut short by a cancel or another interrupt, in an attempt or between two. That is no failure. */
    CANCELLED
}
