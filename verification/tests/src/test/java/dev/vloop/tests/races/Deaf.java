package dev.vloop.tests.races;

import dev.vloop.LoopClock;
import java.time.Duration;
import java.time.Instant;

/** Code that does not heed interrupts, in virtual time. */
final class Deaf {
    private Deaf() {}

    static void sleep(LoopClock clock, Duration duration) {
        Instant end = clock.instant().plus(duration);
        for (Instant now = clock.instant(); now.isBefore(end); now = clock.instant()) {
            try {
                clock.sleep(Duration.between(now, end));
            } catch (InterruptedException ignored) {
                // that is what makes it deaf
            }
        }
    }
}
