package dev.vloop.tests.races;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class HammerTest {
    private static final long SECONDS = Long.getLong("vloop.hammer.seconds", 60);

    @Test
    @Tag("real-time")
    @DisplayName("R4 to R12, R35, R36: no wake-up is lost and no interrupt strays, for some thousand requests")
    void no_wake_up_is_lost_and_no_interrupt_strays() throws InterruptedException {
        hammer(made -> made < 1_500);
    }

    @Test
    @Tag("stress")
    @DisplayName("R4 to R12, R35, R36: no wake-up is lost and no interrupt strays, for a minute")
    void no_wake_up_is_lost_and_no_interrupt_strays_for_long() throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        hammer(made -> System.nanoTime() - end < 0);
    }

    private static void hammer(LongPredicate goOn) throws InterruptedException {
        Hammer hammer = new Hammer();
        try (LogCapture log = new LogCapture()) {
            log.mute();
            hammer.run(goOn);
        }
        System.out.println(hammer);
        assertThat(hammer.violations).isEmpty();
    }
}
