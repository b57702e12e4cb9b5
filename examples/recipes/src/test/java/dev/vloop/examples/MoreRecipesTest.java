package dev.vloop.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.Backoff;
import dev.vloop.Loop;
import dev.vloop.LoopEnd;
import dev.vloop.LoopState;
import dev.vloop.testkit.TestLoops;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MoreRecipesTest {
    /** The night before a Sunday on which the clock skips an hour in Berlin. */
    private final TestLoops loops = TestLoops.startingAt(Instant.parse("2026-03-28T23:00:00Z"));

    private final FakeBot bot = new FakeBot(loops);

    @AfterEach
    void close() {
        loops.close();
    }

    @Test
    void times_of_day_follow_the_zone() {
        MoreRecipes.daily(loops, bot);
        assertThat(loops.get("morning").nextIteration()).isNull();
        loops.settle();
        assertThat(loops.get("morning").nextIteration()).isEqualTo("2026-03-29T07:00:00Z");
        assertThat(loops.get("report").nextIteration()).isEqualTo("2026-03-30T00:30:00Z");
        assertThat(loops.get("night").nextIteration()).isEqualTo("2026-03-30T01:00:00Z");
        loops.advanceTo(Instant.parse("2026-03-30T01:00:00Z"));
        assertThat(bot.said()).containsExactly("28800 good morning", "91800 report", "93600 night");
    }

    @Test
    void a_server_that_asks_for_patience_gets_it() {
        bot.failsWith(new RateLimited(Duration.ofSeconds(7)));
        MoreRecipes.reactions(loops, bot);
        loops.advance(Duration.ofSeconds(7));
        assertThat(bot.said()).containsExactly("7 /news is fine");
    }

    @Test
    void a_server_that_asks_for_too_much_patience_is_asked_at_the_next_slot() {
        bot.failsWith(new RateLimited(Duration.ofHours(1)));
        MoreRecipes.reactions(loops, bot);
        loops.advance(Duration.ofSeconds(30));
        assertThat(bot.said()).containsExactly("30 /news is fine");
    }

    @Test
    void what_is_not_there_ends_the_loop() {
        FileNotFoundException gone = new FileNotFoundException("gone");
        bot.failsWith(gone);
        MoreRecipes.reactions(loops, bot);
        loops.settle();
        assertThat(loops.awaitEnd(loops.get("poller"))).isEqualTo(new LoopEnd.Failed(0, gone));
    }

    @Test
    void what_is_not_there_may_come_once_the_reactions_were_changed() {
        bot.failsWith(new FileNotFoundException("not yet"));
        MoreRecipes.reactions(loops, bot);
        MoreRecipes.changeReactions(loops.get("poller"));
        loops.advance(Duration.ofSeconds(10));
        assertThat(bot.said()).hasSize(1).first().asString().endsWith("/news is fine");
    }

    @Test
    void a_bot_that_is_connected_again_does_not_wait_for_its_backoff() {
        bot.failsWith(new IOException("no network"));
        Loop feed = loops.loop("feed")
                .every(Duration.ofHours(1))
                .backoff(Backoff.fixed(Duration.ofMinutes(15)))
                .start(it -> bot.print(bot.fetch("/news")));
        loops.advance(Duration.ofSeconds(20));
        MoreRecipes.reconnected(feed);
        loops.settle();
        MoreRecipes.reconnected(feed); // it waits for its slot now
        loops.advance(Duration.ofMinutes(30));
        assertThat(bot.said()).containsExactly("20 /news is fine");
    }

    @Test
    void the_wait_that_a_server_asks_for_is_kept_through_a_future() {
        bot.failsWith(new RateLimited(Duration.ofSeconds(7)));
        loops.loop("futures")
                .every(Duration.ofHours(1))
                .backoff((failure, random) ->
                        failure.cause() instanceof RateLimited limited ? limited.retryAfter() : Duration.ofHours(9))
                .start(it -> {
                    try {
                        bot.print(bot.fetch("/news"));
                    } catch (IOException e) {
                        throw new ExecutionException(e); // as submit().get() does
                    }
                });
        loops.advance(Duration.ofSeconds(7));
        assertThat(bot.said()).containsExactly("7 /news is fine");
    }

    @Test
    void the_fifth_failure_in_a_row_alerts_once() {
        for (int i = 0; i < 6; i++) {
            bot.failsWith(new IOException("no network"));
        }
        MoreRecipes.reactions(loops, bot);
        loops.advance(Duration.ofMinutes(10));
        assertThat(bot.said()).filteredOn(text -> text.contains("alert")).hasSize(1);
    }

    @Test
    void two_fetches_run_side_by_side() {
        MoreRecipes.together(loops, bot);
        loops.settle();
        assertThat(bot.said()).containsExactly("0 /weather is fine, /traffic is fine");
    }

    @Test
    void one_guild_that_fails_stops_no_other() {
        MoreRecipes.fanOut(loops, bot);
        loops.settle();
        assertThat(bot.said())
                .hasSize(3)
                .contains("0 good morning, chess", "0 good morning, java")
                .endsWith("0 1 failed");
    }

    @Test
    void being_ready_twice_starts_one_loop() {
        MoreRecipes.onReady(loops, bot);
        MoreRecipes.onReady(loops, bot);
        loops.advance(Duration.ofMinutes(1));
        assertThat(bot.said()).containsExactly("0 still there", "60 still there");
    }

    @Test
    void loops_are_listed_found_and_told_what_to_do() {
        MoreRecipes.reactions(loops, bot);
        loops.settle();
        MoreRecipes.control(loops, bot);
        loops.settle();
        assertThat(bot.said()).contains("0 poller WAITING, next: 2026-03-28T23:00:30Z");
        assertThat(loops.get("poller").status().state()).isEqualTo(LoopState.WAITING);
        assertThat(loops.get("poller").nextIteration()).isEqualTo("2026-03-28T23:01:00Z");
    }

    @Test
    void an_exit_hook_is_taken_as_it_is_shown() {
        MoreRecipes.exit(loops, bot);
        assertThat(bot.said()).as("only the end of the JVM runs it").isEmpty();
    }
}
