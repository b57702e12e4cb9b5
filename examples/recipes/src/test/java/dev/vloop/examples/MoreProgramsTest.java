package dev.vloop.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.Loop;
import dev.vloop.LoopEnd;
import dev.vloop.testkit.TestLoops;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

/** The programs of docs/recipes.md, in virtual time. */
class MoreProgramsTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private final TestLoops loops = TestLoops.startingAt(Instant.parse("2026-03-28T07:00:00Z"));
    private final FakeBot bot = new FakeBot(loops);

    @AfterEach
    void close() {
        loops.close();
    }

    @Test
    void a_cog_prints_while_it_is_loaded_and_can_be_loaded_again() {
        PrinterCog first = new PrinterCog(loops, bot);
        loops.settle();
        assertThat(bot.said()).as("not before it is loaded").isEmpty();
        try (first) {
            first.load();
            loops.advance(Duration.ofSeconds(5));
        }
        loops.advance(Duration.ofMinutes(1));
        assertThat(bot.said()).containsExactly("0 0", "5 1");
        assertThat(loops.find("printer")).isNull();
        try (PrinterCog second = new PrinterCog(loops, bot)) {
            second.load();
            loops.settle();
        }
        assertThat(bot.said()).endsWith("65 0");
    }

    @Test
    void all_shops_are_asked_at_once() {
        bot.takes("/a", Duration.ofSeconds(4)).takes("/b", Duration.ofSeconds(7));
        Prices.start(loops, bot, List.of("/a", "/b"));
        loops.advance(Duration.ofSeconds(30));
        assertThat(bot.said()).containsExactly("7 /a is fine", "7 /b is fine");
    }

    @Test
    void a_slow_shop_costs_one_minute_and_not_the_loop() {
        bot.takes("/a", Duration.ofSeconds(15));
        Prices.start(loops, bot, List.of("/a", "/b"));
        loops.advance(Duration.ofSeconds(59));
        assertThat(bot.said()).isEmpty();
        assertThat(loops.get("prices").status().failuresInARow()).isEqualTo(1);
        bot.takes("/a", Duration.ZERO);
        loops.advance(Duration.ofSeconds(1));
        assertThat(bot.said()).containsExactly("60 /a is fine", "60 /b is fine");
    }

    @Test
    void the_digest_comes_at_nine_also_when_the_clocks_change_and_when_its_user_moves() {
        Loop digest = Digest.start(loops, bot, "ada", BERLIN);
        loops.advanceTo(Instant.parse("2026-03-28T08:00:00Z"));
        assertThat(bot.said()).containsExactly("3600 digest for ada");
        assertThat(digest.nextIteration()).as("summer time begins").isEqualTo("2026-03-29T07:00:00Z");
        Digest.move(digest, ZoneId.of("Asia/Tokyo"));
        loops.settle();
        assertThat(digest.nextIteration()).isEqualTo("2026-03-29T00:00:00Z");
    }

    @Test
    void a_digest_that_is_three_hours_late_is_left_out() {
        Loop digest = Digest.start(loops, bot, "ada", BERLIN);
        loops.settle();
        loops.moveWallClock(Duration.ofHours(4));
        loops.advance(Duration.ofMinutes(1));
        assertThat(bot.said()).isEmpty();
        assertThat(digest.nextIteration()).isEqualTo("2026-03-29T07:00:00Z");
    }

    @Test
    void five_hundred_guilds_come_and_go_while_the_bot_runs() {
        List<String> guilds = IntStream.range(0, 500).mapToObj(i -> "g" + i).toList();
        GuildLoops all = new GuildLoops(loops, bot);
        guilds.forEach(all::joined);
        guilds.forEach(all::joined);
        loops.advance(Duration.ofMinutes(1));
        assertThat(bot.said()).hasSize(500);
        guilds.subList(0, 250).forEach(all::left);
        all.left("never seen");
        loops.advance(Duration.ofMinutes(10));
        assertThat(loops.loops()).hasSize(250);
        assertThat(bot.said()).hasSize(750);
        assertThat(bot.said().subList(500, 750)).noneMatch(text -> text.endsWith(" g0") || text.endsWith(" g249"));
    }

    @Test
    void a_guild_that_cannot_be_reached_is_tried_at_its_next_slot() {
        new GuildLoops(loops, bot).joined("cats");
        loops.advance(Duration.ofMinutes(1));
        assertThat(loops.get("guild cats").status().failuresInARow()).isEqualTo(1);
        assertThat(loops.get("guild cats").isRunning()).isTrue();
    }

    @Test
    void the_fifth_failure_in_a_row_alerts_and_the_loop_goes_on() {
        try (TestLoops watched = TestLoops.builder()
                .settings(builder -> Alerts.policy(builder, bot))
                .create()) {
            watched.loop("broken").every(Duration.ofMinutes(1)).start(it -> {
                throw new IllegalStateException("no luck");
            });
            watched.advance(Duration.ofMinutes(3));
            assertThat(bot.said()).isEmpty();
            watched.advance(Duration.ofMinutes(6));
            assertThat(bot.said()).containsExactly("0 ALERT: broken fails: java.lang.IllegalStateException: no luck");
            assertThat(watched.get("broken").isRunning()).isTrue();
        }
    }

    @Test
    void an_operator_sees_who_is_well_and_when_it_last_was() {
        loops.loop("good").every(Duration.ofMinutes(1)).start(it -> bot.print("good"));
        Loop bad = loops.loop("bad").every(Duration.ofMinutes(1)).start(it -> {
            throw new IllegalStateException("for good");
        });
        assertThat(loops.awaitEnd(bad).isFailed()).isTrue();
        loops.advance(Duration.ofMinutes(1));
        assertThat(Health.report(loops)).isEqualTo("""
                OK  good: WAITING, next run 2026-03-28T07:02:00Z, last success 2026-03-28T07:01:00Z
                BAD bad: IDLE, next run null, its run has failed: java.lang.IllegalStateException""");
    }

    @Test
    void each_line_that_a_body_or_a_fork_logs_names_its_loop() {
        List<String> lines = new CopyOnWriteArrayList<>();
        try (TestLoops named = TestLoops.builder()
                .settings(builder -> builder.defaults(Mdc::nameLoops))
                .create()) {
            named.loop("digest").every(Duration.ofMinutes(1)).count(2).start(it -> {
                lines.add("body of " + MDC.get("loop"));
                it.fork(() -> lines.add("fork of " + MDC.get("loop")));
                MDC.put("guild", "42");
            });
            named.loop("news")
                    .every(Duration.ofMinutes(1))
                    .count(1)
                    .intercept((iteration, chain) -> {
                        chain.proceed();
                        lines.add("within " + MDC.get("loop"));
                    })
                    .afterLoop(end -> lines.add("after it: " + MDC.get("loop")))
                    .start(it -> {});
            named.advance(Duration.ofMinutes(1));
        }
        assertThat(lines)
                .containsExactlyInAnyOrder(
                        "body of digest",
                        "fork of digest",
                        "body of digest",
                        "fork of digest",
                        "within news",
                        "after it: null");
    }

    @Test
    void an_operator_sees_who_fails_again_and_again() {
        loops.loop("bad")
                .every(Duration.ofMinutes(1))
                .continueOn(IOException.class)
                .start(it -> {
                    throw new IOException("again");
                });
        loops.advance(Duration.ofMinutes(3));
        assertThat(Health.report(loops)).startsWith("OK  bad: WAITING");
        loops.advance(Duration.ofMinutes(1));
        assertThat(Health.report(loops)).startsWith("BAD bad: WAITING");
        Loop bad = loops.get("bad");
        bad.cancel();
        assertThat(loops.awaitEnd(bad)).isInstanceOf(LoopEnd.Cancelled.class);
    }
}
