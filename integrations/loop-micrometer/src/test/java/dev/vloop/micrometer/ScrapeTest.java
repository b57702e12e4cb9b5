package dev.vloop.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.Iteration;
import dev.vloop.Loop;
import dev.vloop.LoopBuilder;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Metrics as Prometheus reads them")
class ScrapeTest extends Metered {
    private LoopBuilder feed() {
        return loops.loop("feed").every(seconds(10)).backoff((failure, random) -> seconds(1));
    }

    @Test
    void a_loop_that_was_built_has_zeros() {
        feed().build(it -> {});
        assertThat(ofKind("feed").stream().map(line -> line.substring(0, line.lastIndexOf(' '))))
                .contains(
                        "vloop_iteration_seconds_count{exception=\"none\",kind=\"feed\",outcome=\"success\"}",
                        "vloop_iteration_seconds_count{exception=\"none\",kind=\"feed\",outcome=\"continued\"}",
                        "vloop_iteration_seconds_count{exception=\"none\",kind=\"feed\",outcome=\"failed\"}",
                        "vloop_iteration_seconds_count{exception=\"none\",kind=\"feed\",outcome=\"cancelled\"}",
                        "vloop_iteration_active_seconds_count{kind=\"feed\"}",
                        "vloop_iteration_lateness_seconds_count{kind=\"feed\"}",
                        "vloop_failures_total{exception=\"none\",kind=\"feed\",reaction=\"retry\"}",
                        "vloop_failures_total{exception=\"none\",kind=\"feed\",reaction=\"continue\"}",
                        "vloop_failures_total{exception=\"none\",kind=\"feed\",reaction=\"fail\"}",
                        "vloop_slots_missed_total{kind=\"feed\"}",
                        "vloop_runs_ended_total{how=\"completed\",kind=\"feed\"}",
                        "vloop_runs_ended_total{how=\"stopped\",kind=\"feed\"}",
                        "vloop_runs_ended_total{how=\"cancelled\",kind=\"feed\"}",
                        "vloop_runs_ended_total{how=\"failed\",kind=\"feed\"}",
                        "vloop_failures_in_a_row{kind=\"feed\"}",
                        "vloop_last_success_seconds{kind=\"feed\"}");
        assertThat(ofKind("feed"))
                .allMatch(line -> line.endsWith(" 0") || line.endsWith(" 0.0") || line.endsWith(" NaN"));
        assertThat(scraped("vloop_last_success_seconds"))
                .containsExactly("vloop_last_success_seconds{kind=\"feed\"} NaN");
        assertThat(scraped("vloop_clock_jumps"))
                .containsExactly(
                        "vloop_clock_jumps_total{direction=\"backward\"} 0.0",
                        "vloop_clock_jumps_total{direction=\"forward\"} 0.0");
    }

    @Test
    void an_iteration_is_timed_with_its_retries_and_its_last_success_is_kept() {
        feed().start(it -> {
            it.sleep(seconds(2));
            if (it.attempt() == 1) {
                throw new IOException("no network");
            }
        });
        loops.advance(seconds(9));
        assertThat(scraped("vloop_iteration_seconds_sum"))
                .contains("vloop_iteration_seconds_sum{exception=\"none\",kind=\"feed\",outcome=\"success\"} 5.0");
        assertThat(scraped("vloop_iteration_seconds_count"))
                .contains("vloop_iteration_seconds_count{exception=\"none\",kind=\"feed\",outcome=\"success\"} 1");
        assertThat(scraped("vloop_failures_total"))
                .contains("vloop_failures_total{exception=\"IOException\",kind=\"feed\",reaction=\"retry\"} 1.0");
        assertThat(scraped("vloop_last_success_seconds"))
                .containsExactly("vloop_last_success_seconds{kind=\"feed\"} 9.46684805E8"); // 5 s after ORIGIN
    }

    @Test
    void a_failure_has_its_outcome_and_its_exception() {
        feed().continueOn(IOException.class).start(it -> {
            throw it.index() < 2 ? new IOException("no network") : new IllegalStateException("broken");
        });
        loops.advance(seconds(30));
        assertThat(scraped("vloop_iteration_seconds_count"))
                .contains(
                        "vloop_iteration_seconds_count{exception=\"IOException\",kind=\"feed\",outcome=\"continued\"} 2",
                        "vloop_iteration_seconds_count{exception=\"IllegalStateException\",kind=\"feed\",outcome=\"failed\"} 1",
                        "vloop_iteration_seconds_count{exception=\"none\",kind=\"feed\",outcome=\"success\"} 0");
        assertThat(scraped("vloop_failures_total"))
                .contains(
                        "vloop_failures_total{exception=\"IOException\",kind=\"feed\",reaction=\"continue\"} 2.0",
                        "vloop_failures_total{exception=\"IllegalStateException\",kind=\"feed\",reaction=\"fail\"} 1.0");
        assertThat(scraped("vloop_runs_ended_total"))
                .contains("vloop_runs_ended_total{how=\"failed\",kind=\"feed\"} 1.0");
        assertThat(scraped("vloop_failures_in_a_row")).containsExactly("vloop_failures_in_a_row{kind=\"feed\"} 3.0");
    }

