package dev.vloop.examples;

import dev.vloop.Loop;
import dev.vloop.LoopRuntime;
import java.time.Duration;

/** A loop that lives as long as a connection, which comes and goes. */
final class Feed {
    private final Loop feed;

    Feed(LoopRuntime loops, Bot bot, Batch batch) {
        // region reconnect-handler
        feed = loops.loop("feed")
                .every(Duration.ofSeconds(30))
                .afterLoop(end -> batch.flush()) // may take its time
                .build(it -> bot.print(bot.fetch("/feed")));
        // end region
    }

    // region reconnect-handler-events
    void onDisconnect() {
        feed.cancel();
    }

    /** Comes more than once, and perhaps while the old run still flushes. */
    void onReady() {
        if (!feed.startIfIdle()) { // begins a run now, or as soon as the old one is over
            feed.trigger(); // one is going on: it need not wait for its slot, or for the end of its backoff
        }
    }
    // end region
}
