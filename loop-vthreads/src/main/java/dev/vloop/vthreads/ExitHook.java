package dev.vloop.vthreads;

import dev.vloop.LoopRuntime;
import java.time.Duration;

/** Shuts a runtime down when the JVM is asked to end. */
final class ExitHook {
    private ExitHook() {}

    static void register(LoopRuntime runtime, Duration grace, Runnable then) {
        Thread hook = Thread.ofPlatform().name(runtime + " exit").unstarted(() -> {
            try {
                runtime.shutdown(grace);
            } finally {
                then.run();
            }
        });
        Runtime.getRuntime().addShutdownHook(hook);
    }
}
