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

    /** {@return whether a run waits for the end of the JVM, which waits for the hooks: its code has called System.exit} */
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
