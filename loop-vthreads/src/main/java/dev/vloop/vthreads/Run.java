package dev.vloop.vthreads;

import static java.util.Objects.requireNonNull;

import dev.vloop.ClusterStatus;
import dev.vloop.LoopEnd;
import dev.vloop.Schedule;
import dev.vloop.spi.IntervalSchedule;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One run of a loop, from its start to its end, on a thread of its own. */
final class Run extends RunRecord implements Runnable {
    /** A rest that ends later than this shows that other threads want the carrier, too. */
    private static final long LATE = 1_000_000L;

    /** For how long a loop that is always late rests at the most. */
    private static final long LONGEST_REST = 50_000_000L;

    /** After how many nanoseconds without a wait a loop lets other threads run: one that is always late never waits. */
    private static final long STRETCH = 5_000_000;

    /**
     * The slots; null before the first is computed. Changed by the loop's thread. Other threads read which it is, and may find the one
     * before: {@link Forecast} sees to that, and the timetable of a cluster is safe for threads by itself.
     */
    private @Nullable Timetable timetable;

    /** Until when the thread waits, as a monotonic time; set with {@link Next#WAIT}. The loop's thread only. */
    long waitUntil;

    /** For how long it gives way the next time, in nanoseconds. The loop's thread only. */
    private long rest = 1;

    /** Whether the loop has waited for its next slot, as it has for the first. The loop's thread only. */
    boolean waited = true;

    /** Whether a change of the wall clock moves the next slot. Written by the loop's thread, read by threads of the host's for alarms. */
    volatile boolean followsWallClock;

    /** Whether the schedule has a zone whose rules may change. Written by the loop's thread, read by threads of the host's for alarms. */
    volatile boolean zoned;

    /** The iterations, if they may overlap. Written by the loop's thread, read by those who report. */
    private volatile @Nullable OverlappingIterations overlapping;

    Run(VirtualLoop loop) {
        super(loop);
    }

    @Override
    Run owner() {
        return this;
    }

    @Override
    String name() {
        return loop().name();
    }

    /** {@return whether the current thread belongs to this run: as its own, an iteration's or a fork's} */
    boolean runsCurrentThread() {
        if (Thread.currentThread() == thread()) {
            return true;
        }
        ForkOwner fork = ForkOwner.current();
        return fork != null && fork.worker.owner() == this;
    }

    /** Any thread. As {@link #requestTrigger}; iterations that overlap have backoffs of their own, and all of these end. */
    boolean trigger() {
        OverlappingIterations iterations = overlapping;
        if (iterations != null && !has(STOP | CANCEL | RESTART) && iterations.endBackoffs()) {
            return true;
        }
        return requestTrigger();
    }

    @Override
    void addThreads(List<Thread> threads) {
        super.addThreads(threads);
        OverlappingIterations iterations = overlapping;
        if (iterations != null) {
            iterations.addThreads(threads);
        }
    }

    // ---- its life, on its thread

    /**
     * Makes all waits for slots, in this frame and in no deeper one: what is on the stack of a waiting thread is most of what a loop
     * costs.
     */
    @Override
    public void run() {
        bindToCurrentThread();
        adoptCurrentThread();
        Next upcoming;
        Throwable broken = null;
        try {
            for (upcoming = start(); upcoming == Next.WAIT; upcoming = afterWait()) {
                parker().park(waitUntil);
            }
        } catch (Throwable e) {
            broken = e;
            upcoming = Next.BREAK_OFF;
        }
        end(upcoming, broken);
    }

    /** {@return WAIT, COMPLETE or BREAK_OFF} */
    private Next start() {
        if (events().hasListeners()) {
            loop().runtime().wallClockWatch().start(); // they are to hear of its jumps
        }
        events().runStarted(loop());
        if (!Hooks.beforeLoop(this)) {
            return Next.BREAK_OFF;
        }
        if (loop().options().maxConcurrent > 1) {
            OverlappingIterations iterations = new OverlappingIterations(this);
            overlapping = iterations;
            return iterations.runAll() ? Next.COMPLETE : Next.BREAK_OFF;
        }
        return Slots.computeFirst(this) ? iterate() : Next.BREAK_OFF;
    }

    /** {@return WAIT, COMPLETE or BREAK_OFF} */
    private Next afterWait() {
        noteInterrupt();
        return iterate();
    }

