package dev.vloop.tests.races;

import dev.vloop.LoopClock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;

/** Code that does not heed interrupts. */
final class Deaf {
    private Deaf() {}

    /** In virtual time. */
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

    static void await(CountDownLatch latch) {
        while (latch.getCount() > 0) {
            try {
                latch.await();
            } catch (InterruptedException ignored) {
                // that is what makes it deaf
            }
        }
    }
}
