package dev.vloop.vthreads;

import dev.vloop.LoopState;
import dev.vloop.MissedSlots;
import dev.vloop.spi.Host;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Says what comes next for a run, and heeds requests about its slots. Used by the loop's thread only. It never waits, and it is static:
 * a waiting loop would keep an object of this class, and the frames above its wait.
 */
final class Slots {
    /** Requests about slots. They are heeded before the loop waits, or end its wait. */
    private static final int ABOUT_SLOTS = Control.REARM | Control.RESUME | Control.LOOK | Control.ZONES;

    private Slots() {}

    /** Computes the first slot of a run; false if the run is over. */
    static boolean computeFirst(Run run) {
        run.forget(Control.REARM | Control.REARM_AGAIN);
        return ask(
                run,
                () -> run.setTimetable(
                        run.loop().options().cut == null
                                ? Timetable.first(
                                        run.schedule(),
                                        run.host,
                                        run,
                                        run.loop().options().initialDelay)
                                : ClusterTimetable.join(run)));
    }

    /** Runs code that may call a schedule, which may take its time, or throw; false if the run is over. */
    private static boolean ask(Run run, Worker.Guarded question) {
        LoopState state = run.state();
        boolean stays = state == LoopState.STARTING
                || state == LoopState.PAUSED; // it stays so until the new slots are computed
        return goesOn(run, run.guard(stays ? state : LoopState.WAITING, question));
    }

    private static boolean goesOn(Run run, @Nullable Throwable thrown) {
        if (run.has(Control.CANCEL) || thrown instanceof SearchEnded) {
            return false;
        }
        if (thrown != null) {
            run.fail("its schedule", thrown);
        }
        return thrown == null;
    }

    /**
     * Judges what comes next.
     *
     * @param now the monotonic time
     * @return anything of {@link Next} but {@code COMPLETE} for a count that is reached; with {@code WAIT}, the run's state is one of a
     *     wait already, and {@link Run#waitUntil} is set
     */
    static Next look(Run run, long now) {
        int judged = run.word();
        if ((judged & (Control.STOP | Control.CANCEL)) != 0) {
            return Next.BREAK_OFF;
        }
        // First, because everything else is computed from the clock.
        if (run.followsWallClock && run.timetable().clockWasMoved()) {
            return ask(run, () -> run.timetable().followClock()) ? Next.LOOK_AGAIN : Next.BREAK_OFF;
        }
        if ((judged & ABOUT_SLOTS) != 0) {
            return heed(run, judged) ? Next.LOOK_AGAIN : Next.BREAK_OFF;
        }
        boolean blocked = run.isFull();
        if ((judged & Control.TRIGGER) != 0 && !blocked) {
            return run.timetable().passesTriggersOn() ? passTriggerOn(run, judged) : Next.RUN_TRIGGERED;
        }
        Timetable timetable = run.timetable();
        boolean paused = run.loop().isPaused();
        if ((!paused || timetable.ignoresPause()) && !blocked) {
            if (timetable.isExhausted()) {
                return Next.COMPLETE;
            }
            if (timetable.isDue(now)) {
                if (!skipMissed(run, timetable, now)) {
                    return Next.BREAK_OFF;
                }
                run.waited = true; // the slots that are left have not come yet
                return timetable.isDue(now) ? Next.RUN_SLOT : Next.LOOK_AGAIN;
            }
        }
        run.progress.next(timetable);
        if (!run.become(judged, paused ? LoopState.PAUSED : LoopState.WAITING)) {
            return Next.LOOK_AGAIN;
        }
        run.waited = !blocked;
        run.waitUntil = paused || blocked ? Host.NEVER : timetable.deadline();
        return Next.WAIT;
    }

    private static Next passTriggerOn(Run run, int judged) {
        if (run.take(judged, Control.TRIGGER)) {
            run.timetable().passTriggerOn();
        }
        return Next.LOOK_AGAIN;
    }

    /** Takes the requests about slots off the word, and does what they ask for; false if the run is over. */
    private static boolean heed(Run run, int judged) {
        if (!run.take(judged, ABOUT_SLOTS & ~Control.REARM)) {
            return true;
        }
        if ((judged & Control.REARM) != 0 && !changeSchedule(run)) {
            return false;
        }
        if ((judged & Control.ZONES) != 0 && !ask(run, () -> run.timetable().refreshNext())) {
            return false;
        }
        if (run.loop().isPaused()) {
            run.timetable().pause();
            return true;
        }
        if ((judged & Control.RESUME) == 0) {
            return true;
        }
        long now = run.host.nanoTime();
        return ask(run, () -> run.timetable().dropPassed(now));
    }

    /** The request stays until the status shows the new slot: meanwhile {@link Forecast} computes it for those who look. */
    private static boolean changeSchedule(Run run) {
        MissedSlots policy = run.loop().options().missed;
        if (!ask(run, () -> run.setTimetable(run.timetable().changed(run.host, run, run.schedule(), policy)))) {
            return false;
        }
        run.progress.next(run.timetable());
        run.rearmed();
        return true;
    }

