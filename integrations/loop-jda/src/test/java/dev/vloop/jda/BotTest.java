package dev.vloop.jda;

import dev.vloop.LoopRuntime;
import dev.vloop.jda.discord.FakeDiscord;
import dev.vloop.vthreads.VirtualLoops;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import net.dv8tion.jda.api.JDA;
import net.dv8tion.jda.api.entities.channel.concrete.TextChannel;
import net.dv8tion.jda.api.events.GenericEvent;
import net.dv8tion.jda.api.hooks.EventListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;

/** A real JDA at a fake Discord. Time is real: JDA has its own. */
@Tag("real-time")
@Timeout(60)
abstract class BotTest {
    final FakeDiscord fake;
    JDA jda;
    JdaLoops discord;
    LoopRuntime loops;

    BotTest() {
        try {
            fake = new FakeDiscord();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeEach
    void connect() {
        jda = fake.connect();
        discord = JdaLoops.of(jda);
        loops = VirtualLoops.builder()
                .name("bot")
                .keepAlive(false)
                .defaults(discord::defaults)
                .create();
    }

    @AfterEach
    void end() {
        loops.close();
        jda.shutdownNow();
        fake.close();
    }

    TextChannel channel() throws NotConnectedException {
        return discord.channel(TextChannel.class, FakeDiscord.CHANNEL);
    }

    /** {@return opens at the next event of the type} */
    CountDownLatch next(Class<? extends GenericEvent> type) {
        CountDownLatch seen = new CountDownLatch(1);
        jda.addEventListener((EventListener) event -> {
            if (type.isInstance(event)) {
                seen.countDown();
            }
        });
        return seen;
    }

    /** Waits until JDA has an answer, such as a 429, to all that it has sent. */
    void awaitAnswers() throws InterruptedException {
        while (jda.getHttpClient().dispatcher().runningCallsCount() > 0) {
            Thread.sleep(1);
        }
    }

    static void await(CountDownLatch latch) throws InterruptedException {
        if (!latch.await(30, TimeUnit.SECONDS)) {
            throw new AssertionError("did not happen within half a minute");
        }
    }
}
