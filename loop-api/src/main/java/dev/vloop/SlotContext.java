package dev.vloop;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a schedule may look at.
 *
 * @param now the current time
 * @param runStart when the run began: the end of its {@code beforeLoop}, moved by the initial delay
 * @param lastSlot the last slot; null before the first
 * @param lastEnd when the last iteration ended; null before that
 * @param slots how many slots the run has had, skipped ones included
 */
public record SlotContext(
        Instant now, Instant runStart, @Nullable Instant lastSlot, @Nullable Instant lastEnd, long slots) {
    /** {@return the context at the start of a run} */
    public static SlotContext first(Instant now) {
        return new SlotContext(now, now, null, null, 0);
    }
}
