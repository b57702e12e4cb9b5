package dev.vloop.examples;

import dev.vloop.Iteration;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Greets each member once, although several loops share this object. One of its two methods has a race. */
final class Welcomes {
    /** How long it takes to send a message. */
    private static final Duration LATENCY = Duration.ofSeconds(1);

    private final Set<String> greeted = ConcurrentHashMap.newKeySet();
    private final Bot bot;

    Welcomes(Bot bot) {
        this.bot = bot;
    }

    /** Wrong: it checks first and acts later. In between, another loop may have checked too. */
    void lookAndGreet(Iteration iteration, String member) throws InterruptedException {
        if (greeted.contains(member)) {
            return;
        }
        iteration.sleep(LATENCY);
        bot.print("welcome, " + member);
        greeted.add(member);
    }

    /** Right: only the loop that adds the member greets it. */
    void greet(Iteration iteration, String member) throws InterruptedException {
        if (!greeted.add(member)) {
            return;
        }
        iteration.sleep(LATENCY);
        bot.print("welcome, " + member);
    }
}
