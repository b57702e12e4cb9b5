package dev.vloop.vthreads;

import dev.vloop.LoopEnd;
import dev.vloop.internal.SafeText;
import dev.vloop.spi.Host;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Begins and ends the runs of a runtime. All methods may be called from any thread.
 *
 * <p><b>Its lock</b> guards what it has, the names of loops, and the runs with those who wait for them. It is held for a few lines at a
 * time. While it is held, nobody runs user code, parks, interrupts, unparks, logs, starts a thread or takes another lock: runs to launch
 * and threads to wake are collected, and launched and woken when the lock is free.
 */
final class LoopRegistry {
    private final VirtualLoopRuntime runtime;
    private final Host host;
    private final Supervisor supervisor;
    private final KeepAlive keepAlive;

    private final SpinLock lock = new SpinLock();

    /** Has the same lock. */
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

    /** Gives a loop its name. */
    void add(VirtualLoop loop) {
        lock.lock();
        try {
            claimName(loop);
        } finally {
            lock.unlock();
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

    /** Lock held. The loop gets its name, unless another loop that is running has it. */
    private void claimName(VirtualLoop loop) {
        if (closing) {
            throw new IllegalStateException(runtime + " is closed: loop '" + loop.name() + "' cannot begin");
        }
        names.claim(loop);
    }

    // ---- runs

    /** Starts a loop; {@link IllegalStateException} if it, or another of its name, is running. */
    void start(VirtualLoop loop) {
        VirtualLoop unused = launchUnless(() -> ifIdle(loop, null), loop);
    }

    /** {@return the loop, now started, or else the one of its name that is running already} */
    VirtualLoop startUnlessNameRuns(VirtualLoop loop) {
        VirtualLoop running = launchUnless(() -> ifIdle(loop, names.holder(loop.name())), loop);
        return running == null ? loop : running;
    }

    /** {@return whether the loop was idle, and is started now} */
    boolean startIfIdle(VirtualLoop loop) {
        return launchUnless(() -> loop.isRunning() ? loop : null, loop) == null;
    }

    /** Lock held. {@return the holder of the loop's name if that is running; null if the loop, which must be idle, may start} */
    private static @Nullable VirtualLoop ifIdle(VirtualLoop loop, @Nullable VirtualLoop holder) {
        if (holder != null && holder.isRunning()) {
            return holder;
        }
        if (loop.isRunning()) {
            throw LoopView.alreadyRunning(loop);
        }
        return null;
    }

    /**
     * Starts a loop, unless another is in the way.
     *
     * @param inTheWay is asked with the lock held
     * @return what is in the way; null if the loop was started
     */
    private @Nullable VirtualLoop launchUnless(Supplier<@Nullable VirtualLoop> inTheWay, VirtualLoop loop) {
        Beginning beginning = null;
        keepAlive.hold(); // first, as it may fail: it starts a thread
        lock.lock();
        try {
            VirtualLoop running = inTheWay.get();
            if (running != null) {
                return running;
            }
            beginning = begin(loop);
        } finally {
            lock.unlock();
            if (beginning == null) {
                keepAlive.release();
            }
        }
        launchOrTakeBack(beginning);
        return null;
    }

    /**
     * A run that is about to be launched, and what is to be as before if it cannot be.
     *
     * @param holder who had its name
     * @param before the loop's run before it
     * @param endBefore the end of the run before that
     */
    private record Beginning(
            Run run,
            @Nullable VirtualLoop holder,
            @Nullable Run before,
            @Nullable LoopEnd endBefore) {}

    /** Lock held, and the JVM kept alive. The run is launched when the lock is free. */
    private Beginning begin(VirtualLoop loop) {
        VirtualLoop holder = names.holder(loop.name());
        Run before = loop.current();
        LoopEnd endBefore = loop.endBefore();
        claimName(loop);
        Run run;
        try {
            run = beginRun(loop);
        } catch (Throwable e) {
            names.giveBack(loop, holder);
            throw e;
        }
        return new Beginning(run, holder, before, endBefore);
    }

    /** Lock held. */
    private Run beginRun(VirtualLoop loop) {
        Run run = loop.newRun();
        runs.add(run);
        return run;
    }

    /** Without a thread, all is as if nobody had started the loop, and the caller hears of it. */
    private void launchOrTakeBack(Beginning beginning) {
        try {
            supervisor.launch(beginning.run());
        } catch (Throwable e) {
            takeBack(beginning, e);
            if (e instanceof OutOfMemoryError) {
                OutOfMemoryError told =
                        new OutOfMemoryError("loop '" + beginning.run().name()
                                + "' was not started, there is no thread for it: " + SafeText.messageOf(e));
                told.initCause(e);
                throw told;
            }
            throw e;
        }
    }

    private void takeBack(Beginning beginning, Throwable e) {
        Run run = beginning.run();
        VirtualLoop loop = run.loop();
        List<Thread> woken;
        lock.lock();
        try {
            run.setEnd(new LoopEnd.Failed(0, e)); // for those who have found it meanwhile, and wait for it
            boolean unused = run.endAndAskForRestart();
            run.forget(Control.RESTART);
            loop.takeBack(beginning.before(), beginning.endBefore());
            names.giveBack(loop, beginning.holder());
            woken = runs.remove(run);
        } finally {
            lock.unlock();
        }
        keepAlive.release();
        Waiters.wake(host, woken);
    }

    /** The loop's thread, as the last thing that it does; or the supervisor's, for a run that got no thread. */
    void runEnded(Run run, LoopEnd how) {
        VirtualLoop loop = run.loop();
        Run again = null;
        List<Thread> woken;
        lock.lock();
        try {
            run.setEnd(how);
            if (run.endAndAskForRestart()) {
                if (!closing
                        && names.isFreeFor(loop)) { // if another loop has taken its name since, it does not come back
                    claimName(loop);
                    again = beginRun(loop);
                } else {
                    run.forget(Control.RESTART);
                }
            } else if (how instanceof LoopEnd.Completed) {
                names.free(loop);
            }
            woken = runs.remove(run);
        } finally {
            lock.unlock();
        }
        if (again == null) {
            keepAlive.release(); // otherwise what the old run held is the new one's
        }
        Waiters.wake(host, woken);
        if (again != null) {
            relaunch(again);
        }
    }

    /** Nobody called start, so there is nobody to tell but the log and the listeners: the caller's thread is the loop's. */
    private void relaunch(Run again) {
        try {
            supervisor.launch(again);
        } catch (Throwable e) {
            LoopEnd.Failed end = new LoopEnd.Failed(0, e);
            Log.broken(Log.loop(again.name()) + " cannot begin again", e);
            runEnded(again, end);
            runtime.events().runEnded(again.loop(), end);
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
