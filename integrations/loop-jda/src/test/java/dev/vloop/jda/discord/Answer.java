package dev.vloop.jda.discord;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** What becomes of a message that was sent to the fake Discord. */
public sealed interface Answer {
    /** It is created, and the answer says so. */
    record Created() implements Answer {}

    /** It is created, or found again by its nonce, and the answer waits for the latch. */
    record CreatedLate(CountDownLatch release) implements Answer {}

    /** It is created, and the answer takes so long. */
    record CreatedSlowly(Duration time) implements Answer {}

    /** It is created, and the connection breaks before the answer. */
    record CreatedButCut() implements Answer {}

    /** It is not created: the connection breaks. */
    record Cut() implements Answer {}

    /** It is not created; the bot is to come again after so many seconds. */
    record RateLimited(int seconds) implements Answer {}

    /** It is not created, with this status of HTTP and this code of Discord, such as 403 and 50013. */
    record Refused(int status, int code) implements Answer {}
}
