package dev.vloop.testkit;

import dev.vloop.Loop;
import dev.vloop.LoopRuntime;
import dev.vloop.testkit.engine.TestWatch;
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
        recorder.unseen()
                .forEach(failed -> add(Finding.UNSEEN_FAILURE, FindingText.unseenFailure(failed), failed.end.cause()));
        Timeline timeline = recorder.timeline();
        if (!broken) {
            endLoops(runtime);
        }
        if (addHookFailures()) {
            timeline = recorder.timeline(); // a hook may have failed as the loop was ended here
        }
        host.close();
        host.uncaught().forEach(uncaught -> add(Finding.UNCAUGHT, FindingText.uncaught(uncaught), uncaught.thrown()));
        host.realWaits().forEach(wait -> add(Finding.REAL_WAIT, FindingText.realWait(wait), null));
        host.outsideWakes().forEach(wake -> add(Finding.OUTSIDE_WAKE, FindingText.outsideWake(wake), null));
        host.realDelays().forEach(delay -> add(Finding.REAL_DELAY, FindingText.realDelay(delay), null));
        if (problems.isEmpty()) {
            return null;
        }
        String text = String.join("\n", problems);
        String first = problems.get(0).lines().findFirst().orElse("");
        return new LoopTestError(text + "\n" + timeline.failedWith(first), cause);
    }

    /** {@return whether there were any} */
    private boolean addHookFailures() {
        List<Recorder.FailedHook> failed = recorder.unseenHooks();
        failed.forEach(each -> add(Finding.HOOK_FAILURE, FindingText.hookFailure(each), each.failure.thrown()));
        return !failed.isEmpty();
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
            runtime.loops().forEach(Loop::cancel); // also those whose run has not begun
            others.forEach(other -> other.loops().forEach(Loop::cancel));
            cancelAll();
            for (int steps = 0; !recorder.running().isEmpty() && steps < MOST_STEPS; steps++) {
                long next = host.nextDeadline();
                if (next > limit) {
                    break;
                }
                host.advanceTo(Math.max(next, host.nanoTime()));
                cancelAll();
            }
            recorder.running().forEach(loop -> add(Finding.LEAK, FindingText.leak(loop, host.threads()), null));
            if (recorder.running().isEmpty()) {
                runtime.close();
                others.forEach(LoopRuntime::close);
                host.advanceTo(host.nanoTime());
                host.threads().stream()
                        .skip(1) // the test's own
                        .filter(thread -> !thread.isIdleWorker())
                        .forEach(thread -> add(Finding.LEAK, FindingText.leak(thread), null));
            }
        } catch (VirtualTimeError e) {
            add(Finding.LEAK, FindingText.leak(recorder.running(), e.getMessage()), e);
        }
    }

    private void cancelAll() {
        host.advanceTo(host.nanoTime());
        recorder.running().forEach(Loop::cancel);
        host.advanceTo(host.nanoTime());
    }
}
