package dev.vloop.testkit;

import static dev.vloop.testkit.LoopAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vloop.CutSlots;
import dev.vloop.Loop;
import dev.vloop.LoopEnd;
import dev.vloop.spi.Cluster;
import dev.vloop.vthreads.VirtualLoops;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the methods of {@link TestLoops} do, in either engine. */
abstract class VerbsContract {
    final List<String> events = Collections.synchronizedList(new ArrayList<>());
    TestLoops loops;

    abstract Engine engine();

    @BeforeEach
    void create() {
        loops = TestLoops.builder().engine(engine()).create();
    }

    @AfterEach
    void close() {
        loops.close();
    }

    private Loop everySecond(String name) {
        return loops.loop(name)
                .every(seconds(1))
                .start(it -> events.add(name + loops.elapsed().toSeconds()));
    }

    private static Duration seconds(long seconds) {
        return Duration.ofSeconds(seconds);
    }

    @Test
    void it_tells_its_engine() {
        assertThat(loops.engine()).isEqualTo(engine());
        assertThat(loops.engineReason()).contains(engine().name());
    }

    @Test
    void a_test_may_be_the_only_instance_of_a_cluster() {
        loops.close();
        loops = TestLoops.builder().engine(engine()).inCluster().create();
        loops.loop("once")
                .every(seconds(10))
                .oncePerCluster(CutSlots.LET_GO)
                .start(it -> events.add("at " + loops.elapsed().toSeconds()));
        loops.advance(seconds(25));
        assertThat(events).containsExactly("at 0", "at 10", "at 20");
    }

    /** A cluster of production, whose database no test has. */
    private static final class Elsewhere implements Cluster {
        @Override
        public String instance() {
            return "elsewhere";
        }

        @Override
        public Member join(Candidate candidate) {
            throw new AssertionError("not this one");
        }

        @Override
        public void close() {}
    }

    @Test
    void a_test_is_that_instance_whatever_cluster_its_settings_name() {
        loops.close();
        loops = TestLoops.builder()
                .engine(engine())
                .inCluster()
                .settings(builder -> builder.cluster(new Elsewhere()))
                .create();
        loops.loop("once")
                .every(seconds(10))
                .oncePerCluster(CutSlots.LET_GO)
                .start(it -> events.add("at " + loops.elapsed().toSeconds()));
        loops.advance(seconds(15));
        assertThat(events).containsExactly("at 0", "at 10");
    }

