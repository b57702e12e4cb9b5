package dev.vloop.vthreads;

import dev.vloop.LoopState;
import dev.vloop.spi.Host;
import dev.vloop.vthreads.scopes.ScopeThreads;
import dev.vloop.vthreads.scopes.TaskScope;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The iterations of a run that may overlap. The loop's thread waits for slots, and each iteration has a thread of its own.
 *
 * <p>When the run is stopped, has failed or is complete, no iteration begins any more, and those that are running finish. When it is
 * cancelled, they are interrupted. Only the loop's thread hands the cancel on to them: it is always in a wait, or about to look at its
 * control word.
 */
final class OverlappingIterations {
    private final Run run;

    /** Makes the threads of {@link #scope}. */
    private final ScopeThreads threads;

    /** The scope of the iterations' threads; its owner is the loop's thread. */
    private final TaskScope scope;

    /** Those that are running. The loop's thread adds each; its own thread removes it. */
    private final Set<OverlappingIteration> running = ConcurrentHashMap.newKeySet();

    /**
     * Whether a shutdown has cancelled one of them, because waiting for it would have been in vain. Written by its thread before it ends,
     * read by the loop's thread.
     */
    private volatile boolean evicted;

    /** How many have begun. The loop's thread only. */
    private long begun;

    OverlappingIterations(Run run) {
        this.run = run;
        this.threads = new ScopeThreads(run.host);
        this.scope = run.openScope(run.name() + "/iterations", threads);
    }

    /** {@return whether no iteration may begin, as too many are running} */
    boolean isFull() {
        return running.size() >= run.loop().options().maxConcurrent;
    }

    /** The loop's thread. Runs all iterations. {@return whether the run is complete; otherwise it breaks off} */
    boolean runAll() {
        boolean completed = false;
        try {
            completed = Slots.computeFirst(run) && beginAll();
        } finally {
            awaitAll();
            scope.close();
        }
        return completed && !run.isBroken();
    }

    /** Begins iterations until there are no more. {@return whether the run is complete; otherwise it breaks off} */
    private boolean beginAll() {
        while (true) {
            long now = run.host.nanoTime();
            Next next = Slots.look(run, now);
            switch (next) {
                case LOOK_AGAIN -> {}
                case WAIT -> {
                    run.parker().park(run.waitUntil);
                    run.noteInterrupt();
                }
                case COMPLETE, BREAK_OFF -> {
                    return next == Next.COMPLETE;
                }
                case RUN_SLOT, RUN_TRIGGERED -> {
                    boolean last = begun + 1 >= run.loop().options().count;
                    if (!beginOne(next, last, now)) {
                        continue;
                    }
                    if (last) {
                        return true;
                    }
                    if (!Slots.overlapIteration(run, next)) {
                        return false;
                    }
                }
            }
        }
    }

    /** {@return whether it has begun; otherwise {@link Slots#look} knows why} */
    private boolean beginOne(Next due, boolean last, long now) {
        OverlappingIteration worker = new OverlappingIteration(run, this, begun);
        VirtualIteration iteration = Slots.beginIteration(run, worker, due, begun, last, now, 0);
        if (iteration == null) {
            return false;
        }
        begun++;
        worker.setIteration(iteration);
        running.add(worker);
        try {
            threads.fork(scope, worker.name(), worker);
            return true;
        } catch (Throwable e) { // there is no thread for it: the run fails
            running.remove(worker);
            run.progress.iterationBreaksOff(run.host.nanoTime());
            run.fail("the start of iteration " + iteration.index(), e);
            return false;
        }
    }

    /** The iteration's thread. The run is cancelled once the others are over: these may still finish within the grace. */
    void evicted() {
        evicted = true;
    }

    /** The iteration's thread, as the last thing that it does. */
    void ended(OverlappingIteration iteration) {
        running.remove(iteration);
        run.request(Control.LOOK, 0);
        Thread loopThread = run.thread();
        if (loopThread != null) {
            run.host.unpark(loopThread);
        }
    }

    /** Any thread. Lets each iteration that is in a backoff begin its next attempt now. {@return whether there was one} */
    boolean endBackoffs() {
        boolean any = false;
        List<OverlappingIteration> inOrder = new ArrayList<>(running); // the order of the set is random
        inOrder.sort(Comparator.comparingLong(iteration -> iteration.index));
        for (OverlappingIteration iteration : inOrder) {
            any |= iteration.endBackoff();
        }
        return any;
    }

    /** Any thread. Adds the threads of the iterations that are running, and of their forks. */
    void addThreads(List<Thread> threads) {
        for (OverlappingIteration iteration : running) {
            Thread thread = iteration.thread();
            if (thread != null) {
                threads.add(thread);
            }
            iteration.addThreads(threads);
        }
    }

    private void awaitAll() {
        boolean handedOn = false;
        boolean stopTold = false;
        while (!running.isEmpty()) {
            int judged = run.word();
            if ((judged & Control.CANCEL) != 0 && !handedOn) {
                for (OverlappingIteration iteration : running) {
                    iteration.request(Control.CANCEL, 0);
                }
                handedOn = true;
            }
            if ((judged & Control.STOP) != 0 && !stopTold) {
                for (OverlappingIteration iteration : running) {
                    iteration.request(Control.LOOK, 0); // it may be in a backoff that the shutdown need not wait for
                }
                stopTold = true;
            }
            if (!run.become(judged, LoopState.WAITING)) {
                continue;
            }
            run.host.park(Host.NEVER);
            run.noteInterrupt();
        }
        if (evicted) {
            run.evict(null);
        }
    }
}
