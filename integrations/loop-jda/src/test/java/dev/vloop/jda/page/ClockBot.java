package dev.vloop.jda.page;

// region bot
import dev.vloop.LoopRuntime;
import dev.vloop.jda.JdaLoops;
import dev.vloop.vthreads.VirtualLoops;
import java.time.Duration;
import net.dv8tion.jda.api.JDA;
import net.dv8tion.jda.api.JDABuilder;
import net.dv8tion.jda.api.entities.channel.concrete.TextChannel;

/** A bot that says in a channel what time it is, every minute. */
public final class ClockBot {
    /** The id of a text channel: "Copy Channel ID" in Discord's developer mode. */
    private static final long CHANNEL = 1_234_567_890_123_456_789L;

    public static void main(String[] args) {
        JDA jda = JDABuilder.createLight(System.getenv("DISCORD_TOKEN"))
                .setEnableShutdownHook(false) // the loops end first, then JDA
                .build(); // it connects in the background
        start(jda);
    }

    /** A method of its own, so that a test can hand in another JDA. */
    public static LoopRuntime start(JDA jda) {
        JdaLoops discord = JdaLoops.of(jda);
        LoopRuntime loops = VirtualLoops.builder()
                .name("bot")
                .defaults(discord::defaults) // all loops begin when JDA is ready
                .create();
        discord.watch(loops); // reconnects, and the end of the session
        loops.shutdownOnExit(Duration.ofSeconds(5), () -> discord.shutdown(Duration.ofSeconds(2)));

        loops.loop("clock")
                .every(Duration.ofMinutes(1))
                .timeout(Duration.ofSeconds(30))
                .start(it -> {
                    TextChannel channel = discord.channel(TextChannel.class, CHANNEL);
                    discord.send(it, channel, "It is " + it.scheduledAt());
                });
        return loops;
    }
}
// end region
