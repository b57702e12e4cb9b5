package dev.vloop.vthreads.timer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class TimerHammerTest {
    private static final long SECONDS = Long.getLong("vloop.hammer.seconds", 60);

    @Test
    @Tag("real-time")
    @DisplayName("R31, R38: no wait and no alarm is lost, none is early, none comes twice, for some thousand of them")
    void none_is_lost_early_or_twice() throws InterruptedException {
        AtomicInteger left = new AtomicInteger(20_000);
        hammer(() -> left.decrementAndGet() > 0);
    }

    @Test
    @Tag("stress")
    @DisplayName("R31, R38: no wait and no alarm is lost, none is early, none comes twice, for a minute")
    void none_is_lost_early_or_twice_for_long() throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        hammer(() -> System.nanoTime() - end < 0);
    }

    private static void hammer(BooleanSupplier goOn) throws InterruptedException {
        TimerHammer hammer = new TimerHammer(goOn);
        hammer.run();
        System.out.println(hammer);
        assertThat(hammer.violations).isEmpty();
    }
}
