package dev.vloop.testkit.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vloop.Loop;
import dev.vloop.LoopEnd;
import dev.vloop.testkit.Engine;
import dev.vloop.testkit.Finding;
import dev.vloop.testkit.LoopAssertions;
import dev.vloop.testkit.TestLoops;
import dev.vloop.testkit.TimelineEntry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

/**
 * What a test is told when something goes wrong: the loop, the virtual time, file and line, and how to fix it. It is in a package of its own,
 * because messages never name a place in the testkit's packages.
 */
abstract class DiagnosisContract {
    static final Duration MINUTE = Duration.ofMinutes(1);

    abstract Engine engine();

    TestLoops.Builder builder() {
        return TestLoops.builder().engine(engine()).patience(Duration.ofMillis(400));
    }

    /** The file and line of the test's code, as messages tell them. */
    static final String HERE = "\\((\\w*Contract|\\w*Test).java:\\d+\\)";

    @Test
    void a_failure_that_nobody_looked_at() {
        TestLoops loops = builder().create();
        loops.loop("feed").every(MINUTE).start(it -> {
            if (it.index() == 2) {
                throw new IllegalStateException("boom");
            }
        });
        loops.advance(Duration.ofMinutes(3));
        assertThatThrownBy(loops::close)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("loop 'feed' failed at 00:02:00: IllegalStateException: boom")
                .hasMessageContaining("the test never looked")
                .hasMessageContaining("loops.awaitEnd(loop)")
                .hasMessageFindingMatch(HERE)
                .hasMessageContaining("  ! 00:02:00  #2 failed, fail: IllegalStateException: boom")
                .hasRootCauseMessage("boom");
        assertThatCode(loops::close).as("told once").doesNotThrowAnyException();
    }

    @Test
    void each_way_of_looking_is_enough() throws InterruptedException {
        TestLoops loops = builder().create();
        for (int i = 0; i < 7; i++) {
            loops.loop("feed" + i).every(MINUTE).start(it -> {
                throw new IllegalStateException("boom");
            });
        }
        loops.settle();
        LoopAssertions.assertThat(loops.get("feed0")).hasFailedWith(IllegalStateException.class);
        LoopAssertions.assertThat(loops.get("feed1")).lastFailure().hasMessage("boom");
        LoopAssertions.assertThat(loops.get("feed2").join()).isFailed().hasMessage("boom");
        loops.awaitEnd(loops.get("feed3"));
        LoopAssertions.assertThat(loops.get("feed4").status()).hasFailedWith(IllegalStateException.class);
        assertThat(loops.get("feed5").join().isFailed()).isTrue();
        assertThat(loops.get("feed6").join(MINUTE)).isInstanceOf(LoopEnd.Failed.class);
        loops.close();
    }

    @Test
    void an_end_that_a_body_joins_is_not_looked_at_by_the_test() {
        TestLoops loops = builder().create();
        Loop feed = loops.loop("feed").every(MINUTE).start(it -> {
            throw new IllegalStateException("boom");
        });
        loops.loop("watcher").every(MINUTE).count(1).start(it -> feed.join());
        loops.settle();
        assertThatThrownBy(loops::close).hasMessageContaining("loop 'feed' failed at 00:00:00");
    }

    @Test
    void a_loop_that_does_not_end_when_cancelled_is_a_leak_and_the_close_does_not_hang() {
        TestLoops loops = builder().create();
        loops.loop("deaf").every(MINUTE).start(it -> {
            while (true) {
                try {
                    it.sleep(Duration.ofHours(1));
                } catch (InterruptedException e) {
                    // it does not heed the interrupt
                }
            }
        });
        loops.advance(MINUTE);
        assertThatThrownBy(loops::close)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("leak: loop 'deaf' did not end when cancelled")
                .hasMessageContaining("fix: let its body and hooks heed interrupts")
                .hasMessageFindingMatch(HERE)
                .hasMessageContaining("timeline");
    }

    @Test
    void a_test_that_blocks_where_time_does_not_move() {
        TestLoops loops = builder().create();
        LinkedBlockingQueue<String> queue = new LinkedBlockingQueue<>();
        loops.loop("producer").every(MINUTE).start(it -> queue.add("item"));
        assertThatThrownBy(queue::take).isInstanceOf(InterruptedException.class);
        assertThatThrownBy(loops::close)
                .hasMessageContaining("the test's own thread is blocked in")
                .hasMessageContaining("LinkedBlockingQueue.take")
                .hasMessageContaining("TestLoops.external(..)")
                .hasMessageFindingMatch(HERE);
    }

    @Test
    void findings_can_be_tolerated() {
        TestLoops loops = builder().tolerate(Finding.UNSEEN_FAILURE).create();
        loops.loop("feed").every(MINUTE).start(it -> {
            throw new IllegalStateException("boom");
        });
        loops.settle();
        assertThatCode(loops::close).doesNotThrowAnyException();
    }

