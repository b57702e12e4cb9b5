package dev.vloop.tests.races;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.Forked;
import dev.vloop.Loop;
import dev.vloop.LoopBody;
import dev.vloop.testkit.Finding;
import dev.vloop.testkit.TestLoops;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
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
        assertACancelInterruptsForksOnce(loops -> iteration -> {
            Forked<Integer> outer = iteration.fork(() -> {
                Forked<Integer> inner = iteration.fork(stubborn(loops));
                return inner.get();
            });
            outer.get();
        });
    }

    @Test
    @DisplayName(
            "R32: a cancel reaches the forks at once, though the body takes time to clean up, and reaches them once")
    void a_cancel_reaches_forks_before_the_body_has_cleaned_up() {
        assertACancelInterruptsForksOnce(loops -> iteration -> {
            iteration.fork(stubborn(loops));
            cleanUpFor(loops, Duration.ofSeconds(2));
        });
    }

    @Test
    @DisplayName("R32: a cancel reaches the forks beside a forkEach at once, though its items take time to clean up")
    void a_cancel_reaches_forks_beside_a_forkEach_before_its_items_have_cleaned_up() {
        assertACancelInterruptsForksOnce(loops -> iteration -> {
            iteration.fork(stubborn(loops));
            iteration.forkEach(List.of(1), item -> cleanUpFor(loops, Duration.ofSeconds(2)));
        });
    }

    @Test
    @DisplayName("R32: a failure interrupts what a sibling has forked once, though that sibling takes time to clean up")
    void a_failure_interrupts_a_fork_of_a_fork_once_though_its_owner_cleans_up() {
        try (TestLoops loops =
                TestLoops.builder().tolerate(Finding.UNSEEN_FAILURE).create()) {
            loops.loop("l").every(Duration.ofHours(1)).start(iteration -> {
                iteration.fork(() -> {
                    iteration.fork(stubborn(loops));
                    cleanUpFor(loops, Duration.ofSeconds(2));
                    return 1;
                });
                iteration.fork(() -> {
                    loops.clock().sleep(Duration.ofSeconds(1));
                    throw new IllegalStateException("broken");
                });
            });
            loops.advance(Duration.ofSeconds(20));

            assertThat(interrupts).containsExactly(Duration.ofSeconds(1));
        }
    }

    /** The cancel comes after a second. */
    private void assertACancelInterruptsForksOnce(Function<TestLoops, LoopBody> body) {
        try (TestLoops loops =
                TestLoops.builder().tolerate(Finding.UNSEEN_FAILURE).create()) {
            Loop loop = loops.loop("l").every(Duration.ofHours(1)).start(body.apply(loops));
            loops.advance(Duration.ofSeconds(1));
            loop.cancel();
            loops.advance(Duration.ofSeconds(20));

            assertThat(interrupts).containsExactly(Duration.ofSeconds(1));
        }
    }

    /** Works until it is interrupted, cleans up for a while, and then says that it was interrupted. */
    private static void cleanUpFor(TestLoops loops, Duration duration) throws InterruptedException {
        try {
            loops.clock().sleep(Duration.ofHours(1));
        } catch (InterruptedException e) {
            loops.clock().sleep(duration);
            throw e;
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
