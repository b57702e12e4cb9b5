package dev.vloop.examples;

import dev.vloop.Loop;
import dev.vloop.LoopRuntime;
import dev.vloop.vthreads.VirtualLoops;
import java.sql.SQLTransientException;
import java.time.Duration;

/** The first example of the README. */
final class Quickstart {
    private Quickstart() {}

    static LoopRuntime create() {
        // region create
        LoopRuntime loops = VirtualLoops.create();
        // end region
        return loops;
    }

    static Loop printer(LoopRuntime loops, Bot bot) {
        // region printer
        Loop printer = loops.loop("printer")
                .every(Duration.ofSeconds(5)) // at once, then every 5 seconds, without drift
                .count(10) // ten iterations; without this line it goes on for ever
                .beforeLoop(bot::awaitReady) // once, before the first iteration
                .retryOn(SQLTransientException.class) // wait and try again; I/O errors are retried anyway
                .afterLoop(end -> bot.print("ended: " + end)) // once, however the loop ends
                .start(it -> bot.print(it.index()));
        // end region
        return printer;
    }
}
