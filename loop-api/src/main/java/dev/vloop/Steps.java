package dev.vloop;

import dev.vloop.internal.SafeText;
import dev.vloop.internal.SlotOrder;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The slots of a user's own schedule. It is asked step by step from the last slot of the run on, because each slot may depend on the
 * one before it.
 */
final class Steps implements SlotCursor {
    private final Schedule schedule;
    private final Instant bound;
    private SlotContext context;

    Steps(Schedule schedule, SlotContext at, Instant bound) {
        this.schedule = schedule;
        this.bound = bound;
        this.context = at;
    }

    @Override
    public @Nullable Instant next() {
        for (int i = 0; i < Seekable.MAX_STEPS; i++) {
            Instant slot = schedule.next(context);
            if (slot == null) {
                return null;
            }
            if (slot.isAfter(bound)) {
                SlotOrder.requireAfter(schedule, context.lastSlot(), slot);
                context = context.passed(slot);
                return slot;
            }
            SlotOrder.requireAfter(schedule, context.lastSlot(), slot);
            context = context.passed(slot);
            SlotCursor.checkInterrupt(i, schedule);
        }
        throw new IllegalStateException("schedule " + SafeText.of(schedule) + " had " + Seekable.MAX_STEPS
                + " slots and none after " + bound + ": gave up");
    }
}
