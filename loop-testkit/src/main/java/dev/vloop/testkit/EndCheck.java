package dev.vloop.testkit;

import dev.vloop.Loop;
import dev.vloop.LoopRuntime;
import dev.vloop.testkit.engine.Frames;
import dev.vloop.testkit.engine.OutsideWake;
import dev.vloop.testkit.engine.RealWait;
import dev.vloop.testkit.engine.TestWatch;
import dev.vloop.testkit.engine.ThreadReport;
import dev.vloop.testkit.engine.Uncaught;
import dev.vloop.testkit.engine.VirtualHost;
import dev.vloop.testkit.engine.VirtualTimeError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Ends a test, and says what it should not have left behind. On the test's thread. */
final class EndCheck {
    private static final long LONGEST_END = Duration.ofDays(1).toNanos();

    /** How often loops are given the chance to end before they count as leaked. */
    private static final int MOST_STEPS = 10_000;

    private final VirtualHost host;
    private final Recorder recorder;
    private final Set<Finding> tolerated;
    private final TestWatch watch;
    private final List<String> problems = new ArrayList<>();
    private @Nullable Throwable cause;

    EndCheck(VirtualHost host, Recorder recorder, Set<Finding> tolerated, TestWatch watch) {
        this.watch = watch;
        this.host = host;
        this.recorder = recorder;
        this.tolerated = tolerated;
    }

    /**
     * Ends all. {@return what to tell the test; null: nothing}
     *
     * @param broken whether the test was told that its time cannot go on
     */
    @Nullable
    AssertionError end(LoopRuntime runtime, boolean broken) {
        watch.stop();
        String blocked = watch.found();
        if (blocked != null) {
            problems.add(blocked);
        }
        recorder.unseen().forEach(this::unseen);
        Timeline timeline = recorder.timeline();
        if (!broken) {
            endLoops(runtime);
        }
        host.close();
        host.uncaught().forEach(this::uncaught);
        host.realWaits().forEach(this::realWait);
        host.outsideWakes().forEach(this::outsideWake);
        if (problems.isEmpty()) {
            return null;
        }
        String text = String.join("\n", problems);
        String first = problems.get(0).lines().findFirst().orElse("");
        return new LoopTestError(text + "\n" + timeline.failedWith(first), cause);
    }

    private void add(Finding finding, String text, @Nullable Throwable thrown) {
        if (!tolerated.contains(finding)) {
            problems.add(text);
            cause = cause == null ? thrown : cause;
        }
    }

    private void unseen(Recorder.Failed failed) {
        add(
                Finding.UNSEEN_FAILURE,
                "loop '" + failed.loop.name() + "' failed at " + Score.clock(Duration.ofNanos(failed.nanos)) + ": "
                        + Words.thrown(failed.end.cause()) + " in "
                        + Frames.place(List.of(failed.end.cause().getStackTrace()))
                        + ", and the test never looked\n  mend: if it is expected, look: loops.awaitEnd(loop), or"
                        + " assertThat(loop).hasFailedWith(..)",
                failed.end.cause());
    }

    private void endLoops(LoopRuntime runtime) {
        try {
            long limit = host.nanoTime() + LONGEST_END;
            runtime.loops().forEach(Loop::cancel); // also what has not begun
            cancelAll();
            for (int steps = 0; !recorder.running().isEmpty() && steps < MOST_STEPS; steps++) {
                long next = host.nextDeadline();
                if (next > limit) {
                    break;
                }
                host.advanceTo(Math.max(next, host.nanoTime()));
                cancelAll();
            }
            recorder.running().forEach(this::leak);
            if (recorder.running().isEmpty()) {
                runtime.close();
                host.advanceTo(host.nanoTime());
                host.threads().stream().skip(1).forEach(this::leak); // the first is the test's
            }
        } catch (VirtualTimeError e) {
            List<Loop> running = recorder.running();
            String who = running.isEmpty() ? "" : "leak: " + names(running) + " did not end when cancelled\n";
            add(Finding.LEAK, who + e.getMessage(), e);
        }
    }

    private void cancelAll() {
        host.advanceTo(host.nanoTime());
        recorder.running().forEach(Loop::cancel);
        host.advanceTo(host.nanoTime());
    }

    static String names(List<Loop> loops) {
        return String.join(
                ", ", loops.stream().map(loop -> "'" + loop.name() + "'").toList());
    }

    private void leak(Loop loop) {
        String where = host.threads().stream()
                .filter(thread -> thread.name().equals(loop.name()))
                .findFirst()
                .map(thread -> " in " + Frames.place(thread.stack()) + "; it " + thread.text())
                .orElse("");
        add(
                Finding.LEAK,
                "leak: loop '" + loop.name() + "' did not end when cancelled, within a day of virtual time" + where
                        + "\n  mend: let its body and hooks heed interrupts: do not catch InterruptedException and go on",
                null);
    }

    private void leak(ThreadReport thread) {
        add(
                Finding.LEAK,
                "leak: thread " + thread.text() + "\n  a body started it, and it is still there"
                        + "\n  mend: fork with iteration.fork(..), or end it in afterLoop",
                null);
    }

    private void uncaught(Uncaught uncaught) {
        add(
                Finding.UNCAUGHT,
                "uncaught: " + Words.thrown(uncaught.thrown()) + " escaped from thread '" + uncaught.where() + "' at "
                        + Score.clock(Duration.ofNanos(uncaught.nanos())) + " in "
                        + Frames.place(List.of(uncaught.thrown().getStackTrace()))
                        + "\n  mend: catch it there, or fork with iteration.fork(..), which hands it to the loop",
                uncaught.thrown());
    }

    private void realWait(RealWait wait) {
        add(
                Finding.REAL_WAIT,
                "real wait: thread '" + wait.thread() + "' waited in real time at "
                        + Score.clock(Duration.ofNanos(wait.nanos())) + " in " + Frames.place(wait.stack())
                        + "\n  mend: wait with iteration.sleep(..) or the runtime's clock()",
                null);
    }

    private void outsideWake(OutsideWake wake) {
        add(
                Finding.OUTSIDE_WAKE,
                "woken from outside: thread '" + wake.thread() + "' was woken by '" + wake.waker() + "' at "
                        + Score.clock(Duration.ofNanos(wake.nanos())) + ", from " + Frames.place(wake.stack())
                        + "; time may have moved before it\n  mend: wait for the world outside in"
                        + " TestLoops.external(..), or do the work on a thread of the test",
                null);
    }
}
