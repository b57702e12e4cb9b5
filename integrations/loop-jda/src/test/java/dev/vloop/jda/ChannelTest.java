package dev.vloop.jda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.NoSuchElementException;
import java.util.Set;
import net.dv8tion.jda.api.JDA;
import net.dv8tion.jda.api.entities.channel.concrete.TextChannel;
import net.dv8tion.jda.api.utils.cache.ChannelCacheView;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A channel that JDA does not have is missing for a while, or for good. */
@SuppressWarnings("NullAway") // proxies hand on what may be null
class ChannelTest {
    private JDA.Status status = JDA.Status.CONNECTED;
    private boolean empty;
    private Set<String> unavailable = Set.of();

    /** What JDA has when it is asked for the second time. */
    private @Nullable TextChannel second;

    private int asked;

    private static <T> T play(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private TextChannel channel() throws NotConnectedException {
        ChannelCacheView<?> cache = play(ChannelCacheView.class, (proxy, method, arguments) -> empty);
        JDA jda = play(JDA.class, (proxy, method, arguments) -> switch (method.getName()) {
            case "getChannelById" -> ++asked == 2 ? second : null;
            case "getStatus" -> status;
            case "getChannelCache" -> cache;
            case "getUnavailableGuilds" -> unavailable;
            default -> throw new UnsupportedOperationException(method.getName());
        });
        return JdaLoops.of(jda).channel(TextChannel.class, 7);
    }

    private void isMissingForAWhile() {
        assertThatThrownBy(this::channel)
                .isInstanceOf(NotConnectedException.class)
                .hasMessage("no TextChannel 7 at the moment: JDA is " + status);
    }

    @Test
    void it_comes_back_with_the_connection() {
        status = JDA.Status.ATTEMPTING_TO_RECONNECT;
        isMissingForAWhile();
    }

    @Test
    void it_comes_when_the_caches_are_full() {
        empty = true;
        isMissingForAWhile();
    }

    @Test
    void it_comes_back_with_its_guild_which_discord_may_have_lost() {
        unavailable = Set.of("200");
        isMissingForAWhile();
    }

    @Test
    void it_may_come_between_two_looks() throws NotConnectedException {
        second = play(TextChannel.class, (proxy, method, arguments) -> null);
        assertThat(channel() == second).isTrue();
    }

    @Test
    void otherwise_it_does_not_exist() {
        assertThatThrownBy(this::channel).isInstanceOf(NoSuchElementException.class);
    }
}
