package dev.vloop.vthreads;

import dev.vloop.MissedSlots;
import dev.vloop.Schedule;
import dev.vloop.SlotContext;
import dev.vloop.internal.WallClockBound;
import dev.vloop.spi.Host;
import dev.vloop.spi.IntervalSchedule;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Slots of any schedule. A schedule that follows the wall clock is asked with the times of that clock. A monotonic one is asked with
 * instants that never jump: those of a single {@link ClockReading}. If the wall clock says which of its slots there are, as with a
 * window, there is a new reading when that clock was set, and the slots keep their distances.
 */
final class ScheduleTimetable implements Timetable {
    private static final long NONE = -1;

    private final Host host;

    /** The slots themselves, in the schedule's instants. */
    private final SlotSequence sequence;

    /** Whether the schedule keeps to the monotonic clock. */
    private final boolean monotonic;

    /** Whether it does, and the wall clock says which of its slots there are. */
    private final boolean bound;

    /**
     * How the clocks stand to each other. For a monotonic schedule it translates its instants. For one that depends on the wall clock, it
     * is behind while the clock was set (back, if it follows that clock) and that was not heeded yet.
     */
    private ClockReading reading;

    /** The first slot that the last call of {@link #skipMissed} skipped, if it skipped any. */
    private @Nullable Instant firstSkipped;

    /**
     * When the slot came that the loop first waited for, on the monotonic clock, if the wall clock was set back since; {@link #NONE}
     * otherwise. However often it is set back, the loop waits for the first slot from then on.
     */
    private long notBefore = NONE;

    /** Whether the next slot counts as on time however late it is, because a change of the schedule made it due. */
    private boolean excused;

    ScheduleTimetable(Host host, SearchLimit limit, Schedule schedule, long initialDelay) {
        this(host, limit, schedule, SlotContext.first(Nanos.plus(host.instant(), initialDelay)));
        sequence.findNext(Nanos.later(now(), sequence.runStart()));
    }

    private ScheduleTimetable(Host host, SearchLimit limit, Schedule schedule, SlotContext past) {
        this.host = host;
        this.sequence = new SlotSequence(schedule, limit, past);
        this.monotonic = schedule.isMonotonic();
        this.bound = monotonic && WallClockBound.is(schedule);
        this.reading = ClockReading.at(host);
    }

    /**
     * {@return a timetable that goes on from the last slot of another one}
     *
     * @param sameClock whether the other one kept to the same clock
     */
    static Timetable after(
            Host host, SearchLimit limit, Schedule schedule, SlotContext past, MissedSlots policy, boolean sameClock) {
        MissedSlots passed = sameClock ? policy : MissedSlots.RUN_ONCE;
        if (schedule instanceof IntervalSchedule interval && IntervalTimetable.fits(interval)) {
            return IntervalTimetable.after(host, interval, past, passed);
        }
        ScheduleTimetable timetable = new ScheduleTimetable(host, limit, schedule, past);
        timetable.resume(passed);
        return timetable;
    }

    /** A schedule on the wall clock counts from the change on. Another one goes on from the last slot. */
    private void resume(MissedSlots policy) {
        Instant now = now();
        Instant from = Nanos.later(now, sequence.runStart());
        if (!monotonic) {
            sequence.findNextFrom(from);
            return;
        }
        sequence.findNext(from);
        Instant next = sequence.next();
        if (next == null || next.isAfter(now) || MissedPolicy.keepsPassedSlotsOfNewSchedule(policy)) {
            return;
        }
        excused = true;
        sequence.skipToLatest(now);
    }

    private Instant now() {
        return at(host.nanoTime());
    }

    /**
     * {@return the time of the schedule's clock} A monotonic time is translated, and the wall clock is read. If that was set back, the
     * result is what it would show without that, until {@link #followClock}.
     */
    private Instant at(long now) {
        return monotonic || clockWasMoved() ? reading.toInstant(now) : host.instant();
    }

    @Override
    public boolean isExhausted() {
        return sequence.next() == null;
    }

    @Override
    public boolean isDue(long now) {
        Instant next = sequence.next();
        return next != null && !at(now).isBefore(next);
    }

    @Override
    public long deadline() {
        Instant next = sequence.next();
        if (next == null) {
            return Host.NEVER;
        }
        return (monotonic ? reading : ClockReading.at(host)).toNano(next);
    }

    @Override
    public boolean asksSchedule() {
        return true;
    }

    @Override
    public boolean followsWallClock() {
        return !monotonic || bound;
    }

    @Override
    public long skipMissed(MissedSlots policy, long maxLateness, boolean waited, long nano) {
        Instant next = sequence.next();
        if (excused || next == null) {
            return 0;
        }
        notBefore = NONE;
        Instant now = at(nano);
        firstSkipped = next;
        boolean onTime = MissedPolicy.isOnTime(waited, Nanos.between(next, now));
        long tooLate = maxLateness == Host.NEVER ? 0 : sequence.skipBefore(Nanos.plus(now, -maxLateness), now);
        long skipped = switch (MissedPolicy.choose(policy, onTime && tooLate == 0)) {
            case OLDEST -> 0;
            case LATEST -> sequence.skipToLatest(now);
            case NONE -> sequence.skipBefore(now, now);
        };
        return tooLate + skipped;
    }

