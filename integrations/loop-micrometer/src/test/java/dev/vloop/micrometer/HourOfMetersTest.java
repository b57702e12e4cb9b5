package dev.vloop.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.Loop;
import dev.vloop.LoopBuilder;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The number of meters does not grow with time")
class HourOfMetersTest extends Metered {
    private LoopBuilder every(String name, int seconds) {
        return loops.loop(name).every(seconds(seconds)).backoff((failure, random) -> seconds(1));
    }

    /** Loops as a bot has them: whatever can go wrong with them does within the first five minutes, and again and again. */
    private void startBot() {
        every("batch", 10).start(it -> {
            if (it.index() % 7 == 1 && it.attempt() < 3) {
                throw new IOException("no network");
            }
            it.forkEach(List.of(1, 2, 3), item -> Thread.yield());
        });
        for (int guild = 0; guild < 10; guild++) {
            every("digest " + guild, 60)
                    .kind("digest")
                    .continueOn(IllegalStateException.class)
                    .start(it -> {
                        if (it.index() % 4 == 1) {
                            throw new IllegalStateException("locked") {};
                        }
                    });
        }
        every("slow", 20)
                .timeout(seconds(2))
                .maxAttempts(1)
                .continueOn(Exception.class)
                .start(it -> {
                    it.sleep(it.index() % 5 == 2 ? seconds(9) : seconds(1));
                });
        every("late", 15).start(it -> it.sleep(it.index() % 4 == 3 ? seconds(40) : seconds(1)));
        Loop broken = every("broken", 30).start(it -> {
            throw new UnsupportedOperationException("broken");
        });
        every("doctor", 60).start(it -> {
            broken.restart();
            Loop batch = loops.get("batch");
            if (it.index() % 3 == 0) {
                batch.pause();
                batch.resume();
                batch.trigger();
            }
            batch.changeInterval(seconds(10 + it.index() % 2));
            loops.get("late").restart();
            loops.loop("job " + it.index())
                    .kind("job")
                    .every(seconds(5))
                    .count(2)
                    .start(job -> {});
            Loop gone = loops.loop("gone " + it.index()).every(seconds(5)).start(job -> {
                throw new IOException("too late");
            });
            it.sleep(seconds(20));
            gone.remove();
        });
    }

    @Test
    void an_hour_of_a_bot_makes_no_series_that_its_first_minutes_have_not_made() {
        startBot();
        List<Integer> meters = new ArrayList<>();
        List<Long> series = new ArrayList<>();
        loops.advance(seconds(55));
        for (int minutes = 5; minutes <= 60; minutes += 5) {
            loops.advance(Duration.ofMinutes(5));
            meters.add(registry.getMeters().size());
            series.add(registry.scrape()
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .count());
        }
        assertThat(meters).hasSize(12).containsOnly(meters.getFirst());
        assertThat(series).containsOnly(series.getFirst());
        assertThat(registry.scrape()).doesNotContain("kind=\"job\"").doesNotContain("gone");
        assertThat(registry.getMeters()).hasSizeLessThan(200);
        // All of it has happened, also in the last minutes.
        assertThat(ofKind("batch")).anyMatch(line -> line.startsWith("vloop_failures_total{exception=\"IOException\""));
        assertThat(ofKind("digest"))
                .anyMatch(line -> line.startsWith("vloop_iteration_seconds_count{exception=\"anonymous\""));
        assertThat(scraped("vloop_runs_ended_total{how=\"failed\",kind=\"broken\"}"))
                .singleElement()
                .satisfies(line -> assertThat(Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                        .isGreaterThan(50));
    }

    /** Half of them have begun a run, which is cancelled in an iteration or fails. */
    @Test
    void three_thousand_loops_of_a_kind_that_run_and_are_removed_leave_no_meter() {
        int before = registry.getMeters().size();
        int most = 0;
        for (int i = 0; i < 3_000; i++) {
            int kind = i % 3;
            Loop loop = every("guild " + i, 10).kind("kind " + kind).build(it -> {
                if (kind == 0) {
                    throw new IllegalStateException("broken");
                }
                it.sleep(Duration.ofHours(1));
            });
            if (i % 2 == 0) {
                loop.start();
                loops.settle();
            }
            most = Math.max(most, registry.getMeters().size());
            loop.remove();
            if (i % 100 == 0) {
                loops.settle();
                assertThat(registry.getMeters()).hasSize(before);
            }
        }
        loops.settle();
        assertThat(registry.getMeters()).hasSize(before);
        assertThat(most).isGreaterThan(before).isLessThan(before + 100);
    }
}
