package dev.vloop.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.Loop;
import dev.vloop.LoopEnd;
import dev.vloop.testkit.Finding;
import dev.vloop.testkit.TestLoops;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What users of a bot ask of its loops while they run. */
class CommandsTest {
    private final TestLoops loops = TestLoops.builder()
            .startAt(Instant.parse("2026-03-28T07:00:00Z"))
            .tolerate(Finding.UNSEEN_FAILURE)
            .create();
    private final FakeBot bot = new FakeBot(loops);
    private final Jobs jobs = new Jobs(loops);

    @AfterEach
    void close() {
        loops.close();
    }

    @Test
    void jobs_shows_the_loops_that_are_known_and_those_that_have_completed() {
        loops.loop("poll").every(Duration.ofMinutes(5)).start(it -> {});
        loops.loop("import").every(Duration.ofMinutes(1)).count(2).start(it -> {});
        loops.advance(Duration.ofMinutes(6));
        assertThat(jobs.list()).isEqualTo("""
                poll, every(PT5M): WAITING, next 2026-03-28T07:10:00Z, 2 iterations in 1 runs
                import: Completed[iterations=2], last at 2026-03-28T07:01:00Z""");
    }

    @Test
    void an_interval_that_is_postponed_goes_on_from_the_new_time() {
        loops.loop("poll").every(Duration.ofMinutes(5)).start(it -> bot.print("poll"));
        loops.settle();
        assertThat(jobs.postpone("poll", Duration.ofMinutes(2))).isEqualTo("poll comes at 2026-03-28T07:07:00Z");
        loops.advance(Duration.ofMinutes(12));
        assertThat(bot.said()).containsExactly("0 poll", "420 poll", "720 poll");
    }

    @Test
    void a_time_of_day_that_is_postponed_comes_once_at_another_time() {
        loops.loop("digest").dailyAt(ZoneOffset.UTC, LocalTime.of(9, 0)).start(it -> bot.print("digest"));
        loops.settle();
        assertThat(jobs.postpone("digest", Duration.ofHours(2))).isEqualTo("digest comes at 2026-03-28T11:00:00Z");
        loops.advance(Duration.ofHours(26));
        assertThat(bot.said()).containsExactly("14400 digest", "93600 digest"); // at 11:00, and at 9:00 on the next day
    }

    @Test
    void what_does_not_wait_is_not_postponed() {
        loops.loop("poll").every(Duration.ofMinutes(5)).build(it -> {});
        assertThat(jobs.postpone("poll", Duration.ofHours(2))).isEqualTo("poll has nothing to postpone");
        assertThat(jobs.postpone("nobody", Duration.ofHours(2))).isEqualTo("nobody has nothing to postpone");
    }

    @Test
    void a_user_who_changes_the_hour_of_the_digest_hears_when_it_comes_and_gets_no_second_one() {
        Loop digest = Digest.start(loops, bot, "ada", ZoneOffset.UTC);
        loops.advanceTo(Instant.parse("2026-03-28T12:00:00Z"));
        assertThat(bot.said()).containsExactly("7200 digest for ada"); // at 9:00
        assertThat(Digest.changeHour(digest, ZoneOffset.UTC, LocalTime.of(7, 0)))
                .isEqualTo("your next digest comes at 2026-03-29T07:00:00Z");
        loops.advance(Duration.ofHours(18));
        assertThat(bot.said()).hasSize(1);
        loops.advance(Duration.ofHours(1));
        assertThat(bot.said()).hasSize(2);
    }

    @Test
    void a_feed_begins_again_when_the_connection_is_back_before_the_old_run_has_flushed() {
        Feed feed = new Feed(loops, bot, new SlowBatch(loops, Duration.ofSeconds(5)));
        feed.onReady();
        loops.settle();
        feed.onDisconnect();
        loops.advance(Duration.ofSeconds(1));
        feed.onReady();
        loops.advance(Duration.ofSeconds(40));
        assertThat(bot.said()).containsExactly("0 /feed is fine", "5 /feed is fine", "35 /feed is fine");
        feed.onReady(); // nothing had been lost
        loops.settle();
        assertThat(bot.said()).endsWith("41 /feed is fine");
    }

    @Test
    void a_loop_that_fails_begins_again_later_each_time_and_a_success_ends_the_row() {
        AtomicInteger runs = new AtomicInteger();
        Loop loop = Restarts.restarting(loops, loops.loop("feed").every(Duration.ofSeconds(10)))
                .start(it -> {
                    bot.print("run " + (it.index() == 0 ? runs.incrementAndGet() : runs.get()));
                    if (runs.get() != 4 || it.index() == 1) {
                        throw new IllegalStateException("broken");
                    }
                });
        loops.advance(Duration.ofSeconds(20));
        assertThat(bot.said())
                .containsExactly(
                        "0 run 1",
                        "1 run 2",
                        "3 run 3",
                        "7 run 4",
                        "17 run 4", // which was well for a while
                        "18 run 5",
                        "20 run 6");
        assertThat(loop.totals().runs()).isEqualTo(6);
        assertThat(loop.status().lastEnd()).isInstanceOf(LoopEnd.Failed.class);
        loops.get("restart of feed").remove();
        loops.advance(Duration.ofHours(1));
        assertThat(bot.said()).hasSize(7);
    }

    @Test
    void a_loop_that_fails_again_and_again_begins_once_an_hour_at_last() {
        Loop loop = Restarts.restarting(loops, loops.loop("feed").every(Duration.ofSeconds(10)))
                .start(it -> {
                    throw new IllegalStateException("broken");
                });
        loops.advance(Duration.ofSeconds(4_095)); // 1 + 2 + 4 + ... + 2,048
        assertThat(loop.totals().runs()).isEqualTo(13);
        loops.advance(Duration.ofSeconds(3_599));
        assertThat(loop.totals().runs()).isEqualTo(13);
        loops.advance(Duration.ofHours(10));
        assertThat(loop.totals().runs()).isEqualTo(23);
    }

    /** The run that begins fails before the loop that began it is over: it must get its next one all the same. */
    @Test
    void a_loop_that_fails_faster_than_its_restart_ends_begins_again() {
        try (TestLoops own = TestLoops.builder()
                .settings(settings -> settings.defaults(defaults -> defaults.intercept((iteration, chain) -> {
                    chain.proceed();
                    if (iteration.loop().name().startsWith("restart of ")) {
                        iteration
                                .loop()
                                .runtime()
                                .clock()
                                .sleep(Duration.ofMillis(1)); // virtual: the new run has failed by then
                    }
                })))
                .tolerate(Finding.UNSEEN_FAILURE)
                .create()) {
            Loop loop = Restarts.restarting(own, own.loop("feed").every(Duration.ofSeconds(10)))
                    .start(it -> {
                        throw new IllegalStateException("broken");
                    });
            own.advance(Duration.ofSeconds(20));
            assertThat(loop.totals().runs()).isEqualTo(5); // at 0, 1, 3, 7 and 15 s
        }
    }

    /** Takes its time to flush. */
    private record SlowBatch(TestLoops loops, Duration time) implements Batch {
        @Override
        public void update() {}

        @Override
        public void flush() {
            try {
                loops.clock().sleep(time);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public boolean isEmpty() {
            return true;
        }
    }
}
