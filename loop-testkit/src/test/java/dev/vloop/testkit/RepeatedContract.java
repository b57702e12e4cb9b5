package dev.vloop.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.Forked;
import dev.vloop.Iteration;
import dev.vloop.Loop;
import dev.vloop.LoopEnd;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is easily wrong one time in thousands, many times over, with real loops and forks. */
abstract class RepeatedContract {
    private static final int MANY = 20_000;
    private static final Duration SECOND = Duration.ofSeconds(1);

    abstract Engine engine();

    private TestLoops seeded(long seed) {
        return TestLoops.builder().engine(engine()).seed(seed).create();
    }

    @Test
    void twenty_thousand_joins_of_forks_are_seen_at_the_right_time() {
        int[] wrong = new int[1];
        try (TestLoops loops = seeded(1)) {
            Loop loop = loops.loop("forks")
                    .every(SECOND.multipliedBy(10))
                    .count(MANY)
                    .start(it -> {
                        Duration begin = loops.elapsed();
                        Forked<Integer> slow = it.fork(() -> after(it, 2));
                        Forked<Integer> quick = it.fork(() -> after(it, 1));
                        int sum = slow.get() + quick.get();
                        wrong[0] += sum == 3 && loops.elapsed().equals(begin.plusSeconds(2)) ? 0 : 1;
                    });
            assertThat(loops.awaitEnd(loop)).isEqualTo(new LoopEnd.Completed(MANY));
            assertThat(loops.elapsed()).isEqualTo(Duration.ofSeconds(10L * (MANY - 1) + 2));
        }
        assertThat(wrong).containsExactly(0);
    }

    private static int after(Iteration iteration, int seconds) throws InterruptedException {
        iteration.sleep(Duration.ofSeconds(seconds));
        return seconds;
    }

    @Test
    void twenty_thousand_cancels_at_the_deadline_of_a_sleep_are_seen_at_the_right_time() {
        int[] outcomes = new int[3]; // slept, interrupted, wrong
        try (TestLoops loops = seeded(1)) {
            Loop victim = loops.loop("victim").every(Duration.ofDays(1)).build(it -> {
                Duration begin = loops.elapsed();
                try {
                    it.sleep(SECOND);
                    outcomes[0]++;
                } catch (InterruptedException e) {
                    outcomes[1]++;
                }
                outcomes[2] += loops.elapsed().equals(begin.plus(SECOND)) ? 0 : 1;
            });
            Loop killer = loops.loop("killer")
                    .every(SECOND.multipliedBy(2))
                    .count(MANY)
                    .start(it -> {
                        victim.start();
                        it.sleep(SECOND);
                        victim.cancel();
                        outcomes[2] += victim.join().isCancelled() ? 0 : 1;
                    });
            assertThat(loops.awaitEnd(killer)).isEqualTo(new LoopEnd.Completed(MANY));
        }
        assertThat(outcomes[2]).isZero();
        assertThat(outcomes[0] + outcomes[1]).isEqualTo(MANY);
        assertThat(outcomes[0]).as("slept, and did not always").isBetween(1, MANY - 1);
    }

    private List<TimelineEntry> timeline(long seed) {
        try (TestLoops loops = seeded(seed)) {
            for (String name : List.of("a", "b", "c", "d", "e")) {
                loops.loop(name).every(SECOND).count(3).start(it -> it.sleep(SECOND));
            }
            loops.advance(SECOND.multipliedBy(4));
            return loops.timeline().entries();
        }
    }

    @Test
    void a_thousand_seeds_give_many_timelines_and_each_replays() {
        Set<List<TimelineEntry>> seen = new HashSet<>();
        for (long seed = 0; seed < 1_000; seed++) {
            List<TimelineEntry> once = timeline(seed);
            assertThat(timeline(seed)).as("seed %d", seed).isEqualTo(once);
            seen.add(once);
        }
        assertThat(seen).hasSizeGreaterThan(900);
    }
}
