package dev.vloop.examples;

import java.io.IOException;
import java.time.Duration;

/** A server answered that it is asked too often. */
final class RateLimited extends IOException {
    private static final long serialVersionUID = 1;

    private final Duration retryAfter;

    RateLimited(Duration retryAfter) {
        super("the server is asked too often");
        this.retryAfter = retryAfter;
    }

    Duration retryAfter() {
        return retryAfter;
    }
}
