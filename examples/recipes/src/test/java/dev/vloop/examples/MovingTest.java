package dev.vloop.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.Loop;
import dev.vloop.LoopEnd;
import dev.vloop.testkit.TestLoops;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MovingTest {
    private final TestLoops loops = TestLoops.startingAt(Instant.parse("2026-01-01T07:00:00Z"));
    private final FakeBot bot = new FakeBot(loops);
    private final FakeBatch batch = new FakeBatch();

    @AfterEach
    void close() {
        loops.close();
    }

    @Test
    void the_loop_of_discord_retries_counts_and_completes() {
        batch.failsTimes(1);
        Loop updates = Moving.fromDiscord(loops, bot, batch);
        assertThat(loops.awaitEnd(updates)).isEqualTo(new LoopEnd.Completed(12));
        assertThat(batch.waiting()).isEqualTo(12);
        assertThat(bot.said()).hasSize(1).first().asString().startsWith("3 update failed: ");
    }

    @Test
    void the_loop_of_discord_flushes_when_it_is_cancelled() {
        Loop updates = Moving.fromDiscord(loops, bot, batch);
        loops.advance(Duration.ofMinutes(6));
        updates.cancel();
        loops.settle();
        assertThat(batch.written()).isEqualTo(2);
    }

    @Test
    void the_times_of_discord_have_a_zone() {
        Moving.fromDiscordTimes(loops, bot);
        loops.advance(Duration.ofDays(1));
        assertThat(bot.said()).containsExactly("3600 hello", "36000 hello");
    }

    @Test
    void the_task_of_an_executor_outlives_its_failures() {
        batch.failsTimes(1);
        Moving.fromExecutor(loops, bot, batch);
        loops.advance(Duration.ofSeconds(1));
        assertThat(batch.waiting()).isZero();
        loops.advance(Duration.ofMinutes(5));
        assertThat(batch.waiting()).isEqualTo(1);
    }

    @Test
    void the_methods_of_spring_run_as_before() {
        batch.failsTimes(1);
        Moving.fromSpring(loops, bot, batch);
        loops.advance(Duration.ofHours(1));
        assertThat(batch.waiting()).isEqualTo(12);
        assertThat(bot.said()).containsExactly("3600 hello");
    }
}
