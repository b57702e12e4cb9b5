package dev.vloop.examples;

import dev.vloop.Loop;
import dev.vloop.LoopRuntime;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Asks a server for news, no more often than the server allows. */
final class Poller {
    private static final Duration USUAL = Duration.ofSeconds(30);

    private Poller() {}

    static Loop start(LoopRuntime loops, Web web, Bot bot, HttpRequest request) {
        // region poller
        Loop poller = loops.loop("news").every(USUAL).start(it -> {
            HttpResponse<String> answer = web.send(request); // client.send(request, BodyHandlers.ofString())
            switch (answer.statusCode()) {
                case 200 -> {
                    it.loop().changeInterval(USUAL); // the same again changes nothing
                    bot.print(answer.body());
                }
                case 429, 503 -> it.loop().changeInterval(patience(answer));
                default -> throw new IllegalStateException("the server says " + answer.statusCode()); // ends the loop
            }
        });
        // end region
        return poller;
    }

    // region patience
    /** What the server asks for in seconds, but no less than usual; a minute if it does not say. */
    static Duration patience(HttpResponse<?> answer) {
        Duration asked = Duration.ofSeconds(
                answer.headers().firstValueAsLong("Retry-After").orElse(60));
        return asked.compareTo(USUAL) > 0 ? asked : USUAL;
    }
    // end region
}
