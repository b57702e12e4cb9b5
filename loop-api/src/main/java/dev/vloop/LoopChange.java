package dev.vloop;

/** What somebody has asked of a loop, as a {@link LoopListener#onChange listener} hears it. */
public enum LoopChange {
    /** The loop was built, and its runtime knows it. */
    BUILT,
    /** {@link Loop#start}, or another call that starts, has begun a run. */
    STARTED,
    /** {@link Loop#pause} was called on a loop that was not paused. */
    PAUSED,
    /** {@link Loop#resume} was called on a loop that was paused. */
    RESUMED,
    /** {@link Loop#trigger} was called. */
    TRIGGERED,
    /** The schedule was replaced by another. */
    RESCHEDULED,
    /** {@link Loop#changeReactions} was called. */
    REACTIONS_CHANGED,
    /** {@link Loop#stop} was called while a run went on. */
    STOPPED,
    /** {@link Loop#cancel} was called while a run went on. */
    CANCELLED,
    /** {@link Loop#restart} was called. */
    RESTARTED,
    /** {@link Loop#remove} was called. */
    REMOVED
}
