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

/** Answers take longer than the loop's timeout, get lost, or are errors: the same message is sent again, and comes once. */
class SlowAnswersTest extends Scenario {
    private static final int TOTAL = 20;

    @ParameterizedTest
    @MethodSource("rounds")
    void a_timeout_in_a_request_loses_and_doubles_nothing(int round) throws Exception {
        Random random = random(round);
        List<String> log = log();
        try (FakeDiscord fake = new FakeDiscord();
                Bot bot = Bot.connect(fake)) {
            fake.rest().spare("bye"); // nobody repeats what is queued
            fake.rest().next(new Answer.CreatedSlowly(Duration.ofMillis(1_100)));
            for (int i = 0; i < TOTAL; i++) {
                fake.rest().next(any(random));
            }
            Loop loop = new CountingBot(bot.discord(), new Counter(folder.resolve("next")), TOTAL, log::add)
                    .start(bot.loops());
            assertThat(loop.join().isFailed()).isFalse();
            bot.discord().shutdown(Duration.ofSeconds(10));
            assertThat(fake.rest().repeats())
                    .as("messages that were sent again")
                    .isPositive();
            assertOnceEach(fake, log, TOTAL);
            assertGoodbyes(fake, log);
        }
    }

    /** {@return an answer of any kind; the loop's timeout is 700 ms} */
    static Answer any(Random random) {
        return switch (random.nextInt(7)) {
            case 0 -> new Answer.CreatedSlowly(Duration.ofMillis(random.nextInt(1_500)));
            case 1 -> new Answer.CreatedButCut();
            case 2 -> new Answer.Cut();
            case 3 -> new Answer.Refused(500, 0);
            case 4 -> new Answer.RateLimited(1);
            default -> new Answer.Created();
        };
    }
}
