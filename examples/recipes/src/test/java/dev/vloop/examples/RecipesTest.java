package dev.vloop.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.Loop;
import dev.vloop.LoopEnd;
import dev.vloop.LoopRuntime;
import dev.vloop.testkit.TestLoops;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RecipesTest {
    private final TestLoops loops = TestLoops.create();
    private final FakeBot bot = new FakeBot(loops);
    private final FakeBatch batch = new FakeBatch();

    @AfterEach
    void close() {
        loops.close();
    }

    @Test
    void the_quick_start_prints_ten_numbers_once_the_bot_is_ready() {
        Loop printer = Quickstart.printer(loops, bot);
        assertThat(loops.awaitEnd(printer)).isEqualTo(new LoopEnd.Completed(10));
        assertThat(bot.said()).startsWith("3 0", "8 1", "13 2").endsWith("48 9", "48 ended: Completed[iterations=10]");
    }

    @Test
    void the_quick_start_has_a_runtime_without_loops() {
        try (LoopRuntime created = Quickstart.create()) {
            assertThat(created.loops()).isEmpty();
        }
    }

    @Test
    void the_printer_prints_at_once_and_every_five_seconds() {
        Recipes.simple(loops, bot);
        loops.advance(Duration.ofSeconds(10));
        assertThat(bot.said()).containsExactly("0 0", "5 1", "10 2");
    }

    @Test
    void the_batch_update_outlives_a_lost_database() {
        batch.failsTimes(2);
        Recipes.reconnect(loops, batch);
        loops.advance(Duration.ofMinutes(1));
        assertThat(loops.get("batch-update").status().retries()).isEqualTo(2);
        assertThat(batch.waiting()).isEqualTo(1);
    }

    @Test
    void the_counted_loop_says_that_it_is_done() {
        Recipes.counted(loops, bot);
        loops.advance(Duration.ofMinutes(1));
        assertThat(bot.said()).containsExactly("0 0", "5 1", "10 2", "15 3", "20 4", "20 done!");
    }

    @Test
    void the_greeter_waits_until_the_bot_is_ready() {
        Recipes.ready(loops, bot);
        loops.advance(Duration.ofMinutes(2));
        assertThat(bot.said()).containsExactly("3 hello", "63 hello");
    }

    // region test
    @Test
    void the_bulk_writer_flushes_when_it_is_cancelled() {
        Loop bulker = Recipes.bulk(loops, batch);
        loops.advance(Duration.ofSeconds(25)); // takes no time
        batch.add(3);
        bulker.cancel();
        loops.settle(); // does what is due now
        assertThat(batch.written()).isEqualTo(3);
    }
    // end region
}
