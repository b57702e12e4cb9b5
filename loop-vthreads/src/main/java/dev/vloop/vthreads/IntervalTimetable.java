package dev.vloop.vthreads;

import dev.vloop.MissedSlots;
import dev.vloop.Schedule;
import dev.vloop.SlotContext;
import dev.vloop.spi.Host;
import dev.vloop.spi.IntervalSchedule;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Slots an interval apart on the monotonic clock, in plain nanoseconds: no objects, and no search for what was missed. */
final class IntervalTimetable implements Timetable {
    private static final Duration LONGEST = Duration.ofDays(36_500);
    private static final long NONE = -1;

    private final long interval;
    private final long start;

    private long last = NONE;
    private long next;
    private long slots;
    private long lastEnd = NONE;

    /** The next slot counts as on time however late it is: it is the first, or became due by a change of the schedule. */
    private boolean excused;

    IntervalTimetable(IntervalSchedule schedule, long start) {
        this.interval = Nanos.of(schedule.interval());
        this.start = start;
        this.next = start;
    }

    /** {@return whether slots of this schedule fit into nanoseconds} */
    static boolean fits(IntervalSchedule schedule) {
        return schedule.interval().compareTo(LONGEST) <= 0;
    }

    @Override
    public boolean isExhausted() {
        return false;
    }

    @Override
    public boolean isDue(long now) {
        return now >= next;
    }

    @Override
    public long deadline() {
        return next;
    }

    @Override
    public boolean asksSchedule() {
        return false;
    }

    @Override
    public boolean followsWallClock() {
        return false;
    }

    @Override
    public long skipMissed(MissedSlots policy, long maxLateness, boolean waited, long now) {
        if (excused) {
            return 0;
        }
        long late = now - next;
        if (late <= 0) {
            return 0;
        }
        long skipped = 0;
        if (policy == MissedSlots.RUN_ONCE) {
            skipped = late / interval;
        } else if (policy == MissedSlots.SKIP && !(waited && late <= TOLERANCE)) {
            skipped = upTo(late);
        }
        if (late - skipped * interval > maxLateness) {
            skipped = upTo(late - maxLateness);
        }
        skip(skipped);
        return skipped;
    }

    /** {@return how many slots lie within a time that begins at the next slot and ends before, not at, {@code length}} */
    private long upTo(long length) {
        return (length - 1) / interval + 1;
    }

    private void skip(long count) {
        if (count == 0) {
            return;
        }
        next += count * interval; // no overflow: at most an interval after now
        last = next - interval;
        slots += count;
    }

    @Override
    public Instant firstSkipped(Timeline timeline, long skipped) {
        return timeline.instantOf(next - skipped * interval);
    }

    @Override
    public void begin() {
        last = next;
        next = Nanos.plus(next, interval);
        slots++;
        excused = false;
    }

    @Override
    public void ended(long nano) {
        lastEnd = nano;
    }

    @Override
    public void confirm() {}

    @Override
    public void dropPassed(long now) {
        long passed = now - next;
        if (passed > 0) {
            skip(upTo(passed));
        }
    }

    @Override
    public Timetable changed(Host host, Schedule schedule, boolean all) {
        if (!(schedule instanceof IntervalSchedule other) || !fits(other)) {
            Anchor now = Anchor.at(host);
            SlotContext past =
                    new SlotContext(now.instant, now.toInstant(start), shown(now, last), shown(now, lastEnd), slots);
            return ScheduleTimetable.after(host, schedule, past, all);
        }
        IntervalTimetable changed = new IntervalTimetable(other, start);
        changed.resume(host.nanoTime(), last, lastEnd, slots, all);
        return changed;
    }

    private static @Nullable Instant shown(Anchor now, long nano) {
        return nano == NONE ? null : now.toInstant(nano);
    }

    static Timetable after(Host host, IntervalSchedule schedule, SlotContext past, boolean all) {
        Anchor now = Anchor.at(host);
        IntervalTimetable timetable = new IntervalTimetable(schedule, now.toNano(past.runStart()));
        timetable.resume(now.nano, nano(now, past.lastSlot()), nano(now, past.lastEnd()), past.slots(), all);
        return timetable;
    }

    private static long nano(Anchor now, @Nullable Instant instant) {
        return instant == null ? NONE : now.toNano(instant);
    }

    /** Continues after a last slot of another timetable. */
    private void resume(long now, long lastSlot, long end, long pastSlots, boolean all) {
        slots = pastSlots;
        last = lastSlot;
        lastEnd = end;
        if (lastSlot != NONE) {
            next = Nanos.plus(lastSlot, interval);
        }
        long passed = now - next;
        if (passed < 0 || all) {
            return;
        }
        excused = true;
        next += passed / interval
                * interval; // the latest slot that has passed; none of those before it was ever waited for
    }

    @Override
    public long lastNano() {
        return last;
    }

    @Override
    public @Nullable Instant lastInstant() {
        return null;
    }

    @Override
    public long nextNano() {
        return next;
    }

    @Override
    public @Nullable Instant nextInstant() {
        return null;
    }
}
