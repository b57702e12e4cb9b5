package dev.vloop.vthreads;

import dev.vloop.MissedSlots;
import dev.vloop.Schedule;
import dev.vloop.SlotContext;
import dev.vloop.spi.Host;
import dev.vloop.spi.IntervalSchedule;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Slots of any schedule. One that is monotonic is asked in instants that do not jump: those of an anchor taken once. */
final class ScheduleTimetable implements Timetable {
    private final Host host;
    private final Schedule schedule;

    /** Null for a schedule that follows the wall clock. */
    private final @Nullable Anchor anchor;

    private final Instant runStart;
    private @Nullable Instant last;
    private @Nullable Instant next;
    private @Nullable Instant lastEnd;
    private @Nullable Instant firstSkipped;
    private long slots;

    /** The next slot counts as on time however late it is: it became due by a change of the schedule. */
    private boolean excused;

    ScheduleTimetable(Host host, Schedule schedule, long initialDelay) {
        this(host, schedule, SlotContext.first(Nanos.plus(host.instant(), initialDelay)));
        next = following(max(now(), runStart));
    }

    private ScheduleTimetable(Host host, Schedule schedule, SlotContext past) {
        this.host = host;
        this.schedule = schedule;
        this.anchor = schedule.isMonotonic() ? Anchor.at(host) : null;
        this.runStart = past.runStart();
        this.last = past.lastSlot();
        this.lastEnd = past.lastEnd();
        this.slots = past.slots();
    }

    static Timetable after(Host host, Schedule schedule, SlotContext past, boolean all) {
        if (schedule instanceof IntervalSchedule interval && IntervalTimetable.fits(interval)) {
            return IntervalTimetable.after(host, interval, past, all);
        }
        ScheduleTimetable timetable = new ScheduleTimetable(host, schedule, past);
        timetable.resume(all);
        return timetable;
    }

    private void resume(boolean all) {
        Instant now = now();
        next = following(max(now, runStart));
        if (next == null || next.isAfter(now) || all) {
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

    /** {@return the time of the schedule's clock; the wall clock is asked, as nothing else tells it} */
    private Instant at(long now) {
        return anchor == null ? host.instant() : anchor.toInstant(now);
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
            throw new IllegalStateException(
                    "schedule " + schedule + " returned " + slot + ", which is not after its last slot " + after);
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
        return anchor == null ? Anchor.at(host).toNano(next) : anchor.toNano(next);
    }

    @Override
    public boolean asksSchedule() {
        return true;
    }

    @Override
    public boolean followsWallClock() {
        return anchor == null;
    }

    @Override
    public long skipMissed(MissedSlots policy, long maxLateness, boolean waited, long nano) {
        if (excused || next == null) {
            return 0;
        }
        Instant now = at(nano);
        boolean onTime = Nanos.between(next, now) <= TOLERANCE && waited;
        firstSkipped = next;
        long skipped = 0;
        while (next != null && next.isBefore(now)) {
            boolean skip = Nanos.between(next, now) > maxLateness;
            Instant later = null;
            if (!skip) {
                if (policy == MissedSlots.RUN_ALL || policy == MissedSlots.SKIP && onTime && skipped == 0) {
                    break;
                }
                if (policy == MissedSlots.RUN_ONCE) {
                    later = afterNext();
                    if (later == null || later.isAfter(now)) {
                        break;
                    }
                }
            }
            advance(later != null ? later : afterNext());
            skipped++;
        }
        return skipped;
    }

    @Override
    public Instant firstSkipped(Timeline timeline, long skipped) {
        Instant slot = firstSkipped;
        if (slot == null) {
            throw new IllegalStateException("nothing was skipped");
        }
        return anchor == null ? slot : timeline.instantOf(anchor.toNano(slot));
    }

    @Override
    public void begin() {
        last = next;
        slots++;
        excused = false;
        next = preview();
    }

    /** What is shown as the next slot during the iteration; asked again when it is over, as the answer may depend on its end. */
    private @Nullable Instant preview() {
        try {
            return following(now());
        } catch (RuntimeException e) {
            return null; // the schedule will throw again, and then fail the run
        }
    }

    @Override
    public void ended(long nano) {
        Instant now = at(nano);
        lastEnd = now;
        next = following(now);
    }

    @Override
    public void confirm() {
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
    public Timetable changed(Host sameHost, Schedule other, boolean all) {
        SlotContext past =
                new SlotContext(host.instant(), shownNow(runStart), shownOrNull(last), shownOrNull(lastEnd), slots);
        return after(host, other, past, all);
    }

    private @Nullable Instant shownOrNull(@Nullable Instant time) {
        return time == null ? null : shownNow(time);
    }

    private Instant shownNow(Instant time) {
        return anchor == null ? time : Anchor.at(host).toInstant(anchor.toNano(time));
    }

    @Override
    public long lastNano() {
        return anchor == null || last == null ? -1 : anchor.toNano(last);
    }

    @Override
    public @Nullable Instant lastInstant() {
        return anchor == null ? last : null;
    }

    @Override
    public long nextNano() {
        return nextInstant() != null || next == null ? -1 : deadline();
    }

    /** A slot that is too far for nanoseconds is told as an instant, too. */
    @Override
    public @Nullable Instant nextInstant() {
        return anchor == null || deadline() == Host.NEVER ? next : null;
    }
}
