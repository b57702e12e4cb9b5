package dev.vloop.testkit.engine;

import dev.vloop.spi.Host;
import java.time.Duration;

/** Virtual times as text. */
final class Times {
    private Times() {}

    /** {@return the time since the start of the test, as ISO-8601} */
    static String text(long nanos) {
        return nanos == Host.NEVER ? "never" : Duration.ofNanos(nanos).toString();
    }
}
