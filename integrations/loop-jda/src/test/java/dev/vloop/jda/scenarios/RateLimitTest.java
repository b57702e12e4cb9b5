package dev.vloop.jda.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.Loop;
import dev.vloop.LoopEnd;
import dev.vloop.jda.discord.FakeDiscord;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Discord asks to wait for longer than the grace: the message is taken back, and the next start of the bot sends it. */
class RateLimitTest extends Scenario {
    private static final int TOTAL = 20;

    @ParameterizedTest
    @MethodSource("rounds")
    void a_rate_limit_that_outlasts_the_grace_loses_and_doubles_nothing(int round) throws Exception {
        Random random = random(round);
        List<String> log = log();
        Counter counter = new Counter(folder.resolve("next"));
        try (FakeDiscord fake = new FakeDiscord()) {
            try (Bot bot = Bot.connect(fake)) {
                Loop loop = new CountingBot(bot.discord(), counter, TOTAL, log::add).start(bot.loops());
                fake.rest().awaitMessages(1 + random.nextInt(TOTAL / 2));
                fake.rest().limit(Duration.ofSeconds(4));
                fake.rest().awaitPosts(fake.rest().posts() + 1);
                assertThat(bot.loops().shutdown(Duration.ofMillis(100 + random.nextInt(400))))
                        .containsExactly(loop);
                assertThat(loop.join()).isInstanceOf(LoopEnd.Cancelled.class);
                bot.discord().shutdown(Duration.ofSeconds(10)); // what afterLoop has queued waits for the limit
            }
            assertGoodbyes(fake, log);
            try (Bot again = Bot.connect(fake)) {
                Loop loop = new CountingBot(again.discord(), counter, TOTAL, log::add).start(again.loops());
                assertThat(loop.join()).isInstanceOf(LoopEnd.Completed.class);
                again.discord().shutdown(Duration.ofSeconds(10));
            }
            assertOnceEach(fake, log, TOTAL);
            assertGoodbyes(fake, log);
        }
    }
}
