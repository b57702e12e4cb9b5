package dev.vloop;

/**
 * What becomes of a slot that was cut: its instance died, lost its lease or was cancelled after the iteration had begun and before it
 * was over. For loops of a cluster, see {@link LoopBuilder#oncePerCluster}.
 *
 * <p>There is no third choice. Between the last effect of a body and the moment at which the cluster hears of it, a process can die. So
 * a slot is either begun at most once, or run to its end at least once.
 *
 * <p>An iteration that fails is not cut: when its retries are spent, the exception is its end, and the slot is not run again.
 */
public enum CutSlots {
    /**
     * The same slot is run again, by any instance. Each slot is run to its end at least once. For work that may be done twice: a cleanup,
     * a payment that carries an idempotency key.
     */
    RUN_AGAIN,
    /**
     * The slot is over, and the loop goes on with its next slot. Each slot is begun at most once, apart from retries by the instance that
     * has begun it. For work that must not be done twice: a message to people.
     */
    LET_GO
}
