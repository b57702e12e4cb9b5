package dev.vloop.testkit.engine;

import dev.vloop.spi.Host;
import java.time.Duration;

/** Virtual times in the engines' messages. */
final class IsoTime {
    private IsoTime() {}

    /** {@return the time since the start of the test as ISO-8601, such as PT1M30S} */
    static String text(long nanos) {
        return nanos == Host.NEVER ? "never" : Duration.ofNanos(nanos).toString();
    }
}
