package dev.vloop.vthreads;

import dev.vloop.ClusterStatus;
import dev.vloop.LoopState;
import dev.vloop.LoopStatus;
import dev.vloop.LoopTotals;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What others see of a loop: its status, the text that it is shown as, and why it refuses a call. Any thread. */
final class LoopView {
    private LoopView() {}

    static LoopStatus status(VirtualLoop loop) {
        for (Run run = loop.current();
                run != null;
                run = loop.runtime().registry().currentRun(loop)) {
            Past past = loop.past();
            LoopStatus status = run.progress.read(run, past == null ? null : past.lastEnd());
            if (loop.current() == run && (status.state() != LoopState.IDLE || !run.goesOn())) {
                return status;
            }
        }
        return new LoopStatus(
                loop.name(), LoopState.IDLE, 0, 0, 0, 0, 0, null, null, null, null, null, null, loop.isPaused(), null);
    }

    static String kind(VirtualLoop loop) {
        String kind = loop.options().kind;
        return kind == null ? loop.name() : kind;
    }

    static boolean isRunning(VirtualLoop loop) {
        Run run = loop.current();
        return run != null && run.goesOn();
    }

    static List<Thread> threads(VirtualLoop loop) {
        Run run = loop.current();
        return run == null || !run.goesOn() ? List.of() : run.threads();
    }

    static @Nullable ClusterStatus cluster(VirtualLoop loop) {
        Run run = loop.current();
        return run == null || !run.isGoingOn() ? null : run.cluster();
    }

    static String text(VirtualLoop loop) {
        return Log.loop(loop.name()) + " (" + stateAndNext(loop) + ")";
    }

    private static String stateAndNext(VirtualLoop loop) {
        LoopStatus status = status(loop);
        Instant next = status.nextIteration();
        return status.state() + (next == null ? "" : ", next " + next);
    }

    static LoopTotals totals(VirtualLoop loop) {
        for (; ; ) {
            Past past = loop.past();
            Run run = loop.current();
            if (run == null) {
                return new LoopTotals(0, 0, 0, 0, 0);
            }
            LoopTotals totals = past != null && past.lastEnd() == run.end()
                    ? past.totals() // which has this run: a new one is just being made
                    : Past.totals(past, run);
            if (loop.past() == past && loop.current() == run) {
                return totals;
            }
        }
    }

    static IllegalStateException alreadyRunning(VirtualLoop loop) {
        Run run = loop.current();
        String what;
        if (run != null && run.endsForGood()) {
            what =
                    "is ending (%s): startIfIdle(..) begins a run as soon as this one is over, remove() frees the name at once";
        } else if (run != null && run.has(Control.RESTART)) {
            what =
                    "is ending (%s), and begins again as soon as that is over: stop() takes this back, remove() frees the name at once";
        } else {
            what =
                    "is already running (%s): startIfIdle(..) leaves it alone, restart() begins a new run, remove() makes room";
        }
        return new IllegalStateException("a loop '" + loop.name() + "' " + what.formatted(stateAndNext(loop)));
    }

    static IllegalStateException takesNoTrigger(VirtualLoop loop) {
        return new IllegalStateException("loop '" + loop.name() + "' "
                + (loop.isRunning()
                        ? "is ending: startIfIdle() begins a run as soon as this one is over"
                        : "is not running: start it first"));
    }
}
