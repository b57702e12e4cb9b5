package dev.vloop.examples;

import dev.vloop.Forked;
import dev.vloop.LoopRuntime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;

/** Asks all shops at the same time, and waits for the slowest only up to a timeout. */
final class Prices {
    private Prices() {}

    static void start(LoopRuntime loops, Bot bot, List<String> shops) {
        // region prices
        loops.loop("prices")
                .every(Duration.ofMinutes(1))
                .timeout(Duration.ofSeconds(10)) // for all of them together; then they are interrupted
                .continueOn(TimeoutException.class) // no retry: in a minute there are newer prices
                .start(it -> {
                    List<Forked<String>> answers = new ArrayList<>();
                    for (String shop : shops) {
                        answers.add(it.fork(() -> bot.fetch(shop)));
                    }
                    for (Forked<String> answer : answers) {
                        bot.print(answer.get());
                    }
                });
        // end region
    }
}
