package dev.vloop.vthreads;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Shuts a runtime down when the JVM is asked to end. */
final class ExitHook {
    private ExitHook() {}

    static void register(VirtualLoopRuntime runtime, Duration grace, Runnable then) {
        Thread hook = Thread.ofPlatform().name(runtime + " exit").unstarted(() -> {
            try {
                runtime.shutdownAtExit(grace);
            } finally {
                then.run();
            }
        });
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** {@return whether code of a run has called System.exit} Such code waits for all hooks, so the run cannot end before they do. */
    static boolean isExiting(Run run) {
        List<Thread> threads = new ArrayList<>();
        Thread own = run.thread();
        if (own != null) {
            threads.add(own);
        }
        run.addThreads(threads);
        for (Thread thread : threads) {
            for (StackTraceElement frame : thread.getStackTrace()) {
                if (frame.getClassName().equals("java.lang.Shutdown")) {
                    return true;
                }
            }
        }
        return false;
    }
}
