package dev.vloop.vthreads;

import static dev.vloop.vthreads.Arguments.notBlank;
import static dev.vloop.vthreads.Arguments.notNegative;
import static dev.vloop.vthreads.Arguments.notNull;

import dev.vloop.Loop;
import dev.vloop.LoopBuilder;
import dev.vloop.LoopClock;
import dev.vloop.LoopEnd;
import dev.vloop.LoopRuntime;
import dev.vloop.LoopState;
import dev.vloop.LoopStatus;
import dev.vloop.spi.Host;
import dev.vloop.vthreads.scopes.TaskScopes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Where loops live: their names, their runs, and the way they all end. */
final class VirtualLoopRuntime implements LoopRuntime {
    private final String name;
    private final Host host;
    private final Timeline timeline;
    private final Listeners listeners;
    private final OptionsBuilder defaults;
    private final Options defaultOptions;
    private final KeepAlive keepAlive;
    private final Supervisor supervisor;

    /** Held for a few lines at a time, never while user code runs or a thread waits. Guards all that follows. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Map<String, VirtualLoop> known = new LinkedHashMap<>();
    private final Runs runs = new Runs();
    private final Waiters waiters = new Waiters();

    /** Written under the lock; read by any thread. */
    private volatile boolean closing;

    /** Guarded by the lock: how many runs no close waits for. */
    private int willNotEnd;

    /** Guarded by the lock; null until a loop follows the wall clock. */
    private @Nullable WallWatch wallWatch;

    VirtualLoopRuntime(RuntimeBuilder settings) {
        name = settings.name;
        host = settings.host;
        timeline = new Timeline(host);
        listeners = new Listeners(settings.listeners);
        if (host == SystemHost.SHARED) {
            TaskScopes.require();
        } else {
            TaskScopes.shared(); // its threads could not wait for the choice
        }
        defaults = settings.defaults.copy("defaults", null);
        defaultOptions = new Options(defaults);
        keepAlive = new KeepAlive(name, settings.keepAlive && host == SystemHost.SHARED);
        supervisor = new Supervisor(this);
    }

    String name() {
        return name;
    }

    Host host() {
        return host;
    }

    Timeline timeline() {
        return timeline;
    }

    Listeners listeners() {
        return listeners;
    }

    Options defaultOptions() {
        return defaultOptions;
    }

    /** Any thread; on the real machine it may wait for the choice. */
    TaskScopes scopes() {
        return TaskScopes.shared();
    }

    boolean isClosing() {
        return closing;
    }

    // ---- loops by name

    @Override
    public LoopBuilder loop(String loop) {
        return defaults.copy(notBlank(loop, "name"), this);
    }

    Loop build(VirtualLoop loop) {
        lock.lock();
        try {
            claim(loop);
        } finally {
            lock.unlock();
        }
        return loop;
    }

    void start(VirtualLoop loop) {
        start(loop, true);
    }

    boolean startIfIdle(VirtualLoop loop) {
        Run run;
        lock.lock();
        try {
            if (loop.isRunning()) {
                return false;
            }
            claim(loop);
            run = begin(loop);
        } finally {
            lock.unlock();
        }
        supervisor.launch(run);
        return true;
    }

    /** Starts a loop under its name; {@return it, or the one of that name that runs if that is no error} */
    VirtualLoop start(VirtualLoop loop, boolean mustStart) {
        Run run;
        lock.lock();
        try {
            VirtualLoop holder = known.get(loop.name());
            if (!mustStart && holder != null && holder.isRunning()) {
                return holder;
            }
            if (loop.isRunning()) {
                throw alreadyRunning(loop);
            }
            claim(loop);
            run = begin(loop);
        } finally {
            lock.unlock();
        }
        supervisor.launch(run);
        return loop;
    }

