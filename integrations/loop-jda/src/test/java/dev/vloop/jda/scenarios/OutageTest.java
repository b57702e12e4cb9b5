package dev.vloop.jda.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.Loop;
import dev.vloop.jda.discord.Answer;
import dev.vloop.jda.discord.FakeDiscord;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Discord is away, with its connections, and comes back; half of the time it has forgotten the session. */
class OutageTest extends Scenario {
    private static final int TOTAL = 40;
    private static final Duration OUTAGE = Duration.ofSeconds(Long.getLong("bots.outage", 3));

    @ParameterizedTest
    @MethodSource("rounds")
    void an_outage_loses_and_doubles_nothing(int round) throws Exception {
        Random random = random(round);
        List<String> log = log();
        try (FakeDiscord fake = new FakeDiscord();
                Bot bot = Bot.connect(fake)) {
            Loop loop = new CountingBot(bot.discord(), new Counter(folder.resolve("next")), TOTAL, log::add)
                    .start(bot.loops());
            fake.rest().awaitMessages(1 + random.nextInt(TOTAL / 2));
            fake.rest().next(new Answer.CreatedButCut());
            fake.rest().awaitMessages(fake.rest().texts().size() + 1);
            fake.goDown();
            Thread.sleep(OUTAGE); // it takes its time
            boolean forgotten = round % 2 == 0;
            if (forgotten) {
                fake.gateway().forgetSessions();
            }
            fake.comeBack();
            assertThat(loop.join().isFailed()).isFalse();
            bot.discord().ready();
            assertThat(forgotten ? fake.gateway().identified() : fake.gateway().resumed() + 1)
                    .isEqualTo(2);
            bot.discord().shutdown(Duration.ofSeconds(10));
            assertOnceEach(fake, log, TOTAL);
            assertGoodbyes(fake, log);
        }
    }
}
