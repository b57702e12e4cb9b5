package dev.vloop.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.Loop;
import dev.vloop.testkit.TestLoops;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoopTableTest {
    private final TestLoops loops = TestLoops.create();

    @AfterEach
    void close() {
        loops.close();
    }

    @Test
    void a_live_table_has_one_line_for_each_loop_whatever_its_colours() {
        Loop ticker = loops.loop("ticker").every(Duration.ofSeconds(2)).start(it -> {});
        Loop counted =
                loops.loop("counted").every(Duration.ofSeconds(1)).count(2).start(it -> {});
        loops.advance(Duration.ofMillis(4_500));
        String table = LoopTable.live(
                List.of(ticker, counted), loops.clock().instant(), (colour, text) -> "<" + colour + ">" + text + "</>");
        assertThat(table.lines())
                .satisfiesExactly(
                        head -> assertThat(head).startsWith("<1>  loop").endsWith("next</>"),
                        first -> assertThat(first).containsPattern("ticker +waiting +3 +0 +0 +0.5 s ago +1.5 s</>$"),
                        second -> assertThat(second)
                                .containsPattern("<2> +counted +completed +2 +0 +0 +3.5 s ago +-</>$"));
    }

    @Test
    void a_loop_that_backs_off_shows_its_failures_in_a_row() {
        Loop broken = loops.loop("broken")
                .every(Duration.ofSeconds(2))
                .backoff((failure, random) -> Duration.ofSeconds(1))
                .start(it -> {
                    throw new IOException("no network");
                });
        loops.advance(Duration.ofMillis(2_500));
        String table = LoopTable.live(List.of(broken), loops.clock().instant(), (colour, text) -> text);
        assertThat(table).containsPattern("broken +backing off 3 +0 +2 +0");
    }

    @Test
    void the_last_table_tells_how_the_loops_ended() {
        Loop ticker = loops.loop("ticker").every(Duration.ofSeconds(2)).start(it -> {});
        loops.settle();
        ticker.cancel();
        loops.settle();
        assertThat(LoopTable.last(List.of(ticker))).containsPattern("ticker +cancelled +1 +0 +0\n$");
    }
}
