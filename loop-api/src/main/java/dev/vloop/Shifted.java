package dev.vloop;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Every slot a delay later: the schedule is asked about a time that much earlier. */
final class Shifted extends Derived {
    private final Duration delay;

    Shifted(Schedule schedule, Duration delay) {
        super(schedule, delay);
        Times.notNegative(delay, "delay");
        this.delay = delay;
    }

    @Override
    public @Nullable Instant next(SlotContext at) {
        return Times.plus(schedule.next(earlier(at)), delay);
    }

    @Override
    public @Nullable Instant nextAfter(SlotContext at, Instant bound) {
        return Times.plus(Seekable.seek(schedule, earlier(at), Times.minus(bound, delay)), delay);
    }

    /** The start of the run stays when the slots are counted from there. */
    private SlotContext earlier(SlotContext at) {
        Instant last = at.lastSlot();
        Instant end = at.lastEnd();
        return new SlotContext(
                Times.minus(at.now(), delay),
                isMonotonic() ? at.runStart() : Times.minus(at.runStart(), delay),
                last == null ? null : Times.minus(last, delay),
                end == null ? null : Times.minus(end, delay),
                at.slots());
    }

    @Override
    public String toString() {
        return schedule + ".shiftedBy(" + delay + ")";
    }
}
