package dev.vloop.examples;

import dev.vloop.Loop;
import dev.vloop.LoopRuntime;
import dev.vloop.vthreads.VirtualLoops;
import java.sql.SQLTransientException;
import java.time.Duration;

/** The first thing to see. */
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
                .every(Duration.ofSeconds(5)) // at once, and then every 5 s, without drift
                .count(10) // ten times; leave it out for ever
                .beforeLoop(bot::awaitReady) // once, before the first
                .retryOn(SQLTransientException.class) // as I/O errors are: the same iteration again, after a backoff
                .afterLoop(end -> bot.print("ended: " + end)) // once, however it ends
                .start(it -> bot.print(it.index()));
        // end region
        return printer;
    }
}