    @Test
    void an_iteration_is_active_until_it_ends_or_is_cancelled_and_that_is_no_failure() {
        Loop loop = feed().maxConcurrent(3).start(it -> it.sleep(Duration.ofHours(1)));
        loops.advance(seconds(25));
        assertThat(scraped("vloop_iteration_active_seconds_count"))
                .containsExactly("vloop_iteration_active_seconds_count{kind=\"feed\"} 3");
        loop.cancel();
        loops.settle();
        assertThat(scraped("vloop_iteration_active_seconds_count"))
                .containsExactly("vloop_iteration_active_seconds_count{kind=\"feed\"} 0");
        assertThat(scraped("vloop_iteration_seconds_count"))
                .contains("vloop_iteration_seconds_count{exception=\"none\",kind=\"feed\",outcome=\"cancelled\"} 3");
        assertThat(scraped("vloop_failures_total")).hasSize(3).allMatch(line -> line.endsWith(" 0.0"));
    }

    @Test
    void a_cancelled_retry_does_not_count_what_failed_before() {
        Loop loop = feed().start(it -> {
            if (it.attempt() > 1) {
                it.sleep(Duration.ofHours(1));
            }
            throw new IOException("no network");
        });
        loops.advance(seconds(5));
        loop.cancel();
        loops.settle();
        assertThat(scraped("vloop_iteration_seconds_count"))
                .contains("vloop_iteration_seconds_count{exception=\"none\",kind=\"feed\",outcome=\"cancelled\"} 1");
    }

    @Test
    void missed_slots_and_lateness_are_counted() {
        feed().start(it -> it.sleep(it.index() == 0 ? seconds(35) : seconds(1)));
        loops.advance(seconds(39));
        assertThat(scraped("vloop_slots_missed")).containsExactly("vloop_slots_missed_total{kind=\"feed\"} 2.0");
        assertThat(scraped("vloop_iteration_lateness_seconds_sum"))
                .containsExactly("vloop_iteration_lateness_seconds_sum{kind=\"feed\"} 5.0");
        assertThat(scraped("vloop_iteration_lateness_seconds_count"))
                .containsExactly("vloop_iteration_lateness_seconds_count{kind=\"feed\"} 2");
    }

    @Test
    void a_failure_of_beforeLoop_counts_too() {
        feed().beforeLoop(() -> {
                    throw new IllegalStateException("no database");
                })
                .start(it -> {});
        loops.settle();
        assertThat(scraped("vloop_failures_total"))
                .contains(
                        "vloop_failures_total{exception=\"IllegalStateException\",kind=\"feed\",reaction=\"fail\"} 1.0");
        assertThat(scraped("vloop_iteration_seconds_count")).allMatch(line -> line.endsWith(" 0"));
    }

    @Test
    void loops_are_counted_by_state() {
        Loop paused = loops.loop("paused").every(seconds(10)).start(it -> {});
        loops.loop("busy").every(seconds(10)).start(it -> it.sleep(Duration.ofHours(1)));
        loops.loop("idle").every(seconds(10)).build(it -> {});
        feed().start(it -> {});
        loops.settle();
        paused.pause();
        loops.settle();
        assertThat(scraped("vloop_loops"))
                .containsExactly(
                        "vloop_loops{state=\"backing_off\"} 0.0",
                        "vloop_loops{state=\"ending\"} 0.0",
                        "vloop_loops{state=\"executing\"} 1.0",
                        "vloop_loops{state=\"idle\"} 1.0",
                        "vloop_loops{state=\"paused\"} 1.0",
                        "vloop_loops{state=\"starting\"} 0.0",
                        "vloop_loops{state=\"waiting\"} 1.0");
    }

    @Test
    void a_kind_of_many_loops_shows_the_worst_of_those_that_should_run() {
        AtomicInteger failing = new AtomicInteger(-1);
        startGuilds((guild, iteration) -> failing.get() == guild);
        loops.advance(seconds(5));
        failing.set(1);
        loops.advance(seconds(20));
        String second0 = "9.466848E8";
        String second20 = "9.4668482E8";
        assertThat(ofKind("digest"))
                .contains(
                        "vloop_failures_in_a_row{kind=\"digest\"} 2.0",
                        "vloop_last_success_seconds{kind=\"digest\"} " + second0,
                        "vloop_iteration_seconds_count{exception=\"none\",kind=\"digest\",outcome=\"success\"} 7");
        loops.get("guild 1").pause();
        assertThat(ofKind("digest")).contains("vloop_last_success_seconds{kind=\"digest\"} " + second20);
        loops.get("guild 1").resume();
        loops.get("guild 1").cancel();
        loops.settle();
        assertThat(ofKind("digest")).contains("vloop_last_success_seconds{kind=\"digest\"} " + second20);
    }

    @Test
    void failures_in_a_row_are_those_of_the_worst_loop_and_not_of_all_together() {
        startGuilds((guild, iteration) -> iteration.index() >= guild);
        loops.advance(seconds(25));
        assertThat(scraped("vloop_failures_in_a_row")).containsExactly("vloop_failures_in_a_row{kind=\"digest\"} 3.0");
    }

    /** Three loops of one kind. */
    private void startGuilds(BiPredicate<Integer, Iteration> fails) {
        for (int i = 0; i < 3; i++) {
            int guild = i;
            loops.loop("guild " + i)
                    .kind("digest")
                    .every(seconds(10))
                    .continueOn(IOException.class)
                    .start(it -> {
                        if (fails.test(guild, it)) {
                            throw new IOException("no network");
                        }
                    });
        }
    }

    @Test
    void clock_jumps_are_counted_by_direction() {
        feed().start(it -> {});
        loops.settle();
        metrics.onClockJump(seconds(5));
        metrics.onClockJump(seconds(7));
        metrics.onClockJump(seconds(-5));
        assertThat(scraped("vloop_clock_jumps"))
                .containsExactly(
                        "vloop_clock_jumps_total{direction=\"backward\"} 1.0",
                        "vloop_clock_jumps_total{direction=\"forward\"} 2.0");
    }
}
