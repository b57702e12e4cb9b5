package dev.vloop.deep;

import static dev.vloop.testkit.LoopAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vloop.Loop;
import dev.vloop.testkit.LoopTest;
import dev.vloop.testkit.TestLoops;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** {@link Thread#sleep} takes virtual time. */
class SleepsTest extends DeepFixture {
    @LoopTest
    void the_engine_is_deep_and_says_so(TestLoops loops) {
        assertThat(loops.engineReason()).isEqualTo("EXACT: its self-test passed; deep: its self-test passed");
    }

    @LoopTest
    void a_body_sleeps_in_virtual_time_and_reads_it(TestLoops loops) {
        loops.loop("sleeper").every(Duration.ofHours(1)).start(it -> {
            Instant before = Instant.now();
            Thread.sleep(Duration.ofMinutes(10));
            said.add(before + " -> " + Instant.now());
        });
        loops.advance(Duration.ofHours(1).plusMinutes(20));
        assertThat(said)
                .containsExactly(
                        "2000-01-01T00:00:00Z -> 2000-01-01T00:10:00Z", "2000-01-01T01:00:00Z -> 2000-01-01T01:10:00Z");
    }

    @LoopTest
    void every_kind_of_sleep_takes_its_time_to_the_nanosecond(TestLoops loops) {
        assertThat(takes(loops, () -> Thread.sleep(60_000))).isEqualTo(Duration.ofMinutes(1));
        assertThat(takes(loops, () -> Thread.sleep(60_000, 7)))
                .isEqualTo(Duration.ofMinutes(1).plusNanos(7));
        assertThat(takes(loops, () -> Thread.sleep(Duration.ofDays(200)))).isEqualTo(Duration.ofDays(200));
        assertThat(takes(loops, () -> TimeUnit.DAYS.sleep(1))).isEqualTo(Duration.ofDays(1));
    }

    @LoopTest
    void sleeps_of_many_loops_end_in_their_order(TestLoops loops) {
        for (int i = 0; i < 50; i++) {
            int number = i;
            loops.loop("loop-" + i).every(Duration.ofDays(1)).start(it -> {
                Thread.sleep(1000 - number * 7);
                TimeUnit.MINUTES.sleep(number);
                said.add(loops.elapsed().toString());
            });
        }
        loops.advance(Duration.ofHours(2));
        assertThat(said)
                .isEqualTo(IntStream.range(0, 50)
                        .mapToObj(number -> Duration.ofMillis(1000 - number * 7).plusMinutes(number))
                        .sorted()
                        .map(Duration::toString)
                        .toList());
    }

    @LoopTest
    void a_sleep_that_is_cancelled_ends_at_once(TestLoops loops) {
        Loop sleeper = loops.loop("sleeper").every(Duration.ofHours(1)).start(it -> {
            try {
                Thread.sleep(Duration.ofMinutes(30));
            } finally {
                said.add(Instant.now().toString());
            }
        });
        loops.advance(Duration.ofMinutes(5));
        sleeper.cancel();
        assertThat(loops.awaitEnd(sleeper)).isCancelled();
        assertThat(said).containsExactly("2000-01-01T00:05:00Z");
    }

    @LoopTest
    void a_sleep_of_a_thread_that_was_interrupted_before_ends_at_once_and_says_so(TestLoops loops) {
        assertThat(takes(loops, () -> {
                    Thread.currentThread().interrupt();
                    assertThatThrownBy(() -> Thread.sleep(60_000)).isInstanceOf(InterruptedException.class);
                }))
                .isZero();
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> Thread.sleep(60_000)).isInstanceOf(InterruptedException.class);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(loops.elapsed()).isZero();
    }

    @LoopTest
    void the_sleep_of_the_test_itself_moves_time(TestLoops loops) throws InterruptedException {
        loops.loop("ticker").every(Duration.ofSeconds(1)).start(it -> said.add("tick"));
        Thread.sleep(2500);
        assertThat(said).hasSize(3);
        assertThat(loops.elapsed()).isEqualTo(Duration.ofMillis(2500));
    }

    @LoopTest
    void the_sleep_of_the_test_itself_takes_all_nanoseconds_that_the_JDK_takes(TestLoops loops)
            throws InterruptedException {
        Thread.sleep(0, 0);
        Thread.sleep(1, 1);
        Thread.sleep(2, 999_999);
        assertThat(loops.elapsed()).isEqualTo(Duration.ofMillis(4));
        assertThatThrownBy(() -> Thread.sleep(0, 1_000_000)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Thread.sleep(0, -1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Thread.sleep(-1, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThat(loops.elapsed()).isEqualTo(Duration.ofMillis(4));
    }

    @LoopTest(seeds = 20)
    void shuffled_sleeps_keep_their_times(TestLoops loops) {
        said.clear();
        for (int i = 0; i < 5; i++) {
            int number = i;
            loops.loop("loop-" + i).every(Duration.ofSeconds(10)).start(it -> {
                Thread.sleep(1000);
                said.add("a" + number);
                boolean ignored = new Semaphore(0).tryAcquire(2, TimeUnit.SECONDS);
                said.add("b" + number + ignored);
            });
        }
        loops.advance(Duration.ofSeconds(35));
        assertThat(said).hasSize(40);
    }

    @LoopTest(deep = false)
    void a_test_may_be_as_shallow_as_without_the_agent(TestLoops loops) {
        assertThat(loops.engineReason()).isEqualTo("EXACT, not deep, as was asked for");
        Instant start = Instant.parse("2026-01-01T00:00:00Z");
        loops.loop("reader")
                .every(Duration.ofHours(1))
                .start(it -> said.add(Instant.now().isAfter(start) ? "real" : "virtual"));
        loops.settle();
        assertThat(said).containsExactly("real");
        assertThat(Instant.now()).isAfter(start);
    }
}
