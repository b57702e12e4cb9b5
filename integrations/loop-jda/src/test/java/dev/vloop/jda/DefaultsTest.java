package dev.vloop.jda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.Loop;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What all loops of a bot begin with. */
class DefaultsTest extends BotTest {
    @Test
    void a_retry_comes_before_discord_has_forgotten_the_nonce() {
        Loop loop = loops.loop("clock").every(Duration.ofHours(1)).build(it -> {});
        assertThat(loop.describe().get("backoff")).isEqualTo("exponential(PT2S, PT1M)");
    }
}
