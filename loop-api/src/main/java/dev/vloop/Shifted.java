package dev.vloop;

import dev.vloop.internal.Arguments;
import dev.vloop.spi.CountableSchedule;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Every slot a delay later. To find one, it asks the schedule about a time that is earlier by the delay. */
record Shifted(Schedule schedule, Duration delay) implements Derived, CountableSchedule {
    Shifted {
        Arguments.notNegative(delay, "delay");
    }

    @Override
    public @Nullable Instant next(SlotContext at) {
        return InstantMath.shift(schedule.next(earlier(at)), delay);
    }

    @Override
    public @Nullable Instant nextAfter(SlotContext at, Instant bound) {
        return InstantMath.shift(Seekable.seek(schedule, earlier(at), InstantMath.minus(bound, delay)), delay);
    }

    @Override
    public SlotCursor cursor(SlotContext at, Instant bound) {
        SlotCursor slots = Seekable.cursor(schedule, earlier(at), InstantMath.minus(bound, delay));
        return () -> InstantMath.shift(slots.next(), delay);
    }

    @Override
    public @Nullable Passed pass(SlotContext at, Instant bound, long most) {
        Passed passed = Grid.pass(schedule, earlier(at), InstantMath.minus(bound, delay), most);
        return passed == null ? null : new Passed(passed.slots(), InstantMath.plus(passed.last(), delay));
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
