package dev.vloop.vthreads;

import dev.vloop.LoopEnd;
import dev.vloop.internal.SafeText;
import dev.vloop.spi.Host;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Begins and ends the runs of a runtime. All methods may be called from any thread.
 *
 * <p><b>Its lock</b> guards its own fields, the names of loops, and the runs with those who wait for them. It is held for a few lines at a
 * time. While it is held, nobody runs user code, parks, interrupts, unparks, logs, starts a thread or takes another lock: runs to launch
 * and threads to wake are collected, and launched and woken when the lock is free.
 */
final class LoopRegistry {
    private final VirtualLoopRuntime runtime;
    private final Host host;
    private final Supervisor supervisor;
    private final KeepAlive keepAlive;

    private final SpinLock lock = new SpinLock();

    /** The names of the loops. They have the same lock. */
    private final LoopNames names = new LoopNames(lock);

    /** The runs that have begun and not ended. It has the same lock. */
    private final ActiveRuns runs;

    /** Whether no run may begin any more. Written under the lock, read by any thread. */
    private volatile boolean closing;

    LoopRegistry(VirtualLoopRuntime runtime, KeepAlive keepAlive, Supervisor supervisor) {
        this.runtime = runtime;
        this.host = runtime.host();
        this.keepAlive = keepAlive;
        this.supervisor = supervisor;
        this.runs = new ActiveRuns(host, lock);
    }

    LoopNames names() {
        return names;
    }

    ActiveRuns runs() {
        return runs;
    }

    // ---- names

    /** Gives a loop its name; {@link IllegalStateException} if another of its name is running. */
    void add(VirtualLoop loop) {
        VirtualLoop running;
        lock.lock();
        try {
            requireOpen(loop);
            running = names.runningHolder(loop);
            if (running == null) {
                names.give(loop);
            }
        } finally {
            lock.unlock();
        }
        if (running != null) {
            throw LoopView.alreadyRunning(running);
        }
    }

    /** Takes a loop's name back, and a restart that was asked for but has not begun. */
    void remove(VirtualLoop loop) {
        lock.lock();
        try {
            names.free(loop);
            Run run = loop.current();
            if (run != null) {
                run.forget(Control.RESTART);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Lock held. {@link IllegalStateException} if no run may begin any more. */
    void requireOpen(VirtualLoop loop) {
        if (closing) {
            throw new IllegalStateException(runtime + " is closed: loop '" + loop.name() + "' cannot begin");
        }
    }

    // ---- begin

    /** Starts a loop; {@link IllegalStateException} if it, or another of its name, is running. */
    void start(VirtualLoop loop) {
        LoopStart start = new LoopStart(this, loop, false);
        launch(start);
        if (start.running != null) {
            throw LoopView.alreadyRunning(start.running);
        }
    }

    /** {@return the loop, now started, or else the one of its name that is running already} */
    VirtualLoop startUnlessNameRuns(VirtualLoop loop) {
        LoopStart start = new LoopStart(this, loop, true);
        launch(start);
        return start.running == null ? loop : start.running;
    }

    /**
     * {@return whether the loop was idle or about to end, and a run of it begins, now or when that is over} {@link IllegalStateException}
     * if another of its name is running.
     */
    boolean startIfIdle(VirtualLoop loop) {
        LoopStart start = new LoopStart(this, loop, true);
        launch(start);
        if (start.running != null && start.running != loop) {
            throw LoopView.alreadyRunning(start.running);
        }
        return start.running == null;
    }

    private void launch(LoopStart start) {
        keepAlive.hold(); // first, as it may fail: it starts a thread
        lock.lock();
        try {
            start.begin();
        } finally {
            lock.unlock();
            if (!start.begun) {
                keepAlive.release();
            }
        }
        Run run = start.run;
        if (run != null) {
            launchOrTakeBack(start, run);
        }
    }

    /** Launches the run. If there is no thread for it, everything is as if nobody had started the loop, and the caller gets an error. */
    private void launchOrTakeBack(LoopStart start, Run run) {
        try {
            supervisor.launch(run);
        } catch (Throwable e) {
            takeBack(start, run, e);
            if (e instanceof OutOfMemoryError) {
                OutOfMemoryError told = new OutOfMemoryError("loop '" + run.name()
                        + "' was not started, there is no thread for it: " + SafeText.messageOf(e));
                told.initCause(e);
                throw told;
            }
            throw e;
        }
    }

    private void takeBack(LoopStart start, Run run, Throwable e) {
        List<Thread> woken;
        Run successor;
        lock.lock();
        try {
            run.setEnd(new LoopEnd.Failed(0, e)); // for those who have found it meanwhile, and wait for it
            boolean unused = run.endAndAskForRestart();
            run.forget(Control.RESTART);
            start.undo();
            successor = runs.takeSuccessor(run);
            woken = runs.remove(run);
        } finally {
            lock.unlock();
        }
        keepAlive.release();
        Waiters.wake(host, woken);
        if (successor != null) {
            launchAfter(successor);
        }
    }

    // ---- end

    /** The loop's thread, as the last thing that it does; or the supervisor's, for a run that got no thread. */
    void runEnded(Run run, LoopEnd how) {
        VirtualLoop loop = run.loop();
        Run again = null;
        Run successor;
        List<Thread> woken;
        boolean forgotten = false;
        lock.lock();
        try {
            run.setEnd(how);
            if (run.endAndAskForRestart()) {
                if (!closing
                        && names.isFreeFor(loop)) { // if another loop has taken its name since, it does not come back
                    names.give(loop);
                    again = loop.newRun();
                    runs.add(again);
                } else {
                    run.forget(Control.RESTART);
                }
            } else if (how instanceof LoopEnd.Completed) {
                names.free(loop);
                forgotten = true;
            }
            successor = runs.takeSuccessor(run);
            woken = runs.remove(run);
        } finally {
            lock.unlock();
        }
        if (again == null) {
            keepAlive.release(); // otherwise the new run takes over what the old one held
        }
        if (forgotten) {
            names.keep(run.progress.read(run, null)); // before those wake who have waited for the end
        }
        Waiters.wake(host, woken);
        if (again != null) {
            launchAfter(again);
        }
        if (successor != null) {
            launchAfter(successor);
        }
    }

    /**
     * Launches a run at the end of another one. Nobody waits for it, so there is nobody to tell but the log and the listeners: the caller's
     * thread is the other run's.
     */
    private void launchAfter(Run next) {
        try {
            supervisor.launch(next);
        } catch (Throwable e) {
            LoopEnd.Failed end = new LoopEnd.Failed(0, e);
            Log.broken(Log.loop(next.name()) + " cannot begin", e);
            runEnded(next, end);
            runtime.events().runEnded(next.loop(), end);
        }
    }

    /** {@return the loop's run; a run that is just being started by the end of another is waited for} */
    @Nullable
    Run currentRun(VirtualLoop loop) {
        lock.lock();
        try {
            return loop.current();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Sends requests to the loop's run.
     *
     * @param request sends them to one run; false if that takes none any more
     * @return false if no run goes on that takes them
     */
    boolean ask(VirtualLoop loop, Predicate<Run> request) {
        for (Run run = loop.current(); run != null; ) {
            if (request.test(run)) {
                return true;
            }
            Run next = currentRun(loop); // the run may be followed by another at this moment
            if (next == run) {
                return false;
            }
            run = next;
        }
        return false;
    }

    // ---- closing

    boolean isClosing() {
        return closing;
    }

    /** From now on, no run begins. */
    void refuseRuns() {
        lock.lock();
        try {
            closing = true;
        } finally {
            lock.unlock();
        }
    }
}
