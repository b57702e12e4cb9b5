package dev.vloop.examples;

import dev.vloop.Loop;
import dev.vloop.LoopRuntime;
import dev.vloop.Schedule;
import java.io.IOException;
import java.time.Duration;

// region guild-loops
/** A loop for each guild that the bot is in. Each is a virtual thread that waits. */
final class GuildLoops {
    private final LoopRuntime loops;
    private final Bot bot;

    GuildLoops(LoopRuntime loops, Bot bot) {
        this.loops = loops;
        this.bot = bot;
    }

    /** Also after a reconnect, when all guilds are announced again. */
    void joined(String guild) {
        loops.loop("guild " + guild)
                .schedule(Schedule.every(Duration.ofMinutes(10)).jitter(Duration.ofMinutes(1))) // not all at once
                .continueOn(IOException.class)
                .startIfIdle(it -> bot.greet(guild));
    }

    void left(String guild) {
        Loop loop = loops.find("guild " + guild);
        if (loop != null) {
            loop.remove();
        }
    }
}
// end region
