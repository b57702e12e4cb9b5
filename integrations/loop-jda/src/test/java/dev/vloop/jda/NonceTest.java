package dev.vloop.jda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.Iteration;
import dev.vloop.Loop;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import net.dv8tion.jda.api.JDA;
import net.dv8tion.jda.api.entities.channel.middleman.MessageChannel;
import net.dv8tion.jda.api.requests.restaction.MessageCreateAction;
import org.junit.jupiter.api.Test;

/** Which messages are one: Discord makes one of those that have the same nonce, over all channels of a bot. */
@SuppressWarnings("NullAway") // proxies hand on what may be null
class NonceTest {
    private static final Instant SLOT = Instant.parse("2026-03-28T09:00:00Z");

    private final List<String> nonces = new ArrayList<>();
    private final JdaLoops discord = JdaLoops.of(play(JDA.class, (proxy, method, arguments) -> null));

    private static <T> T play(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    /** {@return the nonce of a message, which is sent at once} */
    private String nonce(String loop, Instant slot, String channel, String text) throws InterruptedException {
        Loop sender = play(Loop.class, (proxy, method, arguments) -> loop);
        Iteration iteration = play(
                Iteration.class, (proxy, method, arguments) -> method.getName().equals("loop") ? sender : slot);
        MessageCreateAction action = play(MessageCreateAction.class, (proxy, method, arguments) -> {
            if (method.getName().equals("submit")) {
                return CompletableFuture.completedFuture(null);
            }
            nonces.add((String) arguments[0]);
            return proxy;
        });
        MessageChannel where = play(
                MessageChannel.class,
                (proxy, method, arguments) -> method.getName().equals("getId") ? channel : action);
        discord.send(iteration, where, text);
        return nonces.removeLast();
    }

    @Test
    void the_same_message_of_a_retry_is_one_and_each_other_is_another() throws InterruptedException {
        String first = nonce("news", SLOT, "7", "hello");
        assertThat(nonce("news", SLOT, "7", "hello")).isEqualTo(first);
        assertThat(nonce("digest", SLOT, "7", "hello")).as("of another loop").isNotEqualTo(first);
        assertThat(nonce("news", SLOT.plusSeconds(60), "7", "hello"))
                .as("of another slot")
                .isNotEqualTo(first);
        assertThat(nonce("news", SLOT, "8", "hello")).as("in another channel").isNotEqualTo(first);
        assertThat(nonce("news", SLOT, "7", "bye")).as("with another text").isNotEqualTo(first);
    }
}
