package dev.vloop.vthreads.timer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.spi.Host;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An owner that changes a deadline while the timer's thread puts the node away. */
class TimerQueueRaceTest {
    private static final int NODES = 50_000;
    private static final long LATER = 2_000;
    private static final long SOON = 1_000;

    private final List<Throwable> failures = new ArrayList<>();
    private final TimerQueue queue = new TimerQueue(failures::add);

    @Test
    @Tag("real-time")
    @DisplayName("R31: a node whose deadline is made earlier while the timer puts it away rings at the earlier one")
    void a_deadline_that_is_made_earlier_meanwhile_counts() throws InterruptedException {
        List<Bell> bells = new ArrayList<>(NODES);
        AtomicBoolean over = new AtomicBoolean();
        Thread owner = Thread.ofPlatform().start(() -> {
            SplittableRandom random = new SplittableRandom(31);
            for (int i = 0; i < NODES; i++) {
                Bell bell = new Bell();
                bells.add(bell);
                queue.set(bell, LATER);
                for (int spins = random.nextInt(20); spins > 0; spins--) {
                    Thread.onSpinWait();
                }
                queue.set(bell, SOON);
            }
            over.set(true);
        });
        while (!over.get()) {
            queue.round(0);
        }
        owner.join();
        queue.round(SOON);

        assertThat(bells).filteredOn(bell -> !bell.rung.equals(List.of(SOON))).isEmpty();
        assertThat(queue.round(SOON)).isEqualTo(Host.NEVER);
        assertThat(failures).isEmpty();
    }
}
