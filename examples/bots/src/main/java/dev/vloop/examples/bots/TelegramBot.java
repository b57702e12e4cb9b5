package dev.vloop.examples.bots;

import dev.vloop.Backoff;
import dev.vloop.Loop;
import dev.vloop.LoopFailure;
import dev.vloop.LoopRuntime;
import dev.vloop.Reaction;
import java.time.Duration;
import java.util.random.RandomGenerator;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import org.telegram.telegrambots.client.okhttp.OkHttpTelegramClient;
import org.telegram.telegrambots.meta.api.methods.send.SendMessage;
import org.telegram.telegrambots.meta.api.methods.updates.GetUpdates;
import org.telegram.telegrambots.meta.api.objects.Update;
import org.telegram.telegrambots.meta.exceptions.TelegramApiException;
import org.telegram.telegrambots.meta.exceptions.TelegramApiRequestException;
import org.telegram.telegrambots.meta.generics.TelegramClient;

/** A bot on Telegram: a loop that asks for updates, and one that sends. */
final class TelegramBot {
    /** What the bot does with an update. */
    interface Handler {
        void handle(Update update) throws TelegramApiException;
    }

    private final TelegramClient telegram;
    private final Handler handler;

    TelegramBot(TelegramClient telegram, Handler handler) {
        this.telegram = telegram;
        this.handler = handler;
    }

    static TelegramClient client(String token) {
        // region telegram-client
        OkHttpClient http = new OkHttpClient.Builder()
                .readTimeout(Duration.ofSeconds(40)) // longer than a long poll; the default is 10 s
                .build();
        TelegramClient telegram = new OkHttpTelegramClient(http, token);
        // end region
        return telegram;
    }

    // region telegram-poll
    private int next; // the first update that was not handled; only the loop's thread touches it

    Loop poll(LoopRuntime loops) {
        return loops.loop("updates")
                .fixedDelay(Duration.ofMillis(10)) // the request itself waits
                .on(TelegramApiException.class, TelegramBot::reaction)
                .backoff(TelegramBot::backoff)
                .afterLoop(end -> {
                    // without this, the next process gets what this one has handled last once more
                    telegram.execute(GetUpdates.builder()
                            .offset(next)
                            .limit(1)
                            .timeout(0)
                            .build());
                })
                .start(it -> {
                    GetUpdates request =
                            GetUpdates.builder().offset(next).timeout(25).build();
                    for (Update update : telegram.execute(request)) {
                        handler.handle(update);
                        next = update.getUpdateId() + 1; // the next request tells Telegram that this one is done
                    }
                });
    }
    // end region

    // region telegram-failures
    /** 429, Telegram's own errors and the network pass by; so does 409, another instance that polls. The rest, such as a wrong token, does not. */
    static Reaction reaction(TelegramApiException e) {
        if (e instanceof TelegramApiRequestException refused) {
            int code = refused.getErrorCode();
            return code == 429 || code == 409 || code >= 500 ? Reaction.RETRY : Reaction.FAIL;
        }
        return Reaction.RETRY; // around an IOException
    }

    static Duration backoff(LoopFailure failure, RandomGenerator random) {
        Integer seconds = retryAfter(failure.cause());
        return seconds == null ? Backoff.exponential().delay(failure, random) : Duration.ofSeconds(seconds);
    }

    /** What Telegram asks for with a 429, in seconds. */
    static @Nullable Integer retryAfter(Throwable cause) {
        return cause instanceof TelegramApiRequestException refused && refused.getParameters() != null
                ? refused.getParameters().getRetryAfter()
                : null;
    }
    // end region

    Loop digest(LoopRuntime loops, String chat) {
        // region telegram-send
        return loops.loop("digest")
                .every(Duration.ofHours(1))
                // a 429 was not sent; of anything else nobody knows, and Telegram has no nonce
                .on(TelegramApiException.class, e -> retryAfter(e) == null ? Reaction.CONTINUE : Reaction.RETRY)
                .backoff(TelegramBot::backoff)
                .start(it -> telegram.execute(new SendMessage(chat, "digest " + it.index())));
        // end region
    }
}
