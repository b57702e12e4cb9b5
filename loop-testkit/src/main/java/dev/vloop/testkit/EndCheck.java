package dev.vloop.testkit;

import dev.vloop.Loop;
import dev.vloop.LoopRuntime;
import dev.vloop.testkit.engine.OutsideWake;
import dev.vloop.testkit.engine.RealDelay;
import dev.vloop.testkit.engine.RealWait;
import dev.vloop.testkit.engine.TestWatch;
import dev.vloop.testkit.engine.Uncaught;
import dev.vloop.testkit.engine.VirtualHost;
import dev.vloop.testkit.engine.VirtualTimeError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Ends a test, and collects what the test is failed for then. {@link FindingText} words it. Confined to the test's thread. */
final class EndCheck {
    /** How far time may move until a loop that was cancelled must have ended. */
    private static final long LONGEST_END = Duration.ofDays(1).toNanos();

    /** How often time may move until then. */
    private static final int MOST_STEPS = 10_000;

    private final VirtualHost host;
    private final Recorder recorder;
    private final Set<Finding> tolerated;
    private final TestWatch watch;

    /** Other runtimes on the same host, which end with the test's. */
    private final List<LoopRuntime> others = new ArrayList<>();

    /** The texts of what was found, in the order in which the test is told. */
    private final List<String> problems = new ArrayList<>();

    /** The first exception among the findings, which becomes the cause of the test's failure. */
    private @Nullable Throwable cause;

    EndCheck(VirtualHost host, Recorder recorder, Set<Finding> tolerated, TestWatch watch) {
        this.watch = watch;
        this.host = host;
        this.recorder = recorder;
        this.tolerated = tolerated;
    }

    /** Adds a runtime on the same host, which ends with the test's. */
    void add(LoopRuntime other) {
        others.add(other);
    }

    /**
     * Ends everything. {@return the failure to tell the test, null if there is none}
     *
     * @param broken whether the test was told that its time cannot go on
     */
    @Nullable
    AssertionError end(LoopRuntime runtime, boolean broken) {
        watch.stop();
        String blocked = watch.found();
        if (blocked != null) {
            problems.add(blocked); // cannot be tolerated
        }
        boolean interrupted = Thread.interrupted(); // otherwise time would not move, and hooks would be left out
        for (Recorder.Failed failed : recorder.unseen()) {
            add(Finding.UNSEEN_FAILURE, FindingText.unseenFailure(failed), failed.end.cause());
        }
        Recorder.Moment moment = recorder.moment();
        if (!broken) {
            endLoops(runtime);
        }
        if (addHookFailures()) {
            moment = recorder.moment(); // a hook may have failed as the loop was ended here
        }
        host.close();
        if (interrupted && blocked == null) { // otherwise it was the watch that interrupted
            Thread.currentThread().interrupt();
        }
        addTroublesOfHost();
        if (problems.isEmpty()) {
            return null;
        }
        String text = String.join("\n", problems);
        String first = problems.get(0).lines().findFirst().orElse("");
        return new LoopTestError(text + "\n" + moment.timeline().failedWith(first), cause);
    }

    /** {@return whether there were any} */
    private boolean addHookFailures() {
        List<Recorder.FailedHook> failed = recorder.unseenHooks();
        for (Recorder.FailedHook each : failed) {
            add(Finding.HOOK_FAILURE, FindingText.hookFailure(each), each.failure.thrown());
        }
        return !failed.isEmpty();
    }

    private void addTroublesOfHost() {
        for (Uncaught uncaught : host.uncaught()) {
            add(Finding.UNCAUGHT, FindingText.uncaught(uncaught), uncaught.thrown());
        }
        for (RealWait wait : host.realWaits()) {
            add(Finding.REAL_WAIT, FindingText.realWait(wait), null);
        }
        for (OutsideWake wake : host.outsideWakes()) {
            add(Finding.OUTSIDE_WAKE, FindingText.outsideWake(wake), null);
        }
        for (RealDelay delay : host.realDelays()) {
            add(Finding.REAL_DELAY, FindingText.realDelay(delay), null);
        }
    }

    private void add(Finding finding, String text, @Nullable Throwable thrown) {
        if (!tolerated.contains(finding)) {
            problems.add(text);
            cause = cause == null ? thrown : cause;
        }
    }

    private void endLoops(LoopRuntime runtime) {
        try {
            long limit = host.nanoTime() + LONGEST_END;
            cancel(runtime.loops()); // also those whose run has not begun
            for (LoopRuntime other : others) {
                cancel(other.loops());
            }
            cancelRunning();
            for (int steps = 0; !recorder.running().isEmpty() && steps < MOST_STEPS; steps++) {
                long next = host.nextDeadline();
                if (next > limit) {
                    break;
                }
                host.advanceTo(Math.max(next, host.nanoTime()));
                cancelRunning();
            }
            for (Loop loop : recorder.running()) {
                add(Finding.LEAK, FindingText.leak(loop, host.threads()), null);
            }
            if (recorder.running().isEmpty()) {
                runtime.close();
                for (LoopRuntime other : others) {
                    other.close();
                }
                host.advanceTo(host.nanoTime());
                if (host.liveThreads() > 0) {
                    host.threads().stream()
                            .skip(1) // the test's own
                            .filter(thread -> !thread.isIdleWorker())
                            .forEach(thread -> add(Finding.LEAK, FindingText.leak(thread), null));
                }
            }
        } catch (VirtualTimeError e) {
            add(Finding.LEAK, FindingText.leak(recorder.running(), e.getMessage()), e);
        }
    }

    private void cancelRunning() {
        host.advanceTo(host.nanoTime());
        cancel(recorder.running());
        host.advanceTo(host.nanoTime());
    }

    private static void cancel(List<Loop> loops) {
        for (Loop loop : loops) {
            loop.cancel();
        }
    }
}