    /** Runs what is due, one iteration after the other. {@return WAIT, COMPLETE or BREAK_OFF} */
    private Next iterate() {
        long now = host.nanoTime();
        long gaveWay = now;
        for (; ; ) {
            Next due = Slots.look(this, now);
            if (due == Next.LOOK_AGAIN || due == Next.WAIT && isNoWait(now)) {
                now = host.nanoTime();
                continue;
            }
            if (due != Next.RUN_SLOT && due != Next.RUN_TRIGGERED) {
                return due;
            }
            long index = progress.iterations();
            boolean last = index + 1 >= loop().options().count;
            int exposed = Attempts.beginAtOnce(this) ? EXPOSED_ATTEMPT : 0;
            VirtualIteration iteration = Slots.beginIteration(this, this, due, index, last, now, exposed);
            if (iteration == null) {
                now = host.nanoTime();
                continue;
            }
            if (!Attempts.run(this, iteration, exposed != 0) || has(CANCEL)) {
                return Next.BREAK_OFF;
            }
            if (last) {
                return Next.COMPLETE;
            }
            now = progress.endedAt();
            if (!Slots.endIteration(this, due, now)) {
                return Next.BREAK_OFF;
            }
            if (now - gaveWay >= STRETCH) {
                giveWay();
                now = host.nanoTime();
                gaveWay = now;
            } else if (Slots.mayHaveTakenTime(this)) {
                now = host.nanoTime();
            }
        }
    }

    /** {@return whether the slot that was to be waited for has come meanwhile} Then nothing waits, so other threads run now. */
    private boolean isNoWait(long now) {
        if (waitUntil - now > STRETCH || host.nanoTime() < waitUntil) {
            return false;
        }
        giveWay();
        noteInterrupt();
        return true;
    }

    /**
     * Lets other threads run. A carrier stays with the queue of the timed waits while that has a thread, so loops that are always late and
     * rest too briefly would keep it there. One that comes back late from its rest therefore rests for longer the next time.
     */
    private void giveWay() {
        long began = host.nanoTime();
        host.giveWay(rest);
        long late = host.nanoTime() - began - rest;
        rest = late > LATE ? Math.min(Math.max(2 * rest, LATE), LONGEST_REST) : Math.max(rest / 2, 1);
    }

    /** @param broken a failure of the engine itself; null if there was none */
    private void end(Next upcoming, @Nullable Throwable broken) {
        LoopEnd how = null;
        try {
            if (has(EXPOSED)) {
                leave();
            }
            releaseTimers();
            Timetable slots = timetable;
            if (slots != null) {
                slots.runEnds();
            }
            how = howItEnds(upcoming, broken);
            beginEnding();
            if (broken != null) {
                Log.broken(Log.loop(loop().name()) + " failed in the engine", broken);
            }
            how = Hooks.afterLoop(this, how);
            events().runEnded(loop(), how);
        } catch (Throwable e) {
            if (how == null) {
                how = new LoopEnd.Failed(progress.iterations(), e);
            }
            throw e;
        } finally { // whatever has failed, even the log: those who wait for the end must not wait for ever
            loop().runtime().registry().runEnded(this, requireNonNull(how));
        }
    }

    /** Any thread. {@return the loop in its cluster; null if it is in none, or has not joined it yet} */
    @Nullable
    ClusterStatus cluster() {
        return timetable instanceof ClusterTimetable slots ? slots.status() : null;
    }

    // ---- for Slots, on the loop's thread

    /** {@return whether no iteration may begin, as too many are running} */
    boolean isFull() {
        OverlappingIterations iterations = overlapping;
        return iterations != null && iterations.isFull();
    }

    /** {@return the schedule, which the caller is about to ask; its zones are watched from now on} */
    Schedule schedule() {
        Schedule schedule = loop().schedule();
        Set<ZoneId> zones = schedule instanceof IntervalSchedule ? Set.of() : schedule.zones();
        zoned = !zones.isEmpty() && loop().runtime().wallClockWatch().add(zones);
        return schedule;
    }

    Timetable timetable() {
        return requireNonNull(timetable, "the first slot is not computed");
    }

    /** Any thread, between two reads of the progress: if that has not changed, this is what they belong to. */
    @Nullable
    Timetable currentTimetable() {
        return timetable;
    }

    void setTimetable(Timetable current) {
        progress.beginWrite();
        timetable = current;
        progress.endWrite();
        followsWallClock = current.followsWallClock();
        if (followsWallClock) {
            loop().runtime().wallClockWatch().start();
        }
    }
}
