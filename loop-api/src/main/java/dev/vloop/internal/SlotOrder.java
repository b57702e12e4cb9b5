package dev.vloop.internal;

import dev.vloop.Schedule;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Refuses slots that do not come one after the other: a loop, or a search, that went on from one would never end. */
public final class SlotOrder {
    private SlotOrder() {}

    /**
     * Refuses a slot that is not after the last one.
     *
     * @param schedule returned the slot
     * @param last null if there was none
     * @param slot what comes after it
     * @throws IllegalStateException if it does not come after it
     */
    public static void requireAfter(Schedule schedule, @Nullable Instant last, Instant slot) {
        if (last != null && !slot.isAfter(last)) {
            throw new IllegalStateException("schedule " + SafeText.of(schedule) + " returned " + slot
                    + ", which is not after its last slot " + last);
        }
    }
}
