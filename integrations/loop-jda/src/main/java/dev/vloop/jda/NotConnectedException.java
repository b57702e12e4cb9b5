package dev.vloop.jda;

import java.io.IOException;

/**
 * Says that JDA has no session with Discord at the moment, so its caches are empty or not yet full. It passes by itself. It is an
 * {@link IOException}, so a loop retries it unless it says otherwise.
 */
public final class NotConnectedException extends IOException {
    private static final long serialVersionUID = 1;

    /**
     * Makes it.
     *
     * @param message what was asked for, and what JDA does instead
     */
    public NotConnectedException(String message) {
        super(message);
    }
}
