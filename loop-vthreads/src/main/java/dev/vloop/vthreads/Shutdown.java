package dev.vloop.vthreads;

import dev.vloop.Loop;
import dev.vloop.LoopState;
import dev.vloop.spi.Host;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/**
 * The ways in which a runtime ends, or all of its runs do: join, close, shutdown, stopAll, and the shutdown at the end of the JVM. It asks
 * the registry and its active runs, and waits without holding their lock.
 */
final class Shutdown {
    /** After how long the log says for whom a shutdown waits, in nanoseconds: loops that wait for a slot have ended by then. */
    private static final long QUIET = 100_000_000L;

    /** How long until a wait looks whether somebody has called System.exit, in nanoseconds; it doubles each time. */
    private static final long FIRST_LOOK = 50_000_000L;

    private static final long LONGEST_LOOK = 1_000_000_000L;

    /**
     * How long the end of the JVM waits for code that was cancelled and goes on, in nanoseconds; or as long as the grace, if that is longer.
     * It may be deaf because it waits for another thread that has called System.exit, and then neither would ever end.
     */
    private static final long LONGEST_DEAF = 5_000_000_000L;

    private final VirtualLoopRuntime runtime;
    private final LoopRegistry registry;
    private final ActiveRuns active;
    private final Supervisor supervisor;
    private final Host host;

    /** What {@link #close} gives: zero cancels at once. */
    private final Duration closeGrace;

    /** What the JVM is to call at its end. Added to and taken from by any thread. */
    private final List<ExitHook> hooks = new CopyOnWriteArrayList<>();

    /** Whether the runtime has been closed, and its hooks taken back. */
    private volatile boolean closed;

    /** When the end of the JVM gives up on runs that are deaf to their cancel, as a monotonic time; {@code NEVER} before the cancel. */
    private volatile long giveUpAt = Host.NEVER;

    Shutdown(VirtualLoopRuntime runtime, LoopRegistry registry, Supervisor supervisor, Duration closeGrace) {
        this.runtime = runtime;
        this.registry = registry;
        this.active = registry.runs();
        this.supervisor = supervisor;
        this.host = runtime.host();
        this.closeGrace = closeGrace;
    }

    /** A wait for the ends of runs. */
    private interface Ends {
        /** {@return whether all that can end have ended; false if the deadline, a monotonic time, comes first} */
        boolean await(long deadline) throws InterruptedException;
    }

    /** Waits until no run is left; false if the deadline, a monotonic time, comes first. */
    boolean join(long deadline) throws InterruptedException {
        refuseThreadsOfRuns("join(..)");
        return active.awaitAtMost(0, deadline);
    }

    /** Ends all runs and waits for that. Without a grace, they are cancelled at once. */
    void close() {
        refuseThreadsOfRuns("close()");
        registry.refuseRuns();
        if (closeGrace.isZero()) {
            for (Run run : active.toList()) {
                run.request(Control.CANCEL, Control.RESTART);
            }
            endOfRuntime(false, closeGrace);
        } else {
            stopThenClose(closeGrace);
        }
    }

    /** Stops all runs, cancels those that do not end within the grace, and closes. {@return the loops that it has cancelled} */
    List<Loop> shutdown(Duration grace) {
        refuseThreadsOfRuns("shutdown(..)");
        registry.refuseRuns();
        return stopThenClose(grace);
    }

    /** The same, but the runtime stays open. */
    List<Loop> stopAll(Duration grace) {
        refuseThreadsOfRuns("stopAll(..)");
        List<Run> runs = active.toList();
        Ends ends = deadline -> active.awaitEndsOf(runs, deadline);
        boolean interrupted = stop(runs, grace, ends);
        interrupted |= awaitUninterrupted(
                ends, () -> runs.stream().filter(Run::isGoingOn).toList());
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return evicted(runs);
    }

    /** The thread of an exit hook. */
    void shutdownAtExit(Duration grace) {
        registry.refuseRuns();
        stopThenClose(grace);
    }

    private List<Loop> stopThenClose(Duration grace) {
        List<Run> runs = active.toList();
        boolean interrupted = stop(runs, grace, this::awaitAll);
        endOfRuntime(interrupted, grace);
        return evicted(runs);
    }

