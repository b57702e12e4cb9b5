package dev.vloop;

import dev.vloop.internal.Arguments;
import dev.vloop.internal.ComingSlots;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where a run is: all that its schedule knows. The constructor is not API: later versions may add components.
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
     * Makes a context.
     *
     * @throws NullPointerException if {@code now} or {@code runStart} is null
     * @throws IllegalArgumentException if {@code slots} is negative
     */
    public SlotContext {
        Arguments.notNull(now, "now");
        Arguments.notNull(runStart, "runStart");
        Arguments.notNegative(slots, "slots");
    }

    /**
     * Makes the context at the start of a run, which has had no slot yet.
     *
     * @param now the current time, which is also the start of the run
     * @return the context
     */
    public static SlotContext first(Instant now) {
        return new SlotContext(now, now, null, null, 0);
    }

    /** {@return the context after an iteration at {@code slot} that took no time} */
    SlotContext ran(Instant slot) {
        return ComingSlots.ran(this, slot);
    }

    /** {@return the context after a slot that a search passed over; such a slot does not count} */
    SlotContext passed(Instant slot) {
        return new SlotContext(InstantMath.later(now, slot), runStart, slot, slot, slots);
    }

    /** {@return the context of a run that began at {@code start} and has had no slot since} */
    SlotContext startedAt(Instant start) {
        return new SlotContext(now, start, null, null, slots);
    }

    /** {@return this context, as if the run had begun at {@code start}} */
    SlotContext withRunStart(Instant start) {
        return new SlotContext(now, start, lastSlot, lastEnd, slots);
    }
}
