package dev.vloop.spi;

import dev.vloop.Schedule;
import dev.vloop.SlotContext;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A schedule that can count its slots in a stretch of time without going through them one by one. After a long pause an engine skips
 * a billion slots of it as quickly as one.
 *
 * <p>Implementations are immutable.
 */
public interface CountableSchedule extends Schedule {
    /**
     * Counts the slots after the last one and before a bound.
     *
     * @param at where the run is
     * @param bound the end of the stretch; a slot at this very instant is not counted
     * @param most at most how many to count; not negative
     * @return how many there are, and the last of them; null if this schedule has to be asked slot by slot after all
     */
    @Nullable
    Passed pass(SlotContext at, Instant bound, long most);

    /**
     * Slots that were counted.
     *
     * @param slots how many
     * @param last the last of them; null if there are none
     */
    record Passed(long slots, @Nullable Instant last) {
        /** No slots. */
        public static final Passed NONE = new Passed(0, null);
    }
}
