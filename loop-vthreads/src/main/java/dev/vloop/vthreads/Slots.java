package dev.vloop.vthreads;

import dev.vloop.LoopState;
import dev.vloop.MissedSlots;
import dev.vloop.spi.Host;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Says when a run has something to do, and heeds what is asked of it meanwhile. The loop's thread only. It never waits, and has no
 * objects: a waiting loop would keep them, and the frames above its wait.
 */
final class Slots {
    // What a look finds, unless it is a time to wait until, which is not negative.

    static final long SLOT = -1;
    static final long TRIGGER = -2;
    /** The schedule has no further slot. */
    static final long NONE = -3;
    /** The run was stopped or cancelled, or has failed. */
    static final long BROKEN_OFF = -4;
    /** Things have changed: look again. */
    static final long AGAIN = -5;

    /** Requests about slots, which are heeded in a wait or before it. */
    private static final int ASIDE = Control.REARM | Control.RESUME | Control.LOOK | Control.ZONES;

    // What a timetable may have to ask its schedule for.

    private static final int FIRST = 0;
    private static final int CHANGED = 1;
    private static final int CONFIRM = 2;
    private static final int DROP_PASSED = 3;
    private static final int BEGIN = 4;
    private static final int ENDED = 5;

    private Slots() {}

    /** Computes the first slot; false if the run is over. */
    static boolean arm(Run run) {
        run.forget(Control.REARM);
        return ask(run, FIRST, 0);
    }

    /**
     * Asks a schedule, which may take its time, or throw; false if the run is over. Without a lambda: the first of a program
     * would cost its first loop 10 ms.
     */
    private static boolean ask(Run run, int question, long now) {
        Throwable thrown = null;
        if (run.expose(run.state() == LoopState.STARTING ? LoopState.STARTING : LoopState.WAITING)) {
            try {
                answer(run, question, now);
            } catch (Throwable e) {
                thrown = e;
            }
            run.endGuard(thrown);
        }
        return goesOn(run, thrown);
    }

    private static void answer(Run run, int question, long now) {
        VirtualLoop loop = run.loop();
        switch (question) {
            case FIRST -> run.setTimetable(Timetable.first(run.schedule(), run.host, loop.initialDelay()));
            case CHANGED -> {
                boolean all = loop.options().missed == MissedSlots.RUN_ALL;
                run.setTimetable(run.timetable().changed(run.host, run.schedule(), all));
            }
            case CONFIRM -> run.timetable().confirm();
            case DROP_PASSED -> run.timetable().dropPassed(now);
            case BEGIN -> run.timetable().begin();
            default -> run.timetable().ended(now);
        }
    }

    private static boolean goesOn(Run run, @Nullable Throwable thrown) {
        if (run.has(Control.CANCEL)) {
            return false;
        }
        if (thrown != null) {
            run.fail(thrown);
        }
        return thrown == null;
    }

    /**
     * Looks what there is to do.
     *
     * @param now the monotonic time
     * @return SLOT, TRIGGER, NONE, BROKEN_OFF or AGAIN; or until when the thread is to park, the state being one of a wait already
     */
    static long look(Run run, long now) {
        int judged = run.word();
        if ((judged & (Control.STOP | Control.CANCEL)) != 0) {
            return BROKEN_OFF;
        }
        if ((judged & ASIDE) != 0) {
            return heed(run, judged) ? AGAIN : BROKEN_OFF;
        }
        boolean blocked = run.isFull();
        if ((judged & Control.TRIGGER) != 0 && !blocked) {
            return run.take(judged, Control.TRIGGER) ? TRIGGER : AGAIN;
        }
        Timetable timetable = run.timetable();
        boolean paused = run.loop().isPaused();
        if (!paused && !blocked) {
            if (timetable.isExhausted()) {
                return NONE;
            }
            if (timetable.isDue(now)) {
                if (!skipMissed(run, timetable, now)) {
                    return BROKEN_OFF;
                }
                run.waited = true; // whatever is left lies ahead
                return timetable.isDue(now) ? SLOT : AGAIN;
            }
        }
        run.progress.next(timetable);
        if (!run.become(judged, paused ? LoopState.PAUSED : LoopState.WAITING)) {
            return AGAIN;
        }
        run.waited = !blocked;
        return paused || blocked ? Host.NEVER : timetable.deadline();
    }

    /** Takes requests about slots off the word, and does as they say. */
    private static boolean heed(Run run, int judged) {
        if (!run.take(judged, ASIDE)) {
            return true;
        }
        if ((judged & Control.REARM) != 0 && !ask(run, CHANGED, 0)) {
            return false;
        }
        if ((judged & Control.ZONES) != 0 && !ask(run, CONFIRM, 0)) {
            return false;
        }
        return (judged & Control.RESUME) == 0 || run.loop().isPaused() || ask(run, DROP_PASSED, run.host.nanoTime());
    }

    private static boolean skipMissed(Run run, Timetable timetable, long now) {
        Options options = run.loop().options();
        if (!timetable.asksSchedule()) {
            report(run, timetable.skipMissed(options.missed, options.maxLateness, run.waited, now));
            return true;
        }
        long[] skipped = {0};
        Throwable thrown = run.guard(
                LoopState.WAITING,
                () -> skipped[0] = timetable.skipMissed(options.missed, options.maxLateness, run.waited, now));
        report(run, skipped[0]);
        return goesOn(run, thrown);
    }

    private static void report(Run run, long skipped) {
        if (skipped == 0) {
            return;
        }
        run.progress.missed(skipped);
        VirtualLoop loop = run.loop();
        Listeners listeners = loop.runtime().listeners();
        if (listeners.isEmpty() && !FlightEvents.missedEnabled()) {
            return;
        }
        Instant first = run.timetable().firstSkipped(run.timeline(), skipped);
        listeners.emit(l -> l.onMissed(loop, skipped, first));
        FlightEvents.missed(loop, skipped, first);
    }

    /**
     * The iteration that was due begins; null if it does not, as the run was cancelled meanwhile.
     *
     * @param worker who is to do it
     * @param last whether no other comes after it
     * @param now the monotonic time
     */
    static @Nullable VirtualIteration begin(Run run, Worker worker, long due, long index, boolean last, long now) {
        Timetable timetable = run.timetable();
        if (due == SLOT) {
            if (!timetable.asksSchedule()) {
                timetable.begin();
            } else if (!ask(run, BEGIN, now)) {
                return null;
            }
        }
        long began =
                timetable.asksSchedule() || !run.loop().runtime().listeners().isEmpty() ? run.host.nanoTime() : now;
        run.progress.iterationBegins(last ? null : timetable, began);
        return due == TRIGGER
                ? new VirtualIteration(worker, index, 1, began, null)
                : new VirtualIteration(worker, index, 1, timetable.lastNano(), timetable.lastInstant());
    }

    /**
     * The iteration is over; false if the run is, too.
     *
     * @param now the monotonic time at which it was over
     */
    static boolean ended(Run run, long due, long now) {
        run.waited = false;
        if (due == TRIGGER) {
            return true;
        }
        Timetable timetable = run.timetable();
        if (timetable.asksSchedule()) {
            return ask(run, ENDED, now);
        }
        timetable.ended(now);
        return true;
    }

    /** The iteration goes on, and others may begin beside it; false if the run is over. */
    static boolean overlapped(Run run, long due) {
        run.waited = false;
        Timetable timetable = run.timetable();
        return due == TRIGGER || !timetable.asksSchedule() || ask(run, CONFIRM, 0);
    }
}
