package dev.vloop.tests.overlap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vloop.Backoff;
import dev.vloop.Iteration;
import dev.vloop.Loop;
import dev.vloop.LoopBuilder;
import dev.vloop.LoopEnd;
import dev.vloop.LoopFailure;
import dev.vloop.LoopListener;
import dev.vloop.LoopState;
import dev.vloop.MissedSlots;
import dev.vloop.testkit.TestLoops;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("R22 a loop whose iterations may overlap")
final class OverlapTest {
    private final List<String> log = new ArrayList<>();
    private final TestLoops loops = TestLoops.builder()
            .settings(runtime -> runtime.listener(new LoopListener() {
                @Override
                public void onMissed(Loop loop, long slots, java.time.Instant first) {
                    log("missed " + slots);
                }
            }))
            .create();

    @AfterEach
    void close() {
        loops.close();
    }

    private void log(String event) {
        log.add(loops.elapsed().toSeconds() + " " + event);
    }

    private LoopBuilder everySecond(int atOnce) {
        return loops.loop("overlapping")
                .every(Duration.ofSeconds(1))
                .maxConcurrent(atOnce)
                .afterLoop(end -> log("after " + end.getClass().getSimpleName() + " " + end.iterations()));
    }

    /** A body that takes that many seconds, and tells of it. */
    private void work(Iteration it, double seconds) throws InterruptedException {
        log(it.index() + " begins");
        try {
            it.sleep(Duration.ofMillis((long) (seconds * 1_000)));
            log(it.index() + " ends");
        } catch (InterruptedException e) {
            log(it.index() + " cut");
            throw e;
        }
    }

    @Test
    void begins_iterations_that_are_due_while_others_go_on() {
        everySecond(3).count(4).start(it -> work(it, 2.5));

        loops.advance(Duration.ofSeconds(10));

        assertThat(log)
                .containsExactly(
                        "0 0 begins",
                        "1 1 begins",
                        "2 2 begins",
                        "2 0 ends",
                        "3 3 begins",
                        "3 1 ends",
                        "4 2 ends",
                        "5 3 ends",
                        "5 after Completed 4");
    }

    @Test
    void has_at_most_so_many_at_once_and_misses_the_slots_in_between() {
        everySecond(2).missed(MissedSlots.RUN_ONCE).start(it -> work(it, 3.5));

        loops.advance(Duration.ofSeconds(5));

        // slots 2 and 3 passed while two went on: one iteration for both when the first of them is over
        assertThat(log)
                .containsExactly(
                        "0 0 begins", "1 1 begins", "3 0 ends", "3 missed 1", "3 2 begins", "4 1 ends", "4 3 begins");
    }

    @Test
    void runs_every_missed_slot_as_places_become_free() {
        everySecond(2).missed(MissedSlots.RUN_ALL).count(6).start(it -> work(it, 4));

        loops.advance(Duration.ofSeconds(20));

        assertThat(log.stream().filter(event -> event.endsWith("begins")))
                .containsExactly("0 0 begins", "1 1 begins", "4 2 begins", "5 3 begins", "8 4 begins", "9 5 begins");
        assertThat(log).last().isEqualTo("13 after Completed 6");
    }

    @Test
    void lets_all_that_have_begun_finish_when_stopped() {
        Loop loop = everySecond(3).start(it -> work(it, 2.5));
        loops.advance(Duration.ofMillis(1_500));

        loop.stop();
        loops.advance(Duration.ofSeconds(5));

        assertThat(log).containsExactly("0 0 begins", "1 1 begins", "2 0 ends", "3 1 ends", "3 after Stopped 2");
    }

    @Test
    void interrupts_all_that_go_on_when_cancelled_and_cleans_up_after_them() {
        Loop loop = everySecond(3).start(it -> work(it, 60));
        loops.advance(Duration.ofSeconds(5));

        loop.cancel();
        loops.settle();

        assertThat(log.subList(0, 3)).containsExactly("0 0 begins", "1 1 begins", "2 2 begins");
        assertThat(log.subList(3, 6)).containsExactlyInAnyOrder("5 0 cut", "5 1 cut", "5 2 cut");
        assertThat(log).last().isEqualTo("5 after Cancelled 0");
    }

