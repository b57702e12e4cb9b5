package dev.vloop.jda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.LoopRuntime;
import dev.vloop.jda.page.ClockBot;
import org.junit.jupiter.api.Test;

/** The bot of docs/jda.md. */
class ClockBotTest extends BotTest {
    @Test
    void the_bot_of_the_page_says_the_time() throws Exception {
        try (LoopRuntime clock = ClockBot.start(jda)) {
            fake.rest().awaitMessages(1);
            assertThat(clock.find("clock")).isNotNull();
        }
        assertThat(fake.rest().texts()).singleElement().asString().startsWith("It is 20");
    }
}
