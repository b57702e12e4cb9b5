package dev.vloop.vthreads;

import dev.vloop.MissedSlots;
import dev.vloop.Schedule;
import dev.vloop.SlotContext;
import dev.vloop.internal.SafeText;
import dev.vloop.spi.Host;
import dev.vloop.spi.IntervalSchedule;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Slots of any schedule. A schedule that follows the wall clock is asked with the times of that clock. A monotonic one is asked with
 * instants that never jump: those of a single {@link ClockReading}.
 */
final class ScheduleTimetable implements Timetable {
    private final Host host;
    private final Schedule schedule;

    /** Translates the schedule's instants; null for a schedule that follows the wall clock. */
    private final @Nullable ClockReading reading;

    /** When the run began, its initial delay included. */
    private final Instant runStart;

    /** The slot of the last iteration, or the last slot that was skipped; null before the first. */
    private @Nullable Instant last;

    /** The next slot; null if there is none. */
    private @Nullable Instant next;

    /** When the last slot's iteration ended; null before the first end. */
    private @Nullable Instant lastEnd;

    /** The first slot that the last call of {@link #skipMissed} skipped, if it skipped any. */
    private @Nullable Instant firstSkipped;

    /** How many slots there were, those skipped included. */
    private long slots;

    /** Whether the next slot counts as on time however late it is, as a change of the schedule made it due. */
    private boolean excused;

    ScheduleTimetable(Host host, Schedule schedule, long initialDelay) {
        this(host, schedule, SlotContext.first(Nanos.plus(host.instant(), initialDelay)));
        next = following(max(now(), runStart));
    }

    private ScheduleTimetable(Host host, Schedule schedule, SlotContext past) {
        this.host = host;
        this.schedule = schedule;
        this.reading = schedule.isMonotonic() ? ClockReading.at(host) : null;
        this.runStart = past.runStart();
        this.last = past.lastSlot();
        this.lastEnd = past.lastEnd();
        this.slots = past.slots();
    }

    static Timetable after(Host host, Schedule schedule, SlotContext past, MissedSlots policy) {
        if (schedule instanceof IntervalSchedule interval && IntervalTimetable.fits(interval)) {
            return IntervalTimetable.after(host, interval, past, policy);
        }
        ScheduleTimetable timetable = new ScheduleTimetable(host, schedule, past);
        timetable.resume(policy);
        return timetable;
    }

    /** Goes on from the last slot of another timetable. */
    private void resume(MissedSlots policy) {
        Instant now = now();
        next = following(max(now, runStart));
        if (next == null || next.isAfter(now) || MissedPolicy.keepsPassedSlotsOfNewSchedule(policy)) {
            return;
        }
        excused = true;
        for (Instant later = next; later != null && !later.isAfter(now); later = afterNext()) {
            if (!later.equals(next)) {
                advance(later);
            }
        }
    }

    private Instant now() {
        return at(host.nanoTime());
    }

    /** {@return the time of the schedule's clock: the wall clock is read, a monotonic time is translated} */
    private Instant at(long now) {
        return reading == null ? host.instant() : reading.toInstant(now);
    }

    private static Instant max(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    /** Asks the schedule for the slot after the last one. */
    private @Nullable Instant following(Instant now) {
        return ask(now, last, slots);
    }

    /** Asks the schedule for the slot after the next one. */
    private @Nullable Instant afterNext() {
        return ask(now(), next, slots + 1);
    }

    private @Nullable Instant ask(Instant now, @Nullable Instant after, long past) {
        Instant slot = schedule.next(new SlotContext(now, runStart, after, lastEnd, past));
        if (slot != null && after != null && !slot.isAfter(after)) {
            throw new IllegalStateException("schedule " + SafeText.of(schedule) + " returned " + slot
                    + ", which is not after its last slot " + after);
        }
        return slot;
    }

    /** The next slot passes, and this one comes after it. */
    private void advance(@Nullable Instant later) {
        last = next;
        next = later;
        slots++;
    }

    @Override
    public boolean isExhausted() {
        return next == null;
    }

    @Override
    public boolean isDue(long now) {
        return next != null && !at(now).isBefore(next);
    }

    @Override
    public long deadline() {
        if (next == null) {
            return Host.NEVER;
        }
        return reading == null ? ClockReading.at(host).toNano(next) : reading.toNano(next);
    }

    @Override
    public boolean asksSchedule() {
        return true;
    }

    @Override
    public boolean followsWallClock() {
        return reading == null;
    }

    @Override
    public long skipMissed(MissedSlots policy, long maxLateness, boolean waited, long nano) {
        if (excused || next == null) {
            return 0;
        }
        Instant now = at(nano);
        boolean onTime = MissedPolicy.isOnTime(waited, Nanos.between(next, now));
        firstSkipped = next;
        long skipped = 0;
        while (next != null && next.isBefore(now)) {
            MissedPolicy.Runs runs = Nanos.between(next, now) > maxLateness
                    ? MissedPolicy.Runs.NONE
                    : MissedPolicy.choose(policy, onTime && skipped == 0);
            if (runs == MissedPolicy.Runs.OLDEST) {
                break;
            }
            Instant later = afterNext();
            if (runs == MissedPolicy.Runs.LATEST && (later == null || later.isAfter(now))) {
                break;
            }
            advance(later);
            skipped++;
        }
        return skipped;
    }

    @Override
    public Instant firstSkipped(RuntimeClock clock, long skipped) {
        Instant slot = firstSkipped;
        if (slot == null) {
            throw new IllegalStateException("nothing was skipped");
        }
        return reading == null ? slot : clock.instantOf(reading.toNano(slot));
    }

    /** The schedule is asked again at the end of the iteration, which may matter to it. */
    @Override
    public @Nullable Instant preview() {
        try {
            return afterNext();
        } catch (RuntimeException e) {
            return null; // it will throw again at the end of the iteration, and fail the run
        }
    }

    @Override
    public void beginSlot(@Nullable Instant following) {
        advance(following);
        excused = false;
    }

    @Override
    public void endSlot(long nano) {
        Instant now = at(nano);
        lastEnd = now;
        next = following(now);
    }

    @Override
    public void refreshNext() {
        next = following(now());
    }

    @Override
    public void dropPassed(long nano) {
        Instant now = at(nano);
        while (next != null && next.isBefore(now)) {
            advance(afterNext());
        }
    }

    @Override
    public Timetable changed(Host sameHost, Schedule other, MissedSlots policy) {
        SlotContext past =
                new SlotContext(host.instant(), shownNow(runStart), shownOrNull(last), shownOrNull(lastEnd), slots);
        return after(host, other, past, policy);
    }

    private @Nullable Instant shownOrNull(@Nullable Instant time) {
        return time == null ? null : shownNow(time);
    }

    private Instant shownNow(Instant time) {
        return reading == null ? time : ClockReading.at(host).toInstant(reading.toNano(time));
    }

    @Override
    public long lastNano() {
        return reading == null || last == null ? -1 : reading.toNano(last);
    }

    @Override
    public @Nullable Instant lastInstant() {
        return reading == null ? last : null;
    }

    @Override
    public long nextNano() {
        return nextInstant() != null || next == null ? -1 : deadline();
    }

    /** A slot too far away for nanoseconds is an instant, too. */
    @Override
    public @Nullable Instant nextInstant() {
        return reading == null || deadline() == Host.NEVER ? next : null;
    }
}
