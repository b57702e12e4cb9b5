package dev.vloop.tests.races;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.Loop;
import dev.vloop.LoopRuntime;
import dev.vloop.LoopState;
import dev.vloop.LoopStatus;
import dev.vloop.vthreads.VirtualLoops;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("real-time")
class BeginRaceTest {
    private static final int ROUNDS = 5_000;

    @Test
    @DisplayName("R5: once pause() has returned, no iteration begins that the status does not show")
    void no_iteration_begins_once_pause_has_returned() {
        AtomicLong bodies = new AtomicLong();
        int late = 0;
        try (LoopRuntime runtime = VirtualLoops.create()) {
            Loop loop = runtime.loop("quick").every(Duration.ofNanos(2_000)).start(it -> bodies.incrementAndGet());
            for (int round = 0; round < ROUNDS; round++) {
                LockSupport.parkNanos(ThreadLocalRandom.current().nextInt(20_000));
                loop.pause();
                LoopStatus status = loop.status();
                long allowed = bodies.get() + (status.state() == LoopState.EXECUTING ? 1 : 0);
                while (loop.status().state() != LoopState.PAUSED) {
                    Thread.onSpinWait();
                }
                late += bodies.get() > allowed ? 1 : 0;
                loop.resume();
            }
        }
        assertThat(late).isZero();
    }
}
