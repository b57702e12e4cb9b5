package dev.vloop.vthreads;

import dev.vloop.MissedSlots;
import dev.vloop.Schedule;
import dev.vloop.SlotContext;
import dev.vloop.spi.Host;
import dev.vloop.spi.IntervalSchedule;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Slots at a fixed interval on the monotonic clock. It computes in nanoseconds: without objects, and without a search for slots that were
 * missed.
 */
final class IntervalTimetable implements Timetable {
    /** Longer intervals go to {@link ScheduleTimetable}: nanoseconds in a long reach 292 years. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    /** Stands for a monotonic time that there is not. */
    private static final long NONE = -1;

    /** In nanoseconds. */
    private final long interval;

    /** When the run began, its initial delay included: a monotonic time, as are the others. */
    private final long start;

    /** The slot of the last iteration, or the last slot that was skipped; {@link #NONE} before the first. */
    private long last = NONE;

    /** The next slot. */
    private long next;

    /** How many slots there were, those skipped included. */
    private long slots;

    /** When the last slot's iteration ended; {@link #NONE} before the first end. Only a new schedule may ask for it. */
    private long lastEnd = NONE;

    /** Whether the next slot counts as on time however late it is, because a change of the schedule made it due. */
    private boolean excused;

    IntervalTimetable(IntervalSchedule schedule, long start) {
        this.interval = Nanos.of(schedule.interval());
        this.start = start;
        this.next = start;
    }

    /** {@return whether the slots of a schedule can be told in nanoseconds} */
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
        long skipped = switch (MissedPolicy.choose(policy, MissedPolicy.isOnTime(waited, late))) {
            case OLDEST -> 0;
            case LATEST -> late / interval;
            case NONE -> upTo(late);
        };
        if (late - skipped * interval > maxLateness) {
            skipped = upTo(late - maxLateness);
        }
        skip(skipped);
        return skipped;
    }

    /** {@return how many slots there are from the next one on, it included, in less than this many nanoseconds} */
    private long upTo(long length) {
        return (length - 1) / interval + 1;
    }

    private void skip(long count) {
        if (count == 0) {
            return;
        }
        next += count * interval; // does not overflow: it is at most an interval after now
        last = next - interval;
        slots += count;
    }

    @Override
    public Instant firstSkipped(RuntimeClock clock, long skipped, long kept) {
        return clock.instantOf(next - (skipped + kept) * interval);
    }

    @Override
    public @Nullable Instant preview() {
        return null; // the next slot is computed
    }

    @Override
    public void beginSlot(@Nullable Instant following) {
        last = next;
        next = Nanos.plus(next, interval);
        slots++;
        excused = false;
    }

    @Override
    public void endSlot(long nano) {
        lastEnd = nano;
    }

    @Override
    public void refreshNext() {}

    @Override
    public void dropPassed(long now) {
        long passed = now - next;
        if (passed > 0) {
            skip(upTo(passed));
        }
    }

    @Override
    public long serve(long attemptBegan) {
        long passed = attemptBegan - next;
        if (passed < 0) {
            return 0;
        }
        long skipped = passed / interval;
        skip(skipped + 1);
        return skipped;
    }

    @Override
    public Timetable changed(Host host, SearchLimit limit, Schedule schedule, MissedSlots policy) {
        if (!(schedule instanceof IntervalSchedule other) || !fits(other)) {
            ClockReading now = ClockReading.at(host);
            SlotContext past =
                    new SlotContext(now.instant(), now.toInstant(start), shown(now, last), shown(now, lastEnd), slots);
            return ScheduleTimetable.after(host, limit, schedule, past, policy, schedule.isMonotonic());
        }
        IntervalTimetable changed = new IntervalTimetable(other, start);
        changed.resume(host.nanoTime(), last, lastEnd, slots, policy);
        return changed;
    }

    private static @Nullable Instant shown(ClockReading now, long nano) {
        return nano == NONE ? null : now.toInstant(nano);
    }

    static Timetable after(Host host, IntervalSchedule schedule, SlotContext past, MissedSlots policy) {
        ClockReading now = ClockReading.at(host);
        IntervalTimetable timetable = new IntervalTimetable(schedule, now.toNano(past.runStart()));
        timetable.resume(now.nano(), nano(now, past.lastSlot()), nano(now, past.lastEnd()), past.slots(), policy);
        return timetable;
    }

    private static long nano(ClockReading now, @Nullable Instant instant) {
        return instant == null ? NONE : now.toNano(instant);
    }

    /** Goes on from the last slot of another timetable. */
    private void resume(long now, long lastSlot, long end, long pastSlots, MissedSlots policy) {
        slots = pastSlots;
        last = lastSlot;
        lastEnd = end;
        if (lastSlot != NONE) {
            next = Nanos.plus(lastSlot, interval);
        }
        long passed = now - next;
        if (passed < 0 || MissedPolicy.keepsPassedSlotsOfNewSchedule(policy)) {
            return;
        }
        excused = true;
        next += passed / interval * interval; // the latest slot that has passed
    }

    @Override
    public List<Instant> afterNext(RuntimeClock clock, int most) {
        List<Instant> slots = new ArrayList<>();
        for (long slot = Nanos.plus(next, interval);
                slots.size() < most && slot != Host.NEVER;
                slot = Nanos.plus(slot, interval)) {
            slots.add(clock.instantOf(slot));
        }
        return slots;
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
