package dev.vloop;

import java.io.Serial;

/**
 * The cluster has taken the slot of a running iteration away from this instance, or may have: its lease could not be renewed in time,
 * because the machine was suspended or the cluster's store was away. The attempt is interrupted and fails with this exception. It is
 * never retried here, as another instance may be running the slot. Unless a reaction is named for it, the loop goes on.
 */
public final class LeaseLostException extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    /**
     * Makes one; for engines.
     *
     * @param message names the loop and the slot
     */
    public LeaseLostException(String message) {
        super(message);
    }
}
