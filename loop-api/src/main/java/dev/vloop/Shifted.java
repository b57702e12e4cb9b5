package dev.vloop;

import dev.vloop.internal.Arguments;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Every slot a delay later. To find one, it asks the schedule about a time that is earlier by the delay. */
record Shifted(Schedule schedule, Duration delay) implements Derived {
    Shifted {
        Arguments.notNegative(delay, "delay");
    }

    @Override
    public @Nullable Instant next(SlotContext at) {
        return InstantMath.plus(schedule.next(earlier(at)), delay);
    }

    @Override
    public @Nullable Instant nextAfter(SlotContext at, Instant bound) {
        return InstantMath.plus(Seekable.seek(schedule, earlier(at), InstantMath.minus(bound, delay)), delay);
    }

    /** A monotonic schedule counts its slots from the start of the run, so its start stays where it is. */
    private SlotContext earlier(SlotContext at) {
        Instant last = at.lastSlot();
        Instant end = at.lastEnd();
        return new SlotContext(
                InstantMath.minus(at.now(), delay),
                isMonotonic() ? at.runStart() : InstantMath.minus(at.runStart(), delay),
                last == null ? null : InstantMath.minus(last, delay),
                end == null ? null : InstantMath.minus(end, delay),
                at.slots());
    }

    @Override
    public String toString() {
        return schedule + ".shiftedBy(" + delay + ")";
    }
}
