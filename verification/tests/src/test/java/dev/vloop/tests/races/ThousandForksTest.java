package dev.vloop.tests.races;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.Loop;
import dev.vloop.testkit.TestLoops;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ThousandForksTest {
    private static final int FORKS = 1_000;

    /** What cuts an iteration short, one second after its begin. */
    enum Cause {
        CANCEL,
        TIMEOUT,
        FAILING_FORK,
        FAILING_BODY
    }

    private final AtomicInteger alive = new AtomicInteger();
    private final int[] interrupts = new int[FORKS]; // each written by one fork

    @ParameterizedTest
    @EnumSource
    @DisplayName("R31, R32: of a thousand forks none survives its iteration, and none is interrupted twice")
    void of_a_thousand_forks_none_survives_and_none_is_interrupted_twice(Cause cause) {
        AtomicInteger aliveAtTheEnd = new AtomicInteger(-1);
        try (LogCapture log = new LogCapture();
                TestLoops loops = TestLoops.create()) {
            Loop loop = loops.loop("l")
                    .every(Duration.ofHours(2))
                    .timeout(cause == Cause.TIMEOUT ? Duration.ofSeconds(1) : Duration.ofHours(1))
                    .maxAttempts(1)
                    .afterLoop(end -> aliveAtTheEnd.set(alive.get()))
                    .start(iteration -> {
                        for (int i = 0; i < FORKS; i++) {
                            int number = i;
                            iteration.fork(() -> stubborn(loops, number));
                        }
                        if (cause == Cause.FAILING_FORK) {
                            iteration.fork(() -> fail(loops));
                        }
                        if (cause == Cause.FAILING_BODY) {
                            fail(loops);
                        }
                    });
            loops.advance(Duration.ofSeconds(1));
            assertThat(alive).hasValue(FORKS);
            if (cause == Cause.CANCEL) {
                loop.cancel();
                loop.cancel();
            }
            assertThat(loops.awaitEnd(loop).isCancelled()).isEqualTo(cause == Cause.CANCEL);
            assertThat(log.messages()).hasSize(cause == Cause.CANCEL ? 0 : 1);
            assertThat(loops.elapsed()).isEqualTo(Duration.ofSeconds(4));
        }

        assertThat(aliveAtTheEnd).hasValue(0);
        assertThat(Arrays.stream(interrupts)).containsOnly(1);
    }

    /** Takes three seconds more after its first interrupt, and any number of further ones. */
    private int stubborn(TestLoops loops, int number) {
        alive.incrementAndGet();
        try {
            loops.clock().sleep(Duration.ofHours(1));
        } catch (InterruptedException e) {
            interrupts[number]++;
            Duration end = loops.elapsed().plusSeconds(3);
            while (loops.elapsed().compareTo(end) < 0) {
                try {
                    loops.clock().sleep(end.minus(loops.elapsed()));
                } catch (InterruptedException again) {
                    interrupts[number]++;
                }
            }
        }
        alive.decrementAndGet();
        return number;
    }

    private static int fail(TestLoops loops) throws InterruptedException {
        loops.clock().sleep(Duration.ofSeconds(1));
        throw new IllegalStateException("broken");
    }
}
