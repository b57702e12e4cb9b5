package dev.vloop.internal;

import dev.vloop.Schedule;
import dev.vloop.SlotContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Lists the slots that a run is to have, as if its iterations took no time. */
public final class ComingSlots {
    private ComingSlots() {}

    /**
     * Asks a schedule for one slot after the other.
     *
     * @param at where the run is
     * @param most at most how many; not negative
     * @return the slots in order; a slot that never comes is not among them
     * @throws IllegalStateException if a slot is not after the one before it
     */
    public static List<Instant> list(Schedule schedule, SlotContext at, int most) {
        List<Instant> slots = new ArrayList<>();
        SlotContext context = at;
        while (slots.size() < most) {
            Instant slot = schedule.next(context);
            if (slot == null || slot.equals(Instant.MAX)) { // which stands for one that never comes
                break;
            }
            SlotOrder.requireAfter(schedule, context.lastSlot(), slot);
            slots.add(slot);
            context = ran(context, slot);
        }
        return List.copyOf(slots);
    }

    /** {@return the context after an iteration at {@code slot} that took no time} */
    public static SlotContext ran(SlotContext at, Instant slot) {
        Instant now = slot.isAfter(at.now()) ? slot : at.now();
        return new SlotContext(now, at.runStart(), slot, slot, at.slots() + 1);
    }
}
