package dev.vloop.vthreads;

import static java.util.Objects.requireNonNull;

import dev.vloop.Schedule;
import dev.vloop.SlotContext;
import dev.vloop.internal.ComingSlots;
import dev.vloop.internal.SlotOrder;
import dev.vloop.spi.CalendarSchedule;
import dev.vloop.spi.CountableSchedule;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The slots of one run, as its schedule tells them: the last one, the next one, and how to pass over many. It knows no clock. Used by the
 * loop's thread only.
 *
 * <p>A billion slots of a known grid are passed over at once. Those of another schedule are asked for one by one, and such a search ends
 * when its limit is reached.
 */
final class SlotSequence {
    /** How many steps a search makes before it looks at the control word again. */
    private static final int STEPS_BETWEEN_LOOKS = 1_024;

    private final Schedule schedule;

    /** Ends a long search, for example as the run is to end. */
    private final SearchLimit limit;

    /** When the run began, its initial delay included. */
    private Instant runStart;

    /** The slot of the last iteration, or the last slot that was skipped; null before the first. */
    private @Nullable Instant last;

    /** The next slot; null if there is none. */
    private @Nullable Instant next;

    /** When the last slot's iteration ended; null before the first end. */
    private @Nullable Instant lastEnd;

    /** How many slots there were, those skipped included. */
    private long slots;

    SlotSequence(Schedule schedule, SearchLimit limit, SlotContext past) {
        this.schedule = schedule;
        this.limit = limit;
        this.runStart = past.runStart();
        this.last = past.lastSlot();
        this.lastEnd = past.lastEnd();
        this.slots = past.slots();
    }

    Instant runStart() {
        return runStart;
    }

    @Nullable
    Instant last() {
        return last;
    }

    @Nullable
    Instant lastEnd() {
        return lastEnd;
    }

    @Nullable
    Instant next() {
        return next;
    }

    long slots() {
        return slots;
    }

    /** {@return whether there is a next slot, and it is before an instant} */
    boolean isNextBefore(Instant bound) {
        return next != null && next.isBefore(bound);
    }

    /** Asks the schedule for the slot after the last one, and makes it the next. */
    void findNext(Instant now) {
        next = ask(now, last, slots);
    }

    /** Makes this slot the next one, as it was computed before. */
    void goOnAt(Instant slot) {
        next = slot;
    }

    /** Makes the first slot that is not before an instant the next one. Slots that it passes over do not count. */
    void findNextFrom(Instant bound) {
        if (schedule instanceof CalendarSchedule calendar) {
            Instant before = bound.equals(Instant.MIN) ? bound : bound.minusNanos(1);
            next = calendar.nextAfter(last == null || last.isBefore(before) ? before : last);
            return;
        }
        Instant slot = ask(bound, last, slots);
        for (int step = 0; slot != null && slot.isBefore(bound); step++) {
            checkEnd(step);
            slot = ask(bound, slot, slots);
        }
        next = slot;
    }

    /** Asks the schedule for the slot after the next one. Changes nothing. */
    @Nullable
    Instant afterNext(Instant now) {
        return ask(now, next, slots + 1);
    }

    /** Any thread. {@return the slots after the next one, as they come if iterations take no time} Changes nothing. */
    List<Instant> following(Instant now, int most) {
        Instant slot = next;
        return slot == null
                ? List.of()
                : ComingSlots.list(
                        schedule, new SlotContext(Nanos.later(now, slot), runStart, slot, slot, slots + 1), most);
    }

    /** The next slot becomes the last one, and this one comes after it. */
    void passTo(@Nullable Instant following) {
        last = next;
        next = following;
        slots++;
    }

    void ended(Instant end) {
        lastEnd = end;
    }

    /** Moves all that has happened by a length of time: the clock was set. */
    void moveBy(long nanos) {
        runStart = Nanos.plus(runStart, nanos);
        last = last == null ? null : Nanos.plus(last, nanos);
        lastEnd = lastEnd == null ? null : Nanos.plus(lastEnd, nanos);
    }

    /** Skips the slots before an instant. {@return how many they were} */
    long skipBefore(Instant bound, Instant now) {
        if (!isNextBefore(bound)) {
            return 0;
        }
        long skipped = leapBefore(bound, now);
        for (int step = 0; isNextBefore(bound); step++) {
            checkEnd(step);
            passTo(afterNext(now));
            skipped++;
        }
        return skipped;
    }

    /** Skips the slots up to an instant, itself included, except for the latest of them. {@return how many they were} */
    long skipToLatest(Instant now) {
        if (!isNextBefore(now)) {
            return 0;
        }
        long skipped = leapBefore(now.plusNanos(1), now);
        for (int step = 0; isNextBefore(now); step++) {
            checkEnd(step);
            Instant later = afterNext(now);
            if (later == null || later.isAfter(now)) {
                break;
            }
            passTo(later);
            skipped++;
        }
        return skipped;
    }

    /** On a known grid, makes the last slot before an instant the next one. {@return how many slots it skipped} */
    private long leapBefore(Instant bound, Instant now) {
        if (!(schedule instanceof CountableSchedule grid)) {
            return 0;
        }
        SlotContext from = new SlotContext(now, runStart, next, lastEnd, slots + 1);
        CountableSchedule.Passed passed = grid.pass(from, bound, Long.MAX_VALUE);
        if (passed == null || passed.slots() == 0) {
            return 0;
        }
        CountableSchedule.Passed butOne = requireNonNull(grid.pass(from, bound, passed.slots() - 1));
        last = butOne.last() == null ? next : butOne.last();
        next = passed.last();
        slots += passed.slots();
        return passed.slots();
    }

    private @Nullable Instant ask(Instant now, @Nullable Instant after, long past) {
        Instant slot = schedule.next(new SlotContext(now, runStart, after, lastEnd, past));
        if (slot != null) {
            SlotOrder.requireAfter(schedule, after, slot);
        }
        return slot;
    }

    private void checkEnd(int step) {
        if (step % STEPS_BETWEEN_LOOKS == STEPS_BETWEEN_LOOKS - 1 && limit.isReached()) {
            throw new SearchEnded();
        }
    }
}
