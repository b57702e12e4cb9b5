package dev.vloop;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A loop of a cluster as this instance knows it. The instance hears from the cluster's store from time to time, so this may be some
 * seconds old. The constructor is not API: later versions may add components.
 *
 * @param instance the name of this instance
 * @param nextSlot the slot that is to run next in the cluster, or that is running; null if it is not known
 * @param holder the instance that runs it now; null if none does
 * @param token the token of the last claim; 0 before the first
 * @param heardAt when this instance last heard from the store, by the cluster's clock; null if it never has
 */
public record ClusterStatus(
        String instance,
        @Nullable Instant nextSlot,
        @Nullable String holder,
        long token,
        @Nullable Instant heardAt) {}
