package dev.vloop;

import dev.vloop.internal.SafeText;
import java.time.Instant;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * Goes through the slots of a schedule in order. What it costs to find a slot from the one before it does not depend on how long the
 * way was, so a schedule that is made of others adds up their costs and does not multiply them.
 *
 * <p>Used by one thread.
 */
interface SlotCursor {
    /** How many steps a search makes before it looks again whether its thread was interrupted. */
    int STEPS_BETWEEN_LOOKS = 1_024;

    /** {@return the next slot; null if there are no more} */
    @Nullable
    Instant next();

    /**
     * Ends a long search for a slot if its thread was interrupted: an interrupt cancels a loop.
     *
     * @param step the number of the step; it looks only now and then
     */
    static void checkInterrupt(int step, Schedule schedule) {
        if (step % STEPS_BETWEEN_LOOKS == STEPS_BETWEEN_LOOKS - 1
                && Thread.currentThread().isInterrupted()) {
            throw new CancellationException("interrupted in a search for the next slot of " + SafeText.of(schedule));
        }
    }
}
