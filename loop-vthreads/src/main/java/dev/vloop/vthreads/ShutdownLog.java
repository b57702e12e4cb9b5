package dev.vloop.vthreads;

import dev.vloop.internal.DurationText;
import java.time.Duration;
import java.util.List;

/** What a shutdown tells the log: for whom it waits, and whom it has cancelled. Used by the thread that shuts down. */
final class ShutdownLog {
    private static final int MOST_LOOPS = 10;

    private ShutdownLog() {}

    /** Logs which of the runs have not ended yet. */
    static void waits(VirtualLoopRuntime runtime, List<Run> runs, Duration grace) {
        List<String> waitedFor = runs.stream()
                .filter(Run::isGoingOn)
                .map(run -> Log.loop(run.name()) + " (" + run.state() + ")")
                .toList();
        if (!waitedFor.isEmpty()) {
            Log.info("the shutdown of " + runtime + " waits up to " + DurationText.inSeconds(grace) + " for "
                    + listed(waitedFor));
        }
    }

    /** Logs which of the runs it has cancelled. */
    static void cancelled(VirtualLoopRuntime runtime, List<Run> runs, Duration grace) {
        List<String> cancelled = runs.stream()
                .filter(run -> run.has(Control.EVICTED))
                .map(run -> Log.loop(run.name()))
                .toList();
        if (!cancelled.isEmpty()) {
            Log.info("the shutdown of " + runtime + ", with a grace of " + DurationText.inSeconds(grace)
                    + ", has cancelled " + listed(cancelled));
        }
    }

    /** Logs which of the runs the end of the JVM gives up on. Those that have called System.exit are as they should be. */
    static void givesUpOn(VirtualLoopRuntime runtime, List<Run> runs) {
        List<String> deaf = runs.stream()
                .filter(run -> !ExitHook.isExiting(run))
                .map(run -> Log.loop(run.name()))
                .toList();
        if (!deaf.isEmpty()) {
            Log.info("the JVM ends, and " + runtime + " does not wait any longer for " + listed(deaf)
                    + ", which has not reacted to its cancel");
        }
    }

    private static String listed(List<String> loops) {
        int shown = Math.min(MOST_LOOPS, loops.size());
        String text = String.join(", ", loops.subList(0, shown));
        return shown == loops.size() ? text : text + " and " + (loops.size() - shown) + " more";
    }
}