    @Test
    void a_loop_that_spins_is_named() {
        TestLoops loops = builder().create();
        loops.loop("spinner").every(MINUTE).start(it -> {
            while (!Thread.currentThread().isInterrupted()) {
                it.forkEach(List.of(1, 2), item -> {});
            }
        });
        assertThatThrownBy(loops::settle)
                .hasMessageContaining("spin")
                .hasMessageContaining("'spinner")
                .hasMessageContaining("at virtual time PT0S")
                .hasMessageFindingMatch(HERE)
                .hasMessageContaining("iteration.sleep");
        loops.close();
    }

    @Test
    void a_clock_used_by_a_stranger() throws Exception {
        try (TestLoops loops = builder().create()) {
            loops.advance(MINUTE);
            CompletableFuture<Void> stranger = new CompletableFuture<>();
            Thread thread = new Thread(
                    () -> {
                        try {
                            loops.clock().sleep(MINUTE);
                            stranger.complete(null);
                        } catch (Throwable e) {
                            stranger.completeExceptionally(e);
                        }
                    },
                    "stranger");
            thread.start();
            assertThatThrownBy(stranger::get)
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(
                            "clock used outside its test: thread 'stranger' waits in virtual time, at PT1M, in")
                    .hasMessageContaining("iteration.fork")
                    .hasMessageFindingMatch(HERE);
        }
    }

    @Test
    void a_stranger_that_moves_time() throws Exception {
        try (TestLoops loops = builder().create()) {
            CompletableFuture<Void> stranger = CompletableFuture.runAsync(() -> loops.advance(MINUTE));
            assertThatThrownBy(stranger::get).cause().hasMessageContaining("only the test's own thread moves time");
        }
    }

    @Test
    void a_loop_woken_by_a_stranger() throws Exception {
        TestLoops loops = builder().create();
        Loop loop = loops.loop("poked").every(MINUTE).start(it -> {});
        loops.advance(MINUTE);
        Thread stranger = new Thread(() -> loop.trigger(), "stranger");
        stranger.start();
        stranger.join();
        loops.advance(MINUTE);
        assertThatThrownBy(loops::close)
                .hasMessageContaining("woken from outside: thread 'poked' was woken by 'stranger' at 00:01:00, from")
                .hasMessageFindingMatch(HERE)
                .hasMessageContaining("TestLoops.external(..)");
    }

    @Test
    void a_stranger_in_external_work_is_no_finding() throws Exception {
        try (TestLoops loops = builder().create()) {
            Loop loop = loops.loop("poked").every(MINUTE).start(it -> {});
            loops.advance(MINUTE);
            loops.external(
                    "discord", () -> CompletableFuture.runAsync(loop::trigger).get());
            loops.settle();
            LoopAssertions.assertThat(loop).hasIterations(3);
        }
    }

    @Test
    void a_dead_lock_shows_every_stack() {
        TestLoops loops = builder().create();
        LinkedBlockingQueue<String> queue = new LinkedBlockingQueue<>();
        Loop loop = loops.loop("consumer").every(MINUTE).start(it -> queue.take());
        assertThatThrownBy(() -> loops.awaitEnd(loop))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("'consumer'")
                .hasMessageContaining("LinkedBlockingQueue.take")
                .hasMessageContaining("TestLoops.external(..)")
                .hasMessageContaining("threads of the test")
                .hasMessageContaining("at virtual time PT0S")
                .hasMessageContaining("fix: ")
                .hasMessageFindingMatch(HERE)
                .hasMessageContaining(">>> 00:00:00");
        loops.close();
    }

    @Test
    void what_escapes_a_listener_or_an_assertion_shows_the_timeline_of_the_loop() {
        try (TestLoops loops = builder().create()) {
            Loop loop = loops.loop("feed").every(MINUTE).start(it -> {});
            loops.loop("other").every(MINUTE).start(it -> {});
            loops.advance(MINUTE);
            assertThatThrownBy(() -> LoopAssertions.assertThat(loop).hasIterations(7))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageStartingWith(
                            "expected loop 'feed' to have 7 iterations, but it is WAITING with 2 iterations")
                    .hasMessageContaining("    time      feed\n    00:00:00  starts, #0 ok\n    00:01:00  #1 ok\n")
                    .hasMessageNotContaining("other");
            assertThat(loops.timeline().of("feed").entries())
                    .extracting(TimelineEntry::what)
                    .containsExactly(
                            TimelineEntry.What.START,
                            TimelineEntry.What.ITERATION,
                            TimelineEntry.What.SUCCESS,
                            TimelineEntry.What.ITERATION,
                            TimelineEntry.What.SUCCESS);
        }
    }

    @Test
    void a_test_whose_time_is_held_for_long_by_the_world_outside_is_not_interrupted() {
        TestLoops loops = builder().patience(Duration.ofMillis(50)).create();
        loops.loop("feed")
                .every(MINUTE)
                .count(1)
                .start(it -> loops.external("slow", () -> {
                    long until = System.nanoTime() + 700_000_000;
                    while (System.nanoTime() < until) {
                        Thread.onSpinWait();
                    }
                    return 0;
                }));
        loops.advance(MINUTE);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        loops.close();
    }
}
