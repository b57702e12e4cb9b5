package dev.vloop.examples;

import dev.vloop.Loop;
import dev.vloop.LoopBuilder;
import dev.vloop.LoopRuntime;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** Begins loops again that have failed. */
final class Restarts {
    private Restarts() {}

    // region restarts
    /** Begins the loop again after it failed: a second later, then two, four and so on, up to an hour. A success ends the row. */
    static LoopBuilder restarting(LoopRuntime loops, LoopBuilder builder) {
        AtomicInteger row = new AtomicInteger();
        return builder.afterLoop(end -> {
            Loop loop = LoopRuntime.current();
            if (!end.isFailed()) {
                return;
            }
            if (loop.status().lastSuccess() != null) {
                row.set(0); // this run was well for a while
            }
            int failures = row.getAndIncrement();
            Duration wait = Duration.ofSeconds(Math.min(1L << Math.min(failures, 12), 3_600));
            loops.loop("restart of " + loop.name())
                    .initialDelay(wait)
                    .every(wait)
                    .startIfIdle(it -> {
                        it.loop().stop(); // it ends now: a run that fails at once can ask for the next one
                        loop.startIfIdle();
                    });
        });
    }
    // end region
}