    /** Skips missed slots, and tells of them; false if the run is over. */
    private static boolean skipMissed(Run run, Timetable timetable, long now) {
        Options options = run.loop().options();
        if (!timetable.asksSchedule()) {
            tellOfMissed(run, timetable.skipMissed(options.missed, options.maxLateness, run.waited, now), 0);
            return true;
        }
        long skipped = 0;
        Throwable thrown = null;
        if (run.expose(LoopState.WAITING)) {
            try {
                skipped = timetable.skipMissed(options.missed, options.maxLateness, run.waited, now);
            } catch (Throwable e) {
                thrown = e;
            }
            run.endGuard(thrown);
        }
        tellOfMissed(run, skipped, 0);
        return goesOn(run, thrown);
    }

    /** @param kept as {@link Timetable#firstSkipped} has it */
    private static void tellOfMissed(Run run, long skipped, long kept) {
        if (skipped > 0) {
            run.progress.missed(skipped);
            run.events().missed(run.loop(), skipped, () -> run.timetable().firstSkipped(run.clock(), skipped, kept));
        }
    }

    /**
     * Begins the iteration that is due; null if it does not begin: then {@link #look} knows why. It begins in one step with the run's
     * word as it is judged here. A request that came after {@link #look}, while a schedule was being asked for example, is heeded first.
     *
     * @param worker who is to run it
     * @param due {@code RUN_SLOT} or {@code RUN_TRIGGERED}
     * @param last whether no other comes after it
     * @param now the monotonic time
     * @param exposed {@code EXPOSED} if the body follows at once on the loop's thread, which a cancel may interrupt from here on; else 0
     */
    static @Nullable VirtualIteration beginIteration(
            Run run, Worker worker, Next due, long index, boolean last, long now, int exposed) {
        Timetable timetable = run.timetable();
        boolean triggered = due == Next.RUN_TRIGGERED;
        Instant following = triggered || !timetable.asksSchedule() ? null : preview(run, timetable);
        int judged = run.word();
        boolean paused = run.loop().isPaused(); // read after the word: who pauses writes it before the word
        if ((judged & (Control.STOP | Control.CANCEL | Control.LOST | ABOUT_SLOTS)) != 0
                || paused && !triggered && !timetable.ignoresPause()) {
            return null;
        }
        long began = mayHaveTakenTime(run) ? run.host.nanoTime() : now;
        int taken = triggered ? Control.TRIGGER : 0;
        LoopState state = worker == run ? LoopState.EXECUTING : LoopState.WAITING;
        run.progress.beginWrite(); // whoever reads the status sees the iteration as soon as it has begun
        try {
            if (!run.begin(judged, taken, state, exposed)) {
                return null;
            }
            if (!triggered) {
                timetable.beginSlot(following);
            }
            run.progress.iterationBegins(last ? null : timetable, began);
        } finally {
            run.progress.endWrite();
        }
        return triggered ? new VirtualIteration(worker, index, 1, began, null) : timetable.firstAttempt(worker, index);
    }

    /** Asks the schedule for the slot after the one that is due. If that fails the run, no iteration begins. */
    private static @Nullable Instant preview(Run run, Timetable timetable) {
        if (!run.expose(LoopState.WAITING)) {
            return null;
        }
        Instant following = null;
        Throwable thrown = null;
        try {
            following = timetable.preview();
        } catch (Throwable e) {
            thrown = e;
        }
        run.endGuard(thrown);
        boolean unused = goesOn(run, thrown);
        return following;
    }

    /** {@return whether the clock is to be read again: a schedule or a listener may have taken its time since it was} */
    static boolean mayHaveTakenTime(Run run) {
        return run.timetable().asksSchedule() || run.events().hasListeners();
    }

    /**
     * The iteration has ended; false if the run is over, too.
     *
     * @param due what began it
     * @param now the monotonic time at which it ended
     */
    static boolean endIteration(Run run, Next due, long now) {
        run.waited = false;
        Timetable timetable = run.timetable();
        boolean asks = timetable.asksSchedule();
        if (due == Next.RUN_SLOT) {
            if (asks && !ask(run, () -> timetable.endSlot(now))) {
                return false;
            } else if (!asks) {
                timetable.endSlot(now);
            }
        }
        long retryBegan = run.progress.retryBegan();
        return retryBegan < 0 || run.loop().options().missed == MissedSlots.RUN_ALL || serve(run, retryBegan);
    }

    /** Slots that passed before the last attempt began are served by it: a retry that came late is not followed by one more at once. */
    private static boolean serve(Run run, long retryBegan) {
        long[] skipped = {0};
        boolean goesOn = ask(run, () -> skipped[0] = run.timetable().serve(retryBegan));
        tellOfMissed(run, skipped[0], 1);
        return goesOn;
    }

    /** The iteration goes on, and others may begin beside it; false if the run is over. */
    static boolean overlapIteration(Run run, Next due) {
        run.waited = false;
        Timetable timetable = run.timetable();
        return due == Next.RUN_TRIGGERED || !timetable.asksSchedule() || ask(run, timetable::refreshNext);
    }
}
