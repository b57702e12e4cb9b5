package dev.vloop.tests.races;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.Forked;
import dev.vloop.Loop;
import dev.vloop.testkit.Finding;
import dev.vloop.testkit.TestLoops;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ForkInterruptTest {
    private final List<Duration> interrupts = new CopyOnWriteArrayList<>();

    @Test
    @DisplayName(
            "R31, R32: forks that have swallowed the interrupt of a timeout are interrupted by a cancel all the same")
    void forks_are_interrupted_by_a_timeout_and_then_by_a_cancel() {
        try (TestLoops loops =
                TestLoops.builder().tolerate(Finding.UNSEEN_FAILURE).create()) {
            Loop loop = loops.loop("l")
                    .every(Duration.ofHours(1))
                    .timeout(Duration.ofSeconds(1))
                    .start(iteration -> {
                        iteration.fork(stubborn(loops));
                        iteration.sleep(Duration.ofHours(1));
                    });
            loops.advance(Duration.ofSeconds(2));
            loop.cancel();
            loops.settle();

            assertThat(interrupts).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2));
        }
    }

    @Test
    @DisplayName("R32: what a fork has forked is interrupted once when a sibling of that fork fails")
    void a_fork_of_a_fork_is_interrupted_once_by_a_failure() {
        try (LogCapture log = new LogCapture();
                TestLoops loops =
                        TestLoops.builder().tolerate(Finding.UNSEEN_FAILURE).create()) {
            loops.loop("l").every(Duration.ofHours(1)).start(iteration -> {
                iteration.fork(() -> {
                    Forked<Integer> inner = iteration.fork(stubborn(loops));
                    return inner.get();
                });
                Forked<Integer> failing = iteration.fork(() -> {
                    loops.clock().sleep(Duration.ofSeconds(1));
                    throw new IllegalStateException("broken");
                });
                failing.get();
            });
            loops.advance(Duration.ofSeconds(10));

            assertThat(interrupts).containsExactly(Duration.ofSeconds(1));
            assertThat(log.messages()).singleElement().asString().contains("loop 'l'", "failed");
        }
    }

    @Test
    @DisplayName("R6, R32: a cancel interrupts each fork once, however deep")
    void a_cancel_interrupts_each_fork_once_however_deep() {
        try (TestLoops loops =
                TestLoops.builder().tolerate(Finding.UNSEEN_FAILURE).create()) {
            Loop loop = loops.loop("l").every(Duration.ofHours(1)).start(iteration -> {
                Forked<Integer> outer = iteration.fork(() -> {
                    Forked<Integer> inner = iteration.fork(stubborn(loops));
                    return inner.get();
                });
                outer.get();
            });
            loops.advance(Duration.ofSeconds(1));
            loop.cancel();
            loops.advance(Duration.ofSeconds(10));

            assertThat(interrupts).containsExactly(Duration.ofSeconds(1));
        }
    }

    /** Swallows interrupts, notes when they came, and ends after a while. */
    private Callable<Integer> stubborn(TestLoops loops) {
        return () -> {
            for (int i = 0; i < 3; i++) {
                try {
                    loops.clock().sleep(Duration.ofSeconds(5));
                    break;
                } catch (InterruptedException e) {
                    interrupts.add(loops.elapsed());
                }
            }
            return 1;
        };
    }
}
