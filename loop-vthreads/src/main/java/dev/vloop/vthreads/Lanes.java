package dev.vloop.vthreads;

import dev.vloop.LoopState;
import dev.vloop.spi.Host;
import dev.vloop.vthreads.scopes.ScopeThreads;
import dev.vloop.vthreads.scopes.TaskScope;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A run whose iterations may overlap. The loop's thread waits for slots, and each iteration has a thread of its own. */
final class Lanes {
    /*
     * Stopped, failed or complete, no iteration begins any more, and those that go on finish; cancelled, they are interrupted. Only
     * the loop's thread hands a cancel on: to interrupt a lane is its business alone, and it is always in a wait or near one.
     */
    private final Run run;
    private final ScopeThreads threads;
    private final TaskScope scope;

    /** Those that go on: added to by the loop's thread, taken from by their own. */
    private final Set<Lane> active = ConcurrentHashMap.newKeySet();

    private long begun;

    Lanes(Run run) {
        this.run = run;
        this.threads = new ScopeThreads(run.host);
        this.scope = run.openScope(run.name() + "/iterations", threads);
    }

    /** {@return whether no iteration may begin, as too many go on} */
    boolean isFull() {
        return active.size() >= run.loop().options().maxConcurrent;
    }

    /** {@return whether the run completes, rather than breaks off} */
    boolean live() {
        boolean completed = false;
        try {
            completed = Slots.arm(run) && begin();
        } finally {
            awaitAll();
            scope.close();
        }
        return completed && !run.isBroken();
    }

    /** Begins iterations until none is to come; {@return whether the run completes, rather than breaks off} */
    private boolean begin() {
        while (true) {
            long now = run.host.nanoTime();
            long due = Slots.look(run, now);
            if (due == Slots.NONE) {
                return true;
            }
            if (due == Slots.BROKEN_OFF) {
                return false;
            }
            if (due == Slots.AGAIN) {
                continue;
            }
            if (due >= 0) {
                run.host.park(due);
                run.noteInterrupt();
                continue;
            }
            boolean last = begun + 1 >= run.loop().count();
            Lane lane = new Lane(run, this, begun);
            VirtualIteration iteration = Slots.begin(run, lane, due, begun, last, now);
            if (iteration == null) {
                return false;
            }
            begun++;
            lane.setIteration(iteration);
            if (!fork(lane)) {
                return false;
            }
            if (last) {
                return true;
            }
            if (!Slots.overlapped(run, due)) {
                return false;
            }
        }
    }

    /** {@return whether a thread could be had; without one the run fails} */
    private boolean fork(Lane lane) {
        active.add(lane);
        try {
            threads.fork(scope, lane.name(), lane);
            return true;
        } catch (Throwable e) {
            active.remove(lane);
            run.progress.iterationBreaksOff(run.host.nanoTime());
            run.fail(e);
            return false;
        }
    }

    /** A lane's thread, as the last thing it does. */
    void over(Lane lane) {
        active.remove(lane);
        run.request(Control.LOOK, 0);
        Thread waiting = run.thread();
        if (waiting != null) {
            run.host.unpark(waiting);
        }
    }

    /** Any thread. Adds the threads of the iterations that go on, and of their forks. */
    void addThreads(List<Thread> threads) {
        for (Lane lane : active) {
            Thread running = lane.thread();
            if (running != null) {
                threads.add(running);
            }
            lane.addThreads(threads);
        }
    }

    private void awaitAll() {
        boolean told = false;
        while (!active.isEmpty()) {
            int judged = run.word();
            if ((judged & Control.CANCEL) != 0 && !told) {
                for (Lane lane : active) {
                    lane.request(Control.CANCEL, 0);
                }
                told = true;
            }
            if (!run.become(judged, LoopState.WAITING)) {
                continue;
            }
            run.host.park(Host.NEVER);
            run.noteInterrupt();
        }
    }
}