    @Test
    void is_cancelled_while_it_waits_for_the_last_after_a_stop() {
        Loop loop = everySecond(2).start(it -> work(it, 60));
        loops.advance(Duration.ofSeconds(1));
        loop.stop();
        loops.advance(Duration.ofSeconds(1));

        loop.cancel();
        loops.settle();

        assertThat(log).last().isEqualTo("2 after Cancelled 0");
    }

    @Test
    void is_cancelled_as_a_whole_when_one_of_its_threads_is_interrupted() {
        everySecond(2).start(it -> {
            if (it.index() == 1) {
                Thread.currentThread().interrupt();
            } else {
                work(it, 60);
            }
        });

        loops.advance(Duration.ofSeconds(2));

        assertThat(log).containsExactly("0 0 begins", "1 0 cut", "1 after Cancelled 1");
    }

    @Test
    void fails_when_one_fails_for_good_and_the_others_are_over() {
        Loop loop = everySecond(3).start(it -> {
            if (it.index() == 1) {
                throw new IllegalStateException("second");
            }
            if (it.index() == 2) {
                throw new AssertionError("never begins");
            }
            work(it, 2.5);
        });

        LoopEnd end = loops.awaitEnd(loop);

        assertThat(log).containsExactly("0 0 begins", "2 0 ends", "2 after Failed 1");
        assertThat(((LoopEnd.Failed) end).cause()).hasMessage("second");
    }

    @Test
    void has_not_completed_if_one_fails_after_the_last_has_begun() {
        Loop loop = everySecond(2).count(2).start(it -> {
            work(it, 3);
            if (it.index() == 0) {
                throw new IllegalStateException("first");
            }
        });

        LoopEnd end = loops.awaitEnd(loop);

        assertThat(end).isInstanceOf(LoopEnd.Failed.class);
        assertThat(end.iterations()).isEqualTo(1);
    }

    @Test
    void has_not_completed_if_it_is_cancelled_after_the_last_has_begun() {
        Loop loop = everySecond(2).count(2).start(it -> work(it, 3));
        loops.advance(Duration.ofSeconds(2));
        loop.cancel();
        assertThat(loops.awaitEnd(loop)).isEqualTo(new LoopEnd.Cancelled(0));
    }

    @Test
    void attaches_a_second_failure_to_the_first() {
        Loop loop = everySecond(2).start(it -> {
            it.sleep(Duration.ofSeconds(3 - it.index()));
            throw new IllegalStateException("of " + it.index());
        });

        LoopEnd.Failed end = (LoopEnd.Failed) loops.awaitEnd(loop);

        assertThat(List.of(end.cause(), end.cause().getSuppressed()[0]))
                .extracting(Throwable::getMessage)
                .containsExactlyInAnyOrder("of 0", "of 1");
    }

    @Test
    void retries_each_iteration_for_itself() {
        List<LoopFailure> failures = new ArrayList<>();
        everySecond(2)
                .count(2)
                .backoff(Backoff.fixed(Duration.ofSeconds(5)))
                .onFailure(failures::add)
                .start(it -> {
                    log(it.index() + " attempt " + it.attempt());
                    if (it.attempt() == 1) {
                        throw new IOException("of " + it.index());
                    }
                });

        loops.advance(Duration.ofSeconds(10));

        assertThat(log)
                .containsExactly(
                        "0 0 attempt 1", "1 1 attempt 1", "5 0 attempt 2", "6 1 attempt 2", "6 after Completed 2");
        assertThat(failures).extracting(LoopFailure::index).containsExactly(0L, 1L);
        assertThat(failures).extracting(LoopFailure::inARow).containsExactly(1, 2);
    }

