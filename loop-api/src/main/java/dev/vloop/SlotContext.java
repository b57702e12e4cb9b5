package dev.vloop;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a schedule may look at: where its run is.
 *
 * <p>Its constructor and record patterns are not API: components may be added. Read it by name; {@link #first} makes one for tests.
 *
 * @param now the current time
 * @param runStart when the run began: the end of its {@code beforeLoop}, moved by the initial delay
 * @param lastSlot the last slot; null before the first
 * @param lastEnd when the last iteration ended; null before that
 * @param slots how many slots the run has had, skipped ones included; not negative
 */
public record SlotContext(
        Instant now,
        Instant runStart,
        @Nullable Instant lastSlot,
        @Nullable Instant lastEnd,
        long slots) {
    /**
     * Checks what must be there.
     *
     * @throws NullPointerException if {@code now} or {@code runStart} is null
     * @throws IllegalArgumentException if {@code slots} is negative
     */
    public SlotContext {
        requireNonNull(now, "now");
        requireNonNull(runStart, "runStart");
        if (slots < 0) {
            throw new IllegalArgumentException("slots must not be negative: " + slots);
        }
    }

    /**
     * Makes the context at the start of a run: no slot was yet.
     *
     * @param now the current time, which is the start of the run too
     * @return the context of the first question
     */
    public static SlotContext first(Instant now) {
        return new SlotContext(now, now, null, null, 0);
    }

    /** The context after an iteration at {@code slot} that took no time. */
    SlotContext ran(Instant slot) {
        return new SlotContext(Times.later(now, slot), runStart, slot, slot, slots + 1);
    }

    /** The context after a slot that was passed over: it does not count. */
    SlotContext passed(Instant slot) {
        return new SlotContext(Times.later(now, slot), runStart, slot, slot, slots);
    }

    /** The context of a run that began then and had no slot yet. */
    SlotContext startedAt(Instant start) {
        return new SlotContext(now, start, null, null, slots);
    }

    /** The same slots, in a run that began then. */
    SlotContext withRunStart(Instant start) {
        return new SlotContext(now, start, lastSlot, lastEnd, slots);
    }
}
