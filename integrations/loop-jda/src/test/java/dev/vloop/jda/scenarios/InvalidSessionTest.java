package dev.vloop.jda.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.Loop;
import dev.vloop.jda.discord.FakeDiscord;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Discord ends the session while the REST API works: JDA's caches are empty for some seconds. */
class InvalidSessionTest extends Scenario {
    private static final int TOTAL = 30;

    @ParameterizedTest
    @MethodSource("rounds")
    void an_invalid_session_ends_no_loop_and_loses_nothing(int round) throws Exception {
        Random random = random(round);
        List<String> log = log();
        try (FakeDiscord fake = new FakeDiscord();
                Bot bot = Bot.connect(fake)) {
            Loop loop = new CountingBot(bot.discord(), new Counter(folder.resolve("next")), TOTAL, log::add)
                    .start(bot.loops());
            fake.rest().awaitMessages(1 + random.nextInt(TOTAL - 5));
            fake.gateway().invalidate();
            assertThat(loop.join().isFailed()).isFalse();
            bot.discord().ready();
            bot.discord().shutdown(Duration.ofSeconds(10));
            assertThat(fake.gateway().identified()).isEqualTo(2);
            assertOnceEach(fake, log, TOTAL);
        }
    }
}