    @Test
    void times_each_iteration_out_for_itself() {
        everySecond(3)
                .count(3)
                .timeout(Duration.ofSeconds(2))
                .maxAttempts(1)
                .continueOn(Exception.class)
                .start(it -> work(it, it.index() == 1 ? 60 : 0.5));

        loops.advance(Duration.ofSeconds(10));

        assertThat(log)
                .containsExactly(
                        "0 0 begins",
                        "0 0 ends",
                        "1 1 begins",
                        "2 2 begins",
                        "2 2 ends",
                        "3 1 cut",
                        "3 after Completed 3");
    }

    @Test
    void forks_from_each_iteration() {
        everySecond(2).count(2).start(it -> {
            it.fork(() -> {
                it.sleep(Duration.ofSeconds(3));
                log("fork of " + it.index());
                return null;
            });
        });

        loops.advance(Duration.ofSeconds(10));

        assertThat(log).containsExactly("3 fork of 0", "4 fork of 1", "4 after Completed 2");
    }

    @Test
    void answers_a_trigger_as_soon_as_there_is_room() {
        Loop loop = loops.loop("triggered")
                .every(Duration.ofHours(1))
                .maxConcurrent(2)
                .start(it -> work(it, 3));
        loops.advance(Duration.ofSeconds(1));

        loop.trigger();
        loops.advance(Duration.ofSeconds(1));
        loop.trigger();
        loops.advance(Duration.ofSeconds(2));

        assertThat(log).containsExactly("0 0 begins", "1 1 begins", "3 0 ends", "3 2 begins", "4 1 ends");
    }

    @Test
    void shows_that_it_executes_while_any_iteration_goes_on() {
        Loop loop = everySecond(2).start(it -> work(it, 1.5));
        loops.advance(Duration.ofMillis(1_200));

        assertThat(loop.status().state()).isEqualTo(LoopState.EXECUTING);
        assertThat(loop.status().attempt()).isEqualTo(1);
        assertThat(loop.status().iterations()).isZero();
        assertThat(loop.nextIteration()).isEqualTo(loops.clock().instant().plusMillis(800));

        loop.pause();
        loops.advance(Duration.ofSeconds(3));

        assertThat(loop.status().state()).isEqualTo(LoopState.PAUSED);
        assertThat(loop.status().attempt()).isZero();
        assertThat(loop.status().iterations()).isEqualTo(2);
    }

    @Test
    void refuses_to_be_joined_by_its_own_iterations_and_forks() {
        List<Throwable> refused = new ArrayList<>();
        everySecond(2).count(1).start(it -> {
            assertThatThrownBy(() -> it.loop().join()).satisfies(refused::add);
            it.fork(() -> {
                assertThatThrownBy(() -> it.loop().join()).satisfies(refused::add);
                return null;
            });
        });

        loops.settle();

        assertThat(refused).hasSize(2).allMatch(IllegalStateException.class::isInstance);
    }

    @Test
    void restarts_when_all_are_over() {
        Loop loop = everySecond(2).start(it -> work(it, 1.5));
        loops.advance(Duration.ofMillis(1_200));

        loop.restart();
        loops.settle();

        assertThat(log.subList(4, 6)).containsExactly("1 after Cancelled 0", "1 0 begins");
    }

    @Test
    void gives_the_same_log_in_a_thousand_runs() {
        List<String> first = null;
        for (int run = 0; run < 1_000; run++) {
            log.clear();
            try (TestLoops fresh = TestLoops.create()) {
                fresh.loop("overlapping")
                        .every(Duration.ofSeconds(1))
                        .maxConcurrent(3)
                        .start(it -> {
                            it.fork(() -> {
                                it.sleep(Duration.ofMillis(2_100));
                                return log.add(fresh.elapsed() + " fork " + it.index());
                            });
                            it.sleep(Duration.ofSeconds(1 + it.index() % 3));
                            log.add(fresh.elapsed() + " body " + it.index());
                        });
                fresh.advance(Duration.ofSeconds(20));
            }
            if (first == null) {
                first = List.copyOf(log);
            }
            assertThat(log).isEqualTo(first);
        }
        assertThat(first).hasSizeGreaterThan(20);
    }
}
