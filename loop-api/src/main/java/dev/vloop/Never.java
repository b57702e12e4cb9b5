package dev.vloop;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** No slot at all, but the run goes on: its only iterations are triggered ones. */
record Never() implements Seekable {
    /** A slot that does not come. The engine waits for it without an end, and shows that there is no next slot. */
    static final Instant SLOT = Instant.MAX;

    @Override
    public boolean isMonotonic() {
        return true;
    }

    @Override
    public @Nullable Instant next(SlotContext at) {
        return SLOT.equals(at.lastSlot()) ? null : SLOT;
    }

    @Override
    public @Nullable Instant nextAfter(SlotContext at, Instant bound) {
        return bound.isBefore(SLOT) ? SLOT : null;
    }

    @Override
    public String toString() {
        return "never";
    }
}
