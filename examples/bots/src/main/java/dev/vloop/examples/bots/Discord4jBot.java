package dev.vloop.examples.bots;

import dev.vloop.Backoff;
import dev.vloop.Iteration;
import dev.vloop.Loop;
import dev.vloop.LoopRuntime;
import dev.vloop.Reaction;
import discord4j.core.GatewayDiscordClient;
import discord4j.core.object.entity.channel.MessageChannel;
import discord4j.core.spec.MessageCreateSpec;
import discord4j.rest.http.client.ClientException;
import java.io.IOException;
import java.time.Duration;
import reactor.core.Exceptions;

/** A bot on Discord, by Discord4J. */
final class Discord4jBot {
    private Discord4jBot() {}

    // region discord4j-say
    static Loop status(LoopRuntime loops, MessageChannel channel) {
        return loops.loop("status")
                .every(Duration.ofMinutes(1))
                .timeout(Duration.ofSeconds(30))
                .on(RuntimeException.class, Discord4jBot::reaction)
                .backoff(Backoff.exponential(
                        Duration.ofSeconds(2), Duration.ofMinutes(1))) // while Discord knows the nonce
                .start(it ->
                        channel.createMessage(message(it, "still there")).block()); // an interrupt cancels the request
    }

    /** What Discord refuses is logged, and the loop goes on. {@code block()} wraps an IOException in an unchecked one. */
    static Reaction reaction(RuntimeException e) {
        if (e instanceof ClientException refused) {
            return refused.getStatus().code() >= 500 ? Reaction.RETRY : Reaction.CONTINUE;
        }
        return Exceptions.unwrap(e) instanceof IOException ? Reaction.RETRY : Reaction.FAIL;
    }

    /** The same nonce in each attempt: for some minutes Discord makes one message of them. At most 25 characters, another for each message of the bot. */
    private static MessageCreateSpec message(Iteration it, String text) {
        return MessageCreateSpec.builder()
                .content(text)
                .nonce("status" + it.scheduledAt().toEpochMilli())
                .enforceNonce(true)
                .build();
    }
    // end region

    static void end(LoopRuntime loops, GatewayDiscordClient discord) {
        // region discord4j-end
        loops.shutdownOnExit(Duration.ofSeconds(8), () -> discord.logout().block(Duration.ofSeconds(2)));
        discord.onDisconnect().doFinally(signal -> loops.close()).subscribe(); // for good, such as for a wrong token
        // end region
    }
}
