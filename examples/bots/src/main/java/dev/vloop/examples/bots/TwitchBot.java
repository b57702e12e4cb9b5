package dev.vloop.examples.bots;

import com.github.twitch4j.chat.TwitchChat;
import com.github.twitch4j.helix.TwitchHelix;
import com.github.twitch4j.helix.domain.ChatMessage;
import com.github.twitch4j.helix.domain.SentChatMessage;
import com.netflix.hystrix.exception.HystrixRuntimeException;
import dev.vloop.Loop;
import dev.vloop.LoopRuntime;
import java.time.Duration;

/** A bot on Twitch that says a line by the API, which answers, and not by the chat connection, which does not. */
final class TwitchBot {
    private final TwitchHelix helix;
    private final String token;

    TwitchBot(TwitchHelix helix, String token) {
        this.helix = helix;
        this.token = token;
    }

    // region twitch-say
    Loop reminder(LoopRuntime loops, String broadcaster, String bot) {
        return loops.loop("reminder")
                .every(Duration.ofMinutes(20))
                .continueOn(HystrixRuntimeException.class) // it may have been said, and there is no nonce: no retry
                .start(it -> {
                    ChatMessage message = ChatMessage.builder()
                            .broadcasterId(broadcaster)
                            .senderId(bot)
                            .message("remember to drink")
                            .build();
                    SentChatMessage answer =
                            helix.sendChatMessage(token, message).execute().get();
                    if (!answer.isSent()) {
                        System.err.println("Twitch has dropped it: " + answer.getDropReason());
                    }
                });
    }
    // end region

    static void end(LoopRuntime loops, TwitchChat chat) {
        // region twitch-end
        loops.shutdownOnExit(Duration.ofSeconds(8), chat::close); // which throws away what chat still queues
        // end region
    }
}
