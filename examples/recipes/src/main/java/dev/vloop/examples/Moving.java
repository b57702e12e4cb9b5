package dev.vloop.examples;

import dev.vloop.Loop;
import dev.vloop.LoopRuntime;
import java.sql.SQLTransientException;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;

/** The code after the moves that docs/moving.md describes. */
final class Moving {
    private Moving() {}

    static Loop fromDiscord(LoopRuntime loops, Bot bot, Batch batch) {
        // region from-discord
        Loop updates = loops.loop("updates")
                .every(Duration.ofMinutes(5))
                .count(12)
                .retryOn(SQLTransientException.class)
                .beforeLoop(bot::awaitReady)
                .afterLoop(end -> {
                    if (end.isCancelled()) {
                        batch.flush();
                    }
                })
                .onFailure(failure -> bot.print("update failed: " + failure.cause()))
                .build(it -> batch.update());

        updates.start();
        // end region
        return updates;
    }

    static void fromDiscordTimes(LoopRuntime loops, Bot bot) {
        // region from-discord-times
        loops.loop("greeting")
                .dailyAt(ZoneId.of("Europe/Berlin"), LocalTime.of(9, 0), LocalTime.of(18, 0))
                .start(it -> bot.print("hello"));
        // end region
    }

    static Loop fromExecutor(LoopRuntime loops, Bot bot, Batch batch) {
        // region from-executor
        Loop updates = loops.loop("updates")
                .initialDelay(Duration.ofSeconds(1))
                .every(Duration.ofMinutes(5))
                .continueOn(Exception.class) // as the try and catch did; I/O errors are retried before that
                .start(it -> batch.update());

        loops.shutdownOnExit(Duration.ofSeconds(10), bot::shutdown);
        // end region
        return updates;
    }

    static void fromSpring(LoopRuntime loops, Bot bot, Batch batch) {
        // region from-spring
        loops.loop("updates")
                .fixedDelay(Duration.ofMinutes(5))
                .continueOn(Exception.class)
                .start(it -> batch.update());
        loops.loop("greeting")
                .dailyAt(ZoneId.of("Europe/Berlin"), LocalTime.of(9, 0))
                .continueOn(Exception.class)
                .start(it -> bot.print("hello"));
        // end region
    }
}
