package dev.vloop.vthreads;

import dev.vloop.LoopState;
import dev.vloop.LoopStatus;
import java.time.Instant;
import java.util.List;

/** What others see of a loop: its status, the text that it is shown as, and why it refuses a call. Any thread. */
final class LoopView {
    private LoopView() {}

    static LoopStatus status(VirtualLoop loop) {
        for (Run run = loop.current();
                run != null;
                run = loop.runtime().registry().currentRun(loop)) {
            LoopStatus status = run.progress.read(run, loop.isPaused(), loop.endBefore());
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

    static String text(VirtualLoop loop) {
        return "loop '" + loop.name() + "' (" + stateAndNext(loop) + ")";
    }

    private static String stateAndNext(VirtualLoop loop) {
        LoopStatus status = status(loop);
        Instant next = status.nextIteration();
        return status.state() + (next == null ? "" : ", next " + next);
    }

    static IllegalStateException alreadyRunning(VirtualLoop loop) {
        return new IllegalStateException("a loop '" + loop.name() + "' is already running (" + stateAndNext(loop)
                + "): startIfIdle(..) leaves it alone, remove() makes room");
    }

    static IllegalStateException takesNoTrigger(VirtualLoop loop) {
        return new IllegalStateException("loop '" + loop.name() + "' "
                + (loop.isRunning() ? "is ending: start it again when it is over" : "is not running: start it first"));
    }
}
