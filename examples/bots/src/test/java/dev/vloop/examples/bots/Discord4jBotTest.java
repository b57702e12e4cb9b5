package dev.vloop.examples.bots;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.testkit.LoopTest;
import dev.vloop.testkit.TestLoops;
import discord4j.core.object.entity.channel.MessageChannel;
import discord4j.core.spec.MessageCreateSpec;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import reactor.core.publisher.Mono;

/** What docs/bots.md says of Discord4J, with a channel that answers as the test wants. */
class Discord4jBotTest {
    private final List<String> nonces = new ArrayList<>();
    private final Deque<Exception> failures = new ArrayDeque<>();

    private MessageChannel channel() {
        return (MessageChannel) Proxy.newProxyInstance(
                MessageChannel.class.getClassLoader(),
                new Class<?>[] {MessageChannel.class},
                (proxy, method, arguments) -> {
                    MessageCreateSpec spec = (MessageCreateSpec) arguments[0];
                    nonces.add(spec.nonce().get());
                    Exception failure = failures.poll();
                    return failure == null ? Mono.empty() : Mono.error(failure);
                });
    }

    @LoopTest
    void a_request_that_got_lost_is_repeated_with_the_same_nonce(TestLoops loops) {
        failures.add(new IOException("connection reset"));
        Discord4jBot.status(loops, channel());
        loops.advance(Duration.ofMinutes(1));
        assertThat(loops.get("status").status().retries()).isEqualTo(1);
        assertThat(nonces).hasSize(3).allSatisfy(nonce -> assertThat(nonce).hasSizeLessThanOrEqualTo(25));
        assertThat(nonces.get(1)).isEqualTo(nonces.get(0));
        assertThat(nonces.get(2)).isNotEqualTo(nonces.get(0));
    }
}
