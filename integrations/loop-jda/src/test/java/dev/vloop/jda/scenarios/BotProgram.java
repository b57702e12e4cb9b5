package dev.vloop.jda.scenarios;

import dev.vloop.LoopRuntime;
import dev.vloop.jda.JdaLoops;
import dev.vloop.jda.discord.FakeDiscord;
import dev.vloop.vthreads.VirtualLoops;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import net.dv8tion.jda.api.JDA;
import net.dv8tion.jda.api.JDABuilder;

/** A process with a {@link CountingBot}, which gets SIGTERM or ends when all numbers are posted. It says on its output what it does. */
public final class BotProgram {
    private BotProgram() {}

    /**
     * Runs the bot.
     *
     * @param args the addresses of the REST API and of the gateway, the file of the counter, the total
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        JDA jda = FakeDiscord.connect(JDABuilder.createLight("token"), args[0], args[1])
                .build();
        JdaLoops discord = JdaLoops.of(jda);
        LoopRuntime loops =
                VirtualLoops.builder().name("bot").defaults(discord::defaults).create();
        discord.watch(loops);
        loops.shutdownOnExit(Duration.ofMillis(500), () -> discord.shutdown(Duration.ofSeconds(8)));
        say("started");
        new CountingBot(discord, new Counter(Path.of(args[2])), Long.parseLong(args[3]), BotProgram::say).start(loops);
        loops.join();
        discord.shutdown(Duration.ofSeconds(8));
    }

    private static synchronized void say(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