    /** Stops runs, and cancels those that have not ended within the grace. {@return whether it was interrupted, which ends the grace} */
    private boolean stop(List<Run> runs, Duration grace, Ends ends) {
        long now = host.nanoTime();
        long end = Nanos.plus(now, Nanos.of(grace));
        active.setGraceEnd(end);
        boolean interrupted = false;
        try {
            for (Run run : runs) {
                run.request(Control.STOP, Control.RESTART);
                run.evict(LoopState.STARTING); // it would do nothing after beforeLoop
            }
            if (!ends.await(Math.min(end, Nanos.plus(now, QUIET)))) {
                ShutdownLog.waits(runtime, runs, grace);
                ends.await(end);
            }
        } catch (InterruptedException e) {
            interrupted = true;
        } finally {
            active.setGraceEnd(Host.NEVER);
        }
        for (Run run : runs) {
            run.evict(null);
        }
        ShutdownLog.cancelled(runtime, runs, grace);
        return interrupted;
    }

    private static List<Loop> evicted(List<Run> runs) {
        List<Loop> loops = new ArrayList<>();
        for (Run run : runs) {
            if (run.has(Control.EVICTED)) {
                loops.add(run.loop());
            }
        }
        return List.copyOf(loops);
    }

    /**
     * Waits for all runs of the runtime. When the JVM is ending, it does not wait for those that have called System.exit, as they wait for
     * that end, and in the end not for those that are deaf.
     */
    private boolean awaitAll(long deadline) throws InterruptedException {
        if (!(host instanceof SystemHost)) {
            return active.awaitAtMost(0, deadline);
        }
        int exiting = 0;
        for (long step = FIRST_LOOK; ; step = Math.min(2 * step, LONGEST_LOOK)) {
            long look = Math.min(deadline, Nanos.plus(host.nanoTime(), step));
            if (active.awaitAtMost(exiting, look)) {
                return true;
            }
            if (ExitHook.isJvmEnding()) {
                boolean givesUp = host.nanoTime() >= giveUpAt;
                exiting = ExitHook.countLost(active.toList(), givesUp);
                active.expectNoEndOf(exiting);
            }
            if (look == deadline) {
                return active.awaitAtMost(exiting, deadline);
            }
        }
    }

    /** Waits until all runs are over that can end, however long it takes, and gives back what the runtime holds. */
    private void endOfRuntime(boolean wasInterrupted, Duration grace) {
        giveUpAt = Nanos.plus(host.nanoTime(), Math.max(LONGEST_DEAF, Nanos.of(grace)));
        boolean interrupted = awaitUninterrupted(this::awaitAll, active::toList);
        List<Run> left = active.toList();
        if (left.isEmpty()) {
            supervisor.end();
        } else {
            ShutdownLog.givesUpOn(runtime, left);
        }
        registry.names().clear();
        if (!(host instanceof SystemHost) || !ExitHook.isJvmEnding()) {
            runtime.wallClockWatch().end(); // it would wait for a listener that has called System.exit
        }
        closed = true;
        takeHooksBack();
        if (interrupted || wasInterrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Reports what it waits for. {@return whether it was interrupted, which does not cut it short: threads would be left behind} */
    private boolean awaitUninterrupted(Ends ends, Supplier<List<Run>> left) {
        boolean interrupted = false;
        CloseReport report = new CloseReport(runtime);
        for (boolean over = false; !over; ) {
            try {
                over = ends.await(report.due());
                if (!over) {
                    report.log(left.get());
                }
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        return interrupted;
    }

    /** Any thread. The JVM calls this runtime at its end, unless it is closed before. */
    void onExit(Duration grace, Runnable then) {
        hooks.add(ExitHook.register(runtime, grace, then));
        if (closed) {
            takeHooksBack();
        }
    }

    private void takeHooksBack() {
        for (ExitHook hook : hooks) {
            hook.takeBack();
        }
        hooks.clear();
    }

    private void refuseThreadsOfRuns(String method) {
        for (Run run : active.toList()) {
            if (run.runsCurrentThread()) {
                throw new IllegalStateException(method + " in loop '"
                        + run.loop().name() + "' would wait for that loop's own end: call it from another thread");
            }
        }
    }
}
