package dev.vloop.examples;

import dev.vloop.LoopRuntime;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;

/** A body that must not be repeated: docs/failures.md. */
final class Careful {
    private Careful() {}

    static void digest(LoopRuntime loops, Bot bot) {
        // region at-most-once
        loops.loop("digest")
                .dailyAt(ZoneId.of("Europe/Berlin"), LocalTime.of(9, 0))
                .timeout(Duration.ofMinutes(10))
                .maxAttempts(1) // never the same iteration twice
                .continueOn(Exception.class) // log it, and try again tomorrow
                .start(it -> it.forkEach(bot.guilds(), guild -> bot.greet(guild)));
        // end region
    }
}
