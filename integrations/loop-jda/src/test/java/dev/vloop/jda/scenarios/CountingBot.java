package dev.vloop.jda.scenarios;

import dev.vloop.Backoff;
import dev.vloop.Iteration;
import dev.vloop.Loop;
import dev.vloop.LoopEnd;
import dev.vloop.LoopRuntime;
import dev.vloop.jda.JdaLoops;
import dev.vloop.jda.NotConnectedException;
import dev.vloop.jda.discord.FakeDiscord;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import net.dv8tion.jda.api.entities.channel.concrete.TextChannel;

/** Posts numbers, one after the other, up to a total, and says goodbye at the end of each run. A number that was posted is never forgotten. */
final class CountingBot {
    private static final long CHANNEL = FakeDiscord.CHANNEL;

    private final JdaLoops discord;
    private final Counter counter;
    private final long total;

    /** Hears of what is done. */
    private final Consumer<String> log;

    CountingBot(JdaLoops discord, Counter counter, long total, Consumer<String> log) {
        this.discord = discord;
        this.counter = counter;
        this.total = total;
        this.log = log;
    }

    Loop start(LoopRuntime loops) throws IOException {
        return loops.loop("counter")
                .every(Duration.ofMillis(50))
                .count(Math.max(1, total - counter.next()))
                .timeout(Duration.ofMillis(700))
                .backoff(Backoff.fixed(Duration.ofMillis(50)))
                .afterLoop(this::sayGoodbye)
                .start(this::post);
    }

    private void post(Iteration it) throws Exception {
        if (counter.next() == total) {
            return; // it was ended after the last one
        }
        // region durable
        long number = counter.next(); // the first that is not done
        TextChannel channel = discord.channel(TextChannel.class, CHANNEL);
        String nonce = JdaLoops.nonce("number", number);
        JdaLoops.await(channel.sendMessage("number " + number).setNonce(nonce));
        counter.done(number); // in a file or a database
        // end region
        log.accept("done " + number);
    }

    private void sayGoodbye(LoopEnd end) {
        try {
            TextChannel channel = discord.channel(TextChannel.class, CHANNEL);
            // region goodbye
            channel.sendMessage("bye").queue(); // in afterLoop: discord.shutdown(..) waits for it
            // end region
            log.accept("bye");
        } catch (NotConnectedException e) {
            log.accept("no bye"); // it was ended before it was connected
        }
    }
}
