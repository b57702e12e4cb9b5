package dev.vloop.examples;

import dev.vloop.Loop;
import dev.vloop.LoopRuntime;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.time.Duration;

/** The five recipes of discord.py's {@code tasks}. */
final class Recipes {
    private Recipes() {}

    static void simple(LoopRuntime loops, Bot bot) {
        // region simple
        loops.loop("printer").every(Duration.ofSeconds(5)).start(it -> bot.print(it.index()));
        // end region
    }

    static void reconnect(LoopRuntime loops, Batch batch) {
        // region reconnect
        loops.loop("batch-update")
                .every(Duration.ofMinutes(5))
                .retryOn(SQLTransientException.class)
                .start(it -> batch.update());
        // end region
    }

    static void reconnectByState(LoopRuntime loops, Batch batch) {
        // region reconnect-by-state
        loops.loop("batch-update")
                .every(Duration.ofMinutes(5))
                .on(SQLException.class, e -> SqlStates.reaction(e)) // a lost connection ("08...") is retried
                .start(it -> batch.update());
        // end region
    }

    static void counted(LoopRuntime loops, Bot bot) {
        // region counted
        loops.loop("slow-count")
                .every(Duration.ofSeconds(5))
                .count(5)
                .afterLoop(end -> bot.print("done!"))
                .start(it -> bot.print(it.index()));
        // end region
    }

    static void ready(LoopRuntime loops, Bot bot) {
        // region ready
        loops.loop("greeter")
                .every(Duration.ofMinutes(1))
                .beforeLoop(bot::awaitReady)
                .start(it -> bot.print("hello"));
        // end region
    }

    static Loop bulk(LoopRuntime loops, Batch batch) {
        // region bulk
        Loop bulker = loops.loop("bulker")
                .every(Duration.ofSeconds(10))
                .afterLoop(end -> {
                    if (!batch.isEmpty()) {
                        batch.flush();
                    }
                })
                .start(it -> batch.flush());
        // end region
        return bulker;
    }
}
