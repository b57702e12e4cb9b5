package dev.vloop;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The slots of a schedule that finds each of them from any bound at the same cost. */
final class SeekingCursor implements SlotCursor {
    private final Schedule schedule;
    private final SlotContext at;

    /** The slot that was returned last, at first the bound; null if there are no more. */
    private @Nullable Instant last;

    SeekingCursor(Schedule schedule, SlotContext at, Instant bound) {
        this.schedule = schedule;
        this.at = at;
        this.last = bound;
    }

    @Override
    public @Nullable Instant next() {
        if (last != null) {
            last = Seekable.seek(schedule, at, last);
        }
        return last;
    }
}