    @Override
    public Instant firstSkipped(RuntimeClock clock, long skipped, long kept) {
        Instant slot = firstSkipped;
        if (slot == null) {
            throw new IllegalStateException("nothing was skipped");
        }
        return monotonic ? clock.instantOf(reading.toNano(slot)) : slot;
    }

    /** The schedule is asked again at the end of the iteration, which may matter to it. */
    @Override
    public @Nullable Instant preview() {
        try {
            return sequence.afterNext(now());
        } catch (RuntimeException e) {
            return null; // it will throw again at the end of the iteration, and fail the run
        }
    }

    @Override
    public void beginSlot(@Nullable Instant following) {
        sequence.passTo(following);
        notBefore = NONE;
        excused = false;
    }

    @Override
    public void endSlot(long nano) {
        Instant now = at(nano);
        sequence.ended(now);
        sequence.findNext(now);
    }

    @Override
    public void refreshNext() {
        sequence.findNext(now());
    }

    @Override
    public void dropPassed(long nano) {
        notBefore = NONE;
        Instant now = at(nano);
        sequence.skipBefore(now, now);
    }

    @Override
    public long serve(long attemptBegan) {
        Instant began = (monotonic ? reading : ClockReading.at(host)).toInstant(attemptBegan);
        firstSkipped = sequence.next();
        long skipped = sequence.skipToLatest(began);
        sequence.skipBefore(began.plusNanos(1), now());
        return skipped;
    }

    @Override
    public boolean clockWasMoved() {
        if (monotonic && !bound) {
            return false;
        }
        ClockReading now = reading.refreshed(host);
        if (bound ? now != reading : reading.driftTo(now) < 0) {
            return true;
        }
        reading = now; // if it was set forward, the slots that it passed over are missed ones
        return false;
    }

    /**
     * Moves back all that has happened, by as much as the clock. The next slot is then the first one that does not come earlier, on the
     * monotonic clock, than the one that the loop has waited for. Intervals keep their slots, and find out which of them there are.
     */
    @Override
    public void followClock() {
        ClockReading before = reading;
        reading = ClockReading.at(host);
        Instant awaited = sequence.next();
        Instant lastBefore = sequence.last();
        long drift = before.driftTo(reading);
        sequence.moveBy(drift);
        if (awaited == null) {
            return;
        }
        if (bound) {
            sequence.findNextFrom(Nanos.earlier(Nanos.plus(awaited, drift), reading.instant()));
            return;
        }
        if (notBefore == NONE) {
            notBefore = before.toNano(awaited);
        }
        Instant from = reading.toInstant(Math.max(reading.nano(), notBefore));
        sequence.findNextFrom(from);
        if (from.equals(sequence.next()) && from.equals(lastBefore)) {
            // It was set back by just the distance of two slots. The first of them has run.
            sequence.findNextFrom(from.plusNanos(1));
        }
    }

    @Override
    public Timetable changed(Host sameHost, SearchLimit limit, Schedule other, MissedSlots policy) {
        SlotContext past = new SlotContext(
                host.instant(),
                shownNow(sequence.runStart()),
                shownOrNull(sequence.last()),
                shownOrNull(sequence.lastEnd()),
                sequence.slots());
        return after(host, limit, other, past, policy, other.isMonotonic() == monotonic);
    }

    private @Nullable Instant shownOrNull(@Nullable Instant time) {
        return time == null ? null : shownNow(time);
    }

    private Instant shownNow(Instant time) {
        return monotonic ? ClockReading.at(host).toInstant(reading.toNano(time)) : time;
    }

    @Override
    public List<Instant> afterNext(RuntimeClock clock, int most) {
        ClockReading current = reading;
        List<Instant> slots = sequence.following(now(), most);
        return monotonic
                ? slots.stream()
                        .map(slot -> clock.instantOf(current.toNano(slot)))
                        .toList()
                : slots;
    }

    @Override
    public long lastNano() {
        Instant last = sequence.last();
        return !monotonic || last == null ? -1 : reading.toNano(last);
    }

    @Override
    public @Nullable Instant lastInstant() {
        return monotonic ? null : sequence.last();
    }

    @Override
    public long nextNano() {
        return isNever() || sequence.next() == null || nextInstant() != null ? -1 : deadline();
    }

    /** A slot too far away for nanoseconds is an instant, too. */
    @Override
    public @Nullable Instant nextInstant() {
        return !isNever() && (!monotonic || deadline() == Host.NEVER) ? sequence.next() : null;
    }

    /** {@return whether the loop waits only for triggers, because the schedule never has a slot} */
    private boolean isNever() {
        return Instant.MAX.equals(sequence.next());
    }
}
