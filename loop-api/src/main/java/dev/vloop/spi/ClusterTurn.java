package dev.vloop.spi;

import static dev.vloop.internal.Arguments.atLeastOne;
import static dev.vloop.internal.Arguments.notNull;

import java.time.Instant;

/**
 * One instance's claim of a loop's position in a {@link Cluster}.
 *
 * @param position the position when it was claimed
 * @param now the cluster's time at the claim
 * @param token larger than that of each claim of this loop before it
 * @param triggered whether it is for an iteration that somebody has asked for; its slot is {@code now}, and the position stays as it is
 */
public record ClusterTurn(ClusterPosition position, Instant now, long token, boolean triggered) {
    /**
     * Makes a claim.
     *
     * @throws NullPointerException if the position or the time is null
     * @throws IllegalArgumentException if the token is not positive
     */
    public ClusterTurn {
        notNull(position, "position");
        notNull(now, "now");
        atLeastOne(token, "token");
    }
}
