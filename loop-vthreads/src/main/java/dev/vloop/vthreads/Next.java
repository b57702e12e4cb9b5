package dev.vloop.vthreads;

/**
 * What comes next for a run, as the loop's thread has judged it. The engine passes these constants through several frames, so that only
 * {@link Run#run} waits (docs/adr/0011).
 */
enum Next {
    /** Wait until {@link Run#waitUntil}; the run's state already says so. */
    WAIT,
    /** Run the iteration of the slot that is due. */
    RUN_SLOT,
    /** Run an iteration that {@code trigger()} asked for; it has no slot. */
    RUN_TRIGGERED,
    /** Something has changed meanwhile: judge again. */
    LOOK_AGAIN,
    /** End the run: there is no further slot, or the count is reached. */
    COMPLETE,
    /** End the run before it is complete: it was stopped or cancelled, or has failed. */
    BREAK_OFF
}
