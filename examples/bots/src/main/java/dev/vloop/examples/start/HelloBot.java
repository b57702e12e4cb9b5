package dev.vloop.examples.start;

// region start-bot
import dev.vloop.LoopRuntime;
import dev.vloop.jda.JdaLoops;
import dev.vloop.vthreads.VirtualLoops;
import java.time.Duration;
import java.util.Objects;
import net.dv8tion.jda.api.JDA;
import net.dv8tion.jda.api.JDABuilder;
import net.dv8tion.jda.api.entities.channel.concrete.TextChannel;

class HelloBot {
    public static void main(String[] args) {
        String token = Objects.requireNonNull(System.getenv("DISCORD_TOKEN"), "set DISCORD_TOKEN");
        String channel = Objects.requireNonNull(System.getenv("DISCORD_CHANNEL"), "set DISCORD_CHANNEL");
        long id = Long.parseLong(channel);
        JDA jda = JDABuilder.createLight(token)
                .setEnableShutdownHook(false) // the loops end first
                .build();
        JdaLoops discord = JdaLoops.of(jda);
        LoopRuntime loops = VirtualLoops.builder().defaults(discord::defaults).create();
        discord.watch(loops); // a reconnect, or the end of the session
        loops.shutdownOnExit(Duration.ofSeconds(6), () -> discord.shutdown(Duration.ofSeconds(2)));
        loops.loop("hello")
                .every(Duration.ofMinutes(1))
                .start(it -> discord.send(it, discord.channel(TextChannel.class, id), "hello " + it.index()));
    }
}
// end region
