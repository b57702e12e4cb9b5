package dev.vloop.vthreads;

import dev.vloop.Loop;
import dev.vloop.LoopState;
import dev.vloop.spi.Host;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The ways in which a runtime ends: join, close, shutdown, and the shutdown at the end of the JVM. It has no state and no lock of its own:
 * it asks the registry, and waits without holding its lock.
 */
final class Shutdown {
    private final VirtualLoopRuntime runtime;
    private final LoopRegistry registry;
    private final Supervisor supervisor;
    private final Host host;

    Shutdown(VirtualLoopRuntime runtime, LoopRegistry registry, Supervisor supervisor) {
        this.runtime = runtime;
        this.registry = registry;
        this.supervisor = supervisor;
        this.host = runtime.host();
    }

    /** Waits until no run is left. */
    void join() throws InterruptedException {
        refuseThreadsOfRuns("join()");
        registry.awaitAtMost(0, Host.NEVER);
    }

    /** Cancels all runs and waits for their ends. */
    void close() {
        refuseThreadsOfRuns("close()");
        beginClosing(Control.CANCEL);
        awaitEnds(0);
    }

    /** Stops all runs, and cancels those that have not ended after the grace. {@return the loops that it has cancelled} */
    List<Loop> shutdown(Duration grace) {
        refuseThreadsOfRuns("shutdown(..)");
        return shutdown(grace, 0);
    }

    /** The thread of an exit hook. Does not wait for runs that called {@code System.exit}: they wait for the hook. */
    void shutdownAtExit(Duration grace) {
        int exiting = 0;
        for (Run run : registry.runs()) {
            if ((run.has(Control.EXPOSED) || run.state() == LoopState.ENDING) && ExitHook.isExiting(run)) {
                exiting++;
            }
        }
        registry.expectNoEndOf(exiting);
        shutdown(grace, exiting);
    }

    /** @param left how many runs will not end, whatever is done */
    private List<Loop> shutdown(Duration grace, int left) {
        beginClosing(Control.STOP);
        boolean interrupted = false;
        try {
            registry.awaitAtMost(left, Nanos.plus(host.nanoTime(), Nanos.of(grace)));
        } catch (InterruptedException e) {
            interrupted = true; // ends the grace
        }
        List<Loop> cancelled = new ArrayList<>();
        for (Run run : registry.runs()) {
            if (run.request(Control.CANCEL, Control.RESTART)) {
                cancelled.add(run.loop());
            }
        }
        awaitEnds(left);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return List.copyOf(cancelled);
    }

    private void beginClosing(int request) {
        registry.refuseRuns();
        for (Run run : registry.runs()) {
            run.request(request, Control.RESTART);
        }
    }

    /** Waits until no more runs than this are left, however long it takes, and reports what it waits for. */
    private void awaitEnds(int left) {
        boolean interrupted = false;
        CloseReport report = new CloseReport(runtime);
        for (boolean over = false; !over; ) {
            try {
                over = registry.awaitAtMost(left, report.due());
                if (!over) {
                    report.log(registry.runs());
                }
            } catch (InterruptedException e) {
                interrupted = true; // does not cut a close short: threads would be left behind
            }
        }
        if (left == 0) {
            supervisor.end();
        }
        registry.clear();
        runtime.wallClockWatch().end();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void refuseThreadsOfRuns(String method) {
        for (Run run : registry.runs()) {
            if (run.runsCurrentThread()) {
                throw new IllegalStateException(method + " in loop '"
                        + run.loop().name() + "' would wait for that loop's own end: call it from another thread");
            }
        }
    }
}
