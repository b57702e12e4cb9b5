package dev.vloop.vthreads;

import dev.vloop.Loop;
import dev.vloop.LoopEnd;
import dev.vloop.internal.SafeText;
import dev.vloop.spi.Host;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The loops of a runtime by name, their runs, and who waits for these to end. All methods may be called from any thread.
 *
 * <p><b>Its lock</b> guards all of that, and is held for a few lines at a time. While it is held, nobody runs user code, parks,
 * interrupts, unparks, logs, starts a thread or takes another lock: runs to launch and threads to wake are collected, and launched and
 * woken when the lock is free.
 */
final class LoopRegistry {
    private final VirtualLoopRuntime runtime;
    private final Host host;
    private final Supervisor supervisor;
    private final KeepAlive keepAlive;

    private final SpinLock lock = new SpinLock();

    /** Who holds each name, the newest last. Guarded by the lock. */
    private final Map<String, VirtualLoop> known = new LinkedHashMap<>();

    /** The runs that have begun and not ended. Guarded by the lock. */
    private final RunList runs = new RunList();

    /** Who waits until few enough runs are left. Guarded by the lock. */
    private final Waiters waiters = new Waiters();

    /** How many runs will not end, so that nobody waits for them. Guarded by the lock. */
    private int willNotEnd;

    /** Whether no run may begin any more. Written under the lock, read by any thread. */
    private volatile boolean closing;

    /** Until when a shutdown waits for iterations, as a monotonic time; {@code NEVER} while there is no shutdown. Read by any thread. */
    private volatile long graceEnd = Host.NEVER;

    LoopRegistry(VirtualLoopRuntime runtime, KeepAlive keepAlive, Supervisor supervisor) {
        this.runtime = runtime;
        this.host = runtime.host();
        this.keepAlive = keepAlive;
        this.supervisor = supervisor;
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
            known.remove(loop.name(), loop);
            Run run = loop.current();
            if (run != null) {
                run.forget(Control.RESTART);
            }
        } finally {
            lock.unlock();
        }
    }

    @Nullable
    Loop find(String name) {
        lock.lock();
        try {
            return known.get(name);
        } finally {
            lock.unlock();
        }
    }

    List<Loop> loops() {
        lock.lock();
        try {
            return List.copyOf(known.values());
        } finally {
            lock.unlock();
        }
    }

    /** Lock held. The loop gets its name, unless another loop that is running has it. */
    private void claimName(VirtualLoop loop) {
        if (closing) {
            throw new IllegalStateException(runtime + " is closed: loop '" + loop.name() + "' cannot begin");
        }
        VirtualLoop holder = known.get(loop.name());
        if (holder == loop) {
            return;
        }
        if (holder != null && holder.isRunning()) {
            throw holder.alreadyRunning();
        }
        known.remove(loop.name()); // so that the new one comes last
        known.put(loop.name(), loop);
    }

    // ---- runs

    /** Starts a loop; {@link IllegalStateException} if it, or another of its name, is running. */
    void start(VirtualLoop loop) {
        VirtualLoop unused = launchUnless(() -> ifIdle(loop, null), loop);
    }

    /** {@return the loop, now started, or else the one of its name that is running already} */
    VirtualLoop startUnlessNameRuns(VirtualLoop loop) {
        VirtualLoop running = launchUnless(() -> ifIdle(loop, known.get(loop.name())), loop);
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
            throw loop.alreadyRunning();
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
        VirtualLoop holder = known.get(loop.name());
        Run before = loop.current();
        LoopEnd endBefore = loop.endBefore();
        claimName(loop);
        Run run;
        try {
            run = beginRun(loop);
        } catch (Throwable e) {
            giveNameBack(loop, holder);
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

    /** Lock held. */
    private void giveNameBack(VirtualLoop loop, @Nullable VirtualLoop holder) {
        if (holder != loop && known.remove(loop.name(), loop) && holder != null) {
            known.put(loop.name(), holder);
        }
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
            giveNameBack(loop, beginning.holder());
            woken = leave(run);
        } finally {
            lock.unlock();
        }
        keepAlive.release();
        Waiters.wake(host, woken);
    }

    /** Lock held. The run is over. {@return who is to be woken} */
    private List<Thread> leave(Run run) {
        runs.remove(run);
        List<Thread> woken = new ArrayList<>(run.takeJoiners());
        if (runs.size() <= willNotEnd) {
            woken.addAll(waiters.takeAll());
        }
        return woken;
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
                if (mayRestart(loop)) {
                    claimName(loop);
                    again = beginRun(loop);
                } else {
                    run.forget(Control.RESTART);
                }
            } else if (how instanceof LoopEnd.Completed) {
                known.remove(loop.name(), loop);
            }
            woken = leave(run);
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

    /** Lock held. A loop whose name another loop has taken since does not come back. */
    private boolean mayRestart(VirtualLoop loop) {
        VirtualLoop holder = known.get(loop.name());
        return !closing && (holder == null || holder == loop);
    }

    /** {@return the runs that have begun and not ended, oldest first} */
    List<Run> runs() {
        lock.lock();
        try {
            return runs.toList();
        } finally {
            lock.unlock();
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

    // ---- waiting and closing

    /** {@return how the run has ended; null if the deadline came first} */
    @Nullable
    LoopEnd awaitEnd(Run run, long deadline) throws InterruptedException {
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

    /** Waits until all of these runs have ended; false if the deadline comes first. */
    boolean awaitEndsOf(List<Run> some, long deadline) throws InterruptedException {
        for (Run run : some) {
            if (run.end() == null && !joiners(run).await(host, lock, () -> run.end() != null, deadline)) {
                return false;
            }
        }
        return true;
    }

    /** Waits until no more runs than this are left; false if the deadline comes first. */
    boolean awaitAtMost(int left, long deadline) throws InterruptedException {
        return waiters.await(host, lock, () -> runs.size() <= left, deadline);
    }

    /** Sets until when a shutdown waits, as a monotonic time; {@code NEVER} when none does. */
    void setGraceEnd(long deadline) {
        graceEnd = deadline;
    }

    /** {@return whether a shutdown will not wait until this monotonic time} */
    boolean graceEndsBefore(long deadline) {
        return deadline > graceEnd;
    }

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

    /** Those who wait for the last runs need not wait for this many. */
    void expectNoEndOf(int count) {
        lock.lock();
        try {
            willNotEnd = count;
        } finally {
            lock.unlock();
        }
    }

    /** Forgets all names. */
    void clear() {
        lock.lock();
        try {
            known.clear();
        } finally {
            lock.unlock();
        }
    }
}