    @Test
    void a_time_that_is_too_far_away_for_the_clock_is_refused_with_its_value() {
        Duration tooLong = Duration.ofDays(200_000);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> loops.advance(tooLong))
                .withMessageContaining("duration must end within 292 years")
                .withMessageContaining(tooLong.toString());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> loops.runUntil(() -> true, tooLong))
                .withMessageContaining("atMost must end within 292 years");
    }

    /** Threads of the common pool wake the body; that is no finding, as time has waited for them. */
    @Test
    void a_body_may_use_parallel_streams() {
        Loop loop = loops.loop("sums").every(seconds(1)).count(300).start(it -> {
            if (LongStream.range(0, 100_000).parallel().map(n -> n % 7).sum() < 0) {
                events.add("wrong");
            }
        });
        assertThat(loops.awaitEnd(loop)).isCompleted();
    }

    @Test
    void settle_runs_what_is_due_and_time_stands() {
        everySecond("a");
        loops.settle();
        assertThat(events).containsExactly("a0");
        assertThat(loops.elapsed()).isZero();
    }

    @Test
    void advance_includes_its_end_and_each_iteration_sees_its_own_time() {
        everySecond("a");
        loops.advance(seconds(3));
        assertThat(events).containsExactly("a0", "a1", "a2", "a3");
    }

    @Test
    void advance_to_an_instant_and_to_the_next_wake_up() {
        everySecond("a");
        loops.advanceTo(Instant.parse("2000-01-01T00:00:01.500Z"));
        assertThat(events).containsExactly("a0", "a1");
        loops.advanceToNext();
        assertThat(loops.elapsed()).isEqualTo(seconds(2));
    }

    @Test
    void time_does_not_go_backwards() {
        loops.advance(seconds(5));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> loops.advance(seconds(-1)))
                .withMessageContaining("PT-1S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> loops.advanceTo(Instant.parse("2000-01-01T00:00:01Z")))
                .withMessageContaining("2000-01-01T00:00:01Z");
    }

    @Test
    void the_next_wake_up_comes_after_what_is_due_now() {
        everySecond("a");
        loops.advanceToNext();
        assertThat(events).containsExactly("a0", "a1");
        assertThat(loops.elapsed()).isEqualTo(seconds(1));
    }

    @Test
    void a_failure_of_beforeLoop_is_one_of_no_iteration_in_the_timeline() {
        Loop loop = loops.loop("a")
                .every(seconds(1))
                .beforeLoop(() -> {
                    throw new IllegalStateException("no database");
                })
                .start(it -> {});
        assertThat(loops.awaitEnd(loop)).hasFailedWith(IllegalStateException.class);
        assertThat(loops.timeline().toString())
                .contains("failed, fail: IllegalStateException")
                .doesNotContain("#0");
    }

    @Test
    void a_machine_is_not_suspended_for_less_than_no_time() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> loops.suspend(seconds(-1)))
                .withMessageContaining("duration")
                .withMessageContaining("PT-1S");
        assertThat(loops.clock().instant()).isEqualTo(Instant.parse("2000-01-01T00:00:00Z"));
    }

    @Test
    void where_nothing_is_due_there_is_no_next() {
        assertThatThrownBy(loops::advanceToNext).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void run_until_stops_at_the_first_wake_up_at_which_it_holds() {
        everySecond("a");
        loops.runUntil(() -> events.size() == 3, seconds(60));
        assertThat(loops.elapsed()).isEqualTo(seconds(2));
    }

    @Test
    void run_until_looks_once_more_at_its_limit_where_nothing_is_due() {
        loops.loop("job").every(seconds(10)).start(it -> {});
        loops.runUntil(() -> loops.elapsed().equals(seconds(5)), seconds(5));
        assertThat(loops.elapsed()).isEqualTo(seconds(5));
        loops.runUntil(() -> true, Duration.ZERO);
        assertThat(loops.elapsed()).isEqualTo(seconds(5));
    }

    @Test
    void run_until_runs_what_is_due_at_its_limit() {
        loops.loop("job").every(seconds(10)).start(it -> events.add("body"));
        loops.runUntil(() -> events.size() == 2, seconds(10));
        assertThat(loops.elapsed()).isEqualTo(seconds(10));
    }

    @Test
    void run_until_gives_up_with_the_timeline() {
        everySecond("a");
        assertThatThrownBy(() -> loops.runUntil(() -> false, seconds(5)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("does not hold after 5s")
                .hasMessageContaining("#5 ok")
                .hasMessageContaining(">>> 00:00:05");
    }

    @Test
    void await_end_moves_time_and_a_failure_counts_as_seen() {
        Loop loop = loops.loop("a").every(seconds(1)).start(it -> {
            if (it.index() == 2) {
                throw new IllegalStateException("boom");
            }
        });
        LoopEnd end = loops.awaitEnd(loop);
        assertThat(loops.elapsed()).isEqualTo(seconds(2));
        assertThat(end).hasFailedWith(IllegalStateException.class).hasIterations(2);
    }

    @Test
    void await_end_refuses_loops_without_end_and_names_them() {
        TestLoops short_ = ((TestLoopsBuilder) TestLoops.builder().engine(engine()))
                .runaway(Duration.ofDays(366), 1_000)
                .create();
        try (short_) {
            Loop a = short_.loop("a").every(seconds(1)).start(it -> {});
            short_.loop("b").every(seconds(1)).start(it -> {});
            assertThatThrownBy(() -> short_.awaitEnd(a))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("loop 'a' never ends by itself: stop it or give it a count")
                    .hasMessageContaining("'a', 'b'")
                    .hasMessageContaining("timeline");
            assertThatThrownBy(short_::join).hasMessageContaining("'a', 'b' never end by themselves");
            a.stop();
            assertThat(short_.awaitEnd(a)).isStopped();
        }
    }

    @Test
    void a_year_is_the_furthest_that_await_end_goes() {
        Loop loop = loops.loop("yearly").every(Duration.ofDays(400)).start(it -> {});
        assertThatThrownBy(() -> loops.awaitEnd(loop)).hasMessageContaining("'yearly' never ends");
    }

    @Test
    void a_loop_whose_body_always_fails_never_ends_although_it_has_a_count() {
        Loop loop = loops.loop("flaky")
                .every(seconds(1))
                .count(1)
                .backoff((it, failure) -> Duration.ofDays(30))
                .start(it -> {
                    throw new java.util.concurrent.TimeoutException("no answer");
                });
        assertThatThrownBy(() -> loops.awaitEnd(loop))
                .hasMessageContaining("'flaky' never ends by itself: its last ")
                .hasMessageContaining(
                        "attempts have failed, and it tries again; the last one with TimeoutException: no answer");
    }

    @Test
    void await_end_tells_of_a_loop_that_nothing_wakes() {
        Loop loop = everySecond("a");
        loop.pause();
        assertThatThrownBy(() -> loops.awaitEnd(loop)).hasMessageContaining("will never end");
        assertThatThrownBy(
                        () -> loops.awaitEnd(loops.loop("b").every(seconds(1)).build(it -> {})))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("'b'");
    }

    @Test
    void get_fails_with_the_names_there_are() {
        everySecond("a");
        assertThat(loops.get("a").name()).isEqualTo("a");
        assertThatThrownBy(() -> loops.get("b"))
                .hasMessageContaining("no loop 'b'")
                .hasMessageContaining("'a'");
    }

    @Test
    void a_suspend_moves_the_wall_clock_alone() {
        Loop daily =
                loops.loop("daily").dailyAt(ZoneOffset.UTC, LocalTime.of(6, 0)).start(it -> events.add("daily"));
        Loop hourly = loops.loop("hourly").every(Duration.ofHours(1)).start(it -> {});
        loops.settle();
        loops.suspend(Duration.ofHours(7));
        loops.settle();
        assertThat(loops.elapsed()).isZero();
        assertThat(events).containsExactly("daily");
        assertThat(daily).nextAt(Instant.parse("2000-01-02T06:00:00Z"));
        assertThat(hourly).hasIterations(1);
        assertThat(loops.timeline().toString()).contains("machine suspended for 7h");
    }

    @Test
    void the_wall_clock_is_set_and_moved() {
        loops.setWallClock(Instant.parse("2030-01-01T00:00:00Z"));
        loops.moveWallClock(Duration.ofHours(-1));
        loops.advance(seconds(1));
        assertThat(loops.clock().instant()).isEqualTo(Instant.parse("2029-12-31T23:00:01Z"));
    }

    @Test
    void the_exit_of_the_jvm_is_played() {
        Loop loop = loops.loop("a")
                .every(seconds(1))
                .afterLoop(end -> events.add("flushed"))
                .start(it -> {});
        loops.shutdownOnExit(seconds(5), () -> events.add("then"));
        loops.advance(seconds(1));
        assertThat(events).isEmpty();
        loops.exit();
        assertThat(events).containsExactly("flushed", "then");
        assertThat(loop).isIdle().lastEnd().isStopped();
    }

    @Test
    void a_runtime_that_was_shut_down_has_taken_back_what_it_wanted_at_the_exit() {
        loops.shutdownOnExit(seconds(5), () -> events.add("then"));
        assertThat(loops.shutdown(seconds(1))).isEmpty();
        loops.exit();
        assertThat(events).isEmpty();
    }

    @Test
    void a_test_may_end_while_loops_wait_or_are_paused_or_back_off() {
        everySecond("waits");
        everySecond("paused").pause();
        loops.loop("backs off")
                .every(seconds(1))
                .retryOn(IllegalStateException.class)
                .start(it -> {
                    throw new IllegalStateException();
                });
        loops.settle();
        loops.close();
        loops.close();
    }

    @Test
    void a_test_whose_thread_is_interrupted_ends_as_others_do_and_keeps_the_flag() {
        loops.loop("saving")
                .every(seconds(1))
                .afterLoop(end -> {
                    loops.clock().sleep(seconds(2)); // it takes its time
                    events.add("saved");
                })
                .start(it -> {});
        loops.advance(seconds(3));
        Thread.currentThread().interrupt();
        loops.close();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(events).containsExactly("saved");
    }

    @Test
    void settings_of_the_runtime_are_its_own() {
        try (TestLoops named = TestLoops.builder()
                .engine(engine())
                .settings((VirtualLoops.Builder b) -> b.defaults(loop -> loop.count(2)))
                .settings((VirtualLoops.Builder b) -> b.name("named"))
                .create()) {
            assertThat(named.name()).isEqualTo("named");
            Loop loop = named.loop("a").every(seconds(1)).start(it -> {});
            assertThat(named.awaitEnd(loop)).isCompleted().hasIterations(2);
        }
    }

    @Test
    void a_loop_that_restarts_itself_at_once_is_named() {
        loops.close();
        TestLoopsBuilder builder = new TestLoopsBuilder().switchLimit(2_000);
        loops = builder.engine(engine()).create();
        List<String> told = new ArrayList<>();
        Loop restless = loops.loop("restless").every(seconds(1)).start(it -> {
            if (told.isEmpty()) {
                it.loop().restart();
            }
        });
        assertThatThrownBy(() -> loops.advance(seconds(1)))
                .hasMessageStartingWith("spin: loop 'restless' has begun ")
                .hasMessageContaining("runs and iterations at this instant, and time never moves")
                .hasMessageContaining("fix: let it wait before it is started, restarted or triggered again");
        told.add("spin");
        loops.settle();
        assertThat(restless).isWaiting();
    }
}