    /** Lock held. The loop takes its name, unless one that runs has it. */
    private void claim(VirtualLoop loop) {
        if (closing) {
            throw new IllegalStateException(
                    "runtime '" + name + "' is closed: loop '" + loop.name() + "' cannot begin");
        }
        VirtualLoop holder = known.get(loop.name());
        if (holder == loop) {
            return;
        }
        if (holder != null && holder.isRunning()) {
            throw alreadyRunning(holder);
        }
        known.remove(loop.name()); // so that the new one comes last
        known.put(loop.name(), loop);
    }

    private static IllegalStateException alreadyRunning(VirtualLoop loop) {
        LoopStatus status = loop.status();
        Instant next = status.nextIteration();
        return new IllegalStateException("a loop '" + loop.name() + "' is already running (" + status.state()
                + (next == null ? "" : ", next " + next)
                + "): startIfIdle(..) leaves it alone, remove() makes room");
    }

    /** Lock held. */
    private Run begin(VirtualLoop loop) {
        if (runs.size() == 0) {
            keepAlive.begin(); // first, as it may find no thread
        }
        Run run = loop.newRun();
        runs.add(run);
        return run;
    }

    /** The loop's name is free, and a restart that was asked for before is taken back. */
    void forget(VirtualLoop loop) {
        lock.lock();
        try {
            known.remove(loop.name(), loop);
            Run run = loop.current();
            if (run != null) {
                run.forget(Control.RESTART);
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public @Nullable Loop find(String loop) {
        notNull(loop, "name");
        lock.lock();
        try {
            return known.get(loop);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public List<Loop> loops() {
        lock.lock();
        try {
            return List.copyOf(known.values());
        } finally {
            lock.unlock();
        }
    }

    @Override
    public LoopClock clock() {
        return timeline;
    }

    // ---- runs

    /** {@return the loop's run, after one that is just being followed by another} */
    @Nullable
    Run currentRun(VirtualLoop loop) {
        lock.lock();
        try {
            return loop.current();
        } finally {
            lock.unlock();
        }
    }

    @Nullable
    LoopEnd await(Run run, long deadline) throws InterruptedException {
        joiners(run).await(host, lock, () -> run.end() != null, deadline);
        LoopEnd end = run.end();
        if (end != null) {
            host.joined(end);
        }
        return end;
    }

    private Waiters joiners(Run run) {
        lock.lock();
        try {
            return run.joiners();
        } finally {
            lock.unlock();
        }
    }

    /** The loop's thread, as the last thing it does, or the supervisor's for a run that got no thread. */
    void runEnds(Run run, LoopEnd how) {
        VirtualLoop loop = run.loop();
        Run again = null;
        List<Thread> woken = new ArrayList<>(0);
        lock.lock();
        try {
            run.setEnd(how);
            if (run.endAndAskForRestart()) {
                if (mayRestart(loop)) {
                    claim(loop);
                    again = begin(loop);
                } else {
                    run.forget(Control.RESTART);
                }
            } else if (how instanceof LoopEnd.Completed) {
                known.remove(loop.name(), loop);
            }
            runs.remove(run);
            woken.addAll(run.takeJoiners());
            if (runs.size() == 0) {
                keepAlive.end();
            }
            if (runs.size() <= willNotEnd) {
                woken.addAll(waiters.takeAll());
            }
        } finally {
            lock.unlock();
        }
        if (again != null) {
            supervisor.launch(again);
        }
        Waiters.wake(host, woken);
    }

    /** Lock held. A loop whose name was taken since does not come back; one that was removed before was asked to. */
    private boolean mayRestart(VirtualLoop loop) {
        VirtualLoop holder = known.get(loop.name());
        return !closing && (holder == null || holder == loop);
    }

    /** A loop's thread: from now on there is somebody to whom the wall clock matters. */
    WallWatch watchClock() {
        lock.lock();
        try {
            WallWatch watch = wallWatch;
            if (watch == null) {
                wallWatch = watch = new WallWatch(this);
            }
            return watch;
        } finally {
            lock.unlock();
        }
    }

    /** The host's thread, at a jump only: its cost in between does not grow with the number of loops. */
    void clockJumped(Duration jump) {
        listeners.emit(l -> l.onClockJump(jump));
        for (Run run : snapshot()) {
            if (run.followsWallClock()) {
                run.request(Control.LOOK, 0);
            }
        }
    }

    /** The host's thread, at a change only. */
    void zonesChanged() {
        for (Run run : snapshot()) {
            if (run.zoned) {
                run.request(Control.ZONES, 0);
            }
        }
    }

    private List<Run> snapshot() {
        lock.lock();
        try {
            return runs.toList();
        } finally {
            lock.unlock();
        }
    }

    // ---- the end

    @Override
    public void join() throws InterruptedException {
        refuseOwnThreads("join()");
        awaitRuns(0, Host.NEVER);
    }

    /** Waits until no more runs than that are left; false if the deadline comes first. */
    private boolean awaitRuns(int left, long deadline) throws InterruptedException {
        return waiters.await(host, lock, () -> runs.size() <= left, deadline);
    }

    private void refuseOwnThreads(String what) {
        Thread current = Thread.currentThread();
        for (Run run : snapshot()) {
            if (run.isOwnThread(current)) {
                throw new IllegalStateException(what + " in loop '" + run.loop().name()
                        + "' would wait for that loop's own end: call it from another thread");
            }
        }
    }

    @Override
    public List<Loop> shutdown(Duration grace) {
        notNegative(grace, "grace");
        refuseOwnThreads("shutdown(..)");
        return shutdown(grace, 0);
    }

    /** The thread of an exit hook. Does not wait for those who wait for the hook. */
    void shutdownAtExit(Duration grace) {
        int exiting = 0;
        for (Run run : snapshot()) {
            if (run.has(Control.EXPOSED) || run.state() == LoopState.ENDING) {
                exiting += ExitHook.isExiting(run) ? 1 : 0;
            }
        }
        lock.lock();
        try {
            willNotEnd = exiting;
        } finally {
            lock.unlock();
        }
        shutdown(grace, exiting);
    }

    /** @param left how many runs will not end, whatever is done */
    private List<Loop> shutdown(Duration grace, int left) {
        beginClosing(Control.STOP);
        boolean interrupted = false;
        try {
            awaitRuns(left, Nanos.plus(host.nanoTime(), Nanos.of(grace)));
        } catch (InterruptedException e) {
            interrupted = true; // ends the grace
        }
        List<Loop> cancelled = new ArrayList<>();
        for (Run run : snapshot()) {
            if (run.request(Control.CANCEL, Control.RESTART)) {
                cancelled.add(run.loop());
            }
        }
        awaitAll(left);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return List.copyOf(cancelled);
    }

    @Override
    public void close() {
        refuseOwnThreads("close()");
        beginClosing(Control.CANCEL);
        awaitAll(0);
    }

    private void beginClosing(int request) {
        lock.lock();
        try {
            closing = true;
        } finally {
            lock.unlock();
        }
        for (Run run : snapshot()) {
            run.request(request, Control.RESTART);
        }
    }

    /** Waits until every run is over, however long it takes, and says what it waits for. */
    private void awaitAll(int left) {
        boolean interrupted = false;
        CloseReport report = new CloseReport(this);
        for (boolean over = false; !over; ) {
            try {
                over = awaitRuns(left, report.next());
                if (!over) {
                    report.log(snapshot());
                }
            } catch (InterruptedException e) {
                interrupted = true; // a close is not cut short: it would leave threads behind
            }
        }
        if (left == 0) {
            supervisor.shut();
        }
        WallWatch watch;
        lock.lock();
        try {
            known.clear();
            watch = wallWatch;
            wallWatch = null;
        } finally {
            lock.unlock();
        }
        if (watch != null) {
            watch.end();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void shutdownOnExit(Duration grace, Runnable then) {
        ExitHook.register(this, notNegative(grace, "grace"), notNull(then, "then"));
    }

    @Override
    public String toString() {
        return "runtime '" + name + "'";
    }
}
