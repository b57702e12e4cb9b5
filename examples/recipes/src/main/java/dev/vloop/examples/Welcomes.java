package dev.vloop.examples;

import dev.vloop.Iteration;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Greets each member once, though several loops share it: one way keeps to that, the other does not. */
final class Welcomes {
    /** How long a message is on its way. */
    private static final Duration LATENCY = Duration.ofSeconds(1);

    private final Set<String> greeted = ConcurrentHashMap.newKeySet();
    private final Bot bot;

    Welcomes(Bot bot) {
        this.bot = bot;
    }

    /** Wrong: it looks first and acts later, and in between another loop may have looked. */
    void lookAndGreet(Iteration iteration, String member) throws InterruptedException {
        if (greeted.contains(member)) {
            return;
        }
        iteration.sleep(LATENCY);
        bot.print("welcome, " + member);
        greeted.add(member);
    }

    /** Right: whoever adds the member greets it. */
    void greet(Iteration iteration, String member) throws InterruptedException {
        if (!greeted.add(member)) {
            return;
        }
        iteration.sleep(LATENCY);
        bot.print("welcome, " + member);
    }
}
