package dev.vloop.vthreads;

import dev.vloop.LoopState;
import dev.vloop.MissedSlots;
import dev.vloop.spi.Host;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Waits for the slots of a run, and heeds what is asked of it meanwhile. The loop's thread only. */
final class Slots {
    // What a wait ended with.

    static final int SLOT = 0;
    static final int TRIGGER = 1;
    /** The schedule has no further slot. */
    static final int NONE = 2;
    /** The run was stopped or cancelled, or has failed. */
    static final int BROKEN_OFF = 3;

    /** Requests about slots, which are heeded in a wait or before it. */
    private static final int ASIDE = Control.REARM | Control.RESUME | Control.LOOK | Control.ZONES;

    private final Run run;
    private final Host host;

    /** Whether the slot that comes next was waited for; the first counts as waited for. */
    private boolean waited = true;

    /** What goes on beside; null if one iteration comes after the other. */
    private final @Nullable Lanes lanes;

    Slots(Run run, @Nullable Lanes lanes) {
        this.run = run;
        this.host = run.host;
        this.lanes = lanes;
    }

    /** Computes the first slot; false if the run is over. */
    boolean arm() {
        run.forget(Control.REARM);
        return ask(() -> run.setTimetable(Timetable.first(run.schedule(), host, run.options().initialDelay)));
    }

    /** Runs code that asks a schedule, which may take its time, or throw. */
    private boolean ask(Worker.Guarded question) {
        Throwable thrown =
                run.guard(run.state() == LoopState.STARTING ? LoopState.STARTING : LoopState.WAITING, question);
        if (run.has(Control.CANCEL)) return false;
        if (thrown != null) run.fail(thrown);
        return thrown == null;
    }

    /** Waits until an iteration is due, or none is to come; {@return which, SLOT, TRIGGER, NONE or BROKEN_OFF} */
    int await() {
        for (; ; ) {
            int judged = run.word();
            if ((judged & (Control.STOP | Control.CANCEL)) != 0) return BROKEN_OFF;
            if ((judged & ASIDE) != 0) {
                if (!heed(judged)) return BROKEN_OFF;
                continue;
            }
            boolean blocked = lanes != null && lanes.isFull();
            if ((judged & Control.TRIGGER) != 0 && !blocked) {
                if (run.take(judged, Control.TRIGGER)) return TRIGGER;
                continue;
            }
            Timetable timetable = run.timetable();
            boolean paused = run.loop().isPaused();
            if (!paused && !blocked) {
                if (timetable.isExhausted()) return NONE;
                if (timetable.isDue()) {
                    if (!skipMissed(timetable)) return BROKEN_OFF;
                    waited = true; // whatever is left lies ahead
                    if (timetable.isDue()) return SLOT;
                    continue;
                }
            }
            run.progress.next(timetable);
            if (!run.become(judged, paused ? LoopState.PAUSED : LoopState.WAITING)) continue;
            host.park(paused || blocked ? Host.NEVER : timetable.deadline());
            waited = !blocked;
            if (Thread.interrupted()) run.request(Control.CANCEL, 0); // none of ours: a wake-up does not interrupt
        }
    }

    /** Takes requests about slots off the word, and does as they say. */
    private boolean heed(int judged) {
        if (!run.take(judged, ASIDE)) return true;
        if ((judged & Control.REARM) != 0) {
            boolean all = run.options().missed == MissedSlots.RUN_ALL;
            if (!ask(() -> run.setTimetable(run.timetable().changed(run.schedule(), all)))) return false;
        }
        if ((judged & Control.ZONES) != 0 && !ask(() -> run.timetable().confirm())) return false;
        if ((judged & Control.RESUME) != 0 && !run.loop().isPaused())
            return ask(() -> run.timetable().dropPassed());
        return true;
    }

    private boolean skipMissed(Timetable timetable) {
        Options options = run.options();
        if (!timetable.asksSchedule()) {
            report(timetable.skipMissed(options.missed, options.maxLateness, waited));
            return true;
        }
        long[] skipped = {0};
        boolean answered = ask(() -> skipped[0] = timetable.skipMissed(options.missed, options.maxLateness, waited));
        report(skipped[0]);
        return answered;
    }

    private void report(long skipped) {
        if (skipped == 0) return;
        run.progress.missed(skipped);
        VirtualLoop loop = run.loop();
        Listeners listeners = loop.runtime().listeners();
        if (listeners.isEmpty() && !FlightEvents.missedEnabled()) return;
        Instant first = run.timetable().firstSkipped(run.timeline());
        listeners.emit(l -> l.onMissed(loop, skipped, first));
        FlightEvents.missed(loop, skipped, first);
    }

    /**
     * The iteration that was due begins; null if it does not, as the run was cancelled meanwhile.
     *
     * @param worker who is to do it
     * @param last whether no other comes after it
     */
    @Nullable
    VirtualIteration begin(Worker worker, int due, long index, boolean last) {
        long now = host.nanoTime();
        Timetable timetable = run.timetable();
        if (due == SLOT) {
            if (!timetable.asksSchedule()) timetable.begin();
            else if (!ask(timetable::begin)) return null;
        }
        run.progress.iterationBegins(last ? null : timetable, now);
        return due == TRIGGER
                ? new VirtualIteration(worker, index, 1, now, null)
                : new VirtualIteration(worker, index, 1, timetable.lastNano(), timetable.lastInstant());
    }

    /** The iteration is over; false if the run is, too. */
    boolean ended(int due) {
        waited = false;
        if (due == TRIGGER) return true;
        Timetable timetable = run.timetable();
        long now = host.nanoTime();
        if (timetable.asksSchedule()) return ask(() -> timetable.ended(now));
        timetable.ended(now);
        return true;
    }

    /** The iteration goes on, and others may begin beside it; false if the run is over. */
    boolean overlapped(int due) {
        waited = false;
        Timetable timetable = run.timetable();
        return due == TRIGGER || !timetable.asksSchedule() || ask(timetable::confirm);
    }
}
