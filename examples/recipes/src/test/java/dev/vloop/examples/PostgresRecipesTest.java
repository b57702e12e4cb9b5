package dev.vloop.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.Backoff;
import dev.vloop.Loop;
import dev.vloop.LoopEnd;
import dev.vloop.LoopRuntime;
import dev.vloop.vthreads.VirtualLoops;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The second and the fifth recipe, with a real PostgreSQL that is killed while they write. */
@Tag("real-time")
@Timeout(120)
class PostgresRecipesTest {
    private static final int SIGTERM_EXIT = 128 + 15;

    private static PostgresServer postgres;

    private final Counts counts = new Counts();
    private final DatabaseLog log = new DatabaseLog();

    /** Retries as a bot does that knows its database. The recipes are those of the README. */
    private final LoopRuntime loops = VirtualLoops.builder()
            .listener(counts)
            .defaults(all -> all.on(SQLException.class, SqlStates::reaction)
                    .backoff(Backoff.exponential(Duration.ofMillis(50), Duration.ofMillis(400))))
            .create();

    private final PostgresBatch batch = new PostgresBatch(postgres.url());

    @BeforeAll
    static void startPostgres() throws Exception {
        postgres = new PostgresServer();
    }

    @AfterAll
    static void stopPostgres() throws Exception {
        postgres.close();
    }

    @BeforeEach
    void createTable() throws SQLException {
        PostgresBatch.createTable(postgres.url());
    }

    @AfterEach
    void close() {
        loops.close();
        log.close();
    }

    @Test
    void the_batch_update_writes_each_row_once_though_the_server_is_killed() throws Exception {
        Recipes.reconnectByState(loops, batch);
        Loop update = often("batch-update");
        killTwice("batch-update");
        update.stop();
        assertThat(update.join()).isInstanceOf(LoopEnd.Stopped.class);
        assertThat(PostgresBatch.written(postgres.url()))
                .isEqualTo(oneTo(10 * update.join().iterations()));
        assertThat(log.lines()).anyMatch(line -> line.contains("'batch-update'") && line.contains("failed, next in "));
    }

    @Test
    void the_bulk_writer_writes_each_row_once_though_the_server_is_killed() throws Exception {
        Recipes.bulk(loops, batch);
        Loop bulker = often("bulker");
        Loop source = loops.loop("source").every(Duration.ofMillis(1)).start(it -> batch.add(1));
        killTwice("bulker");
        source.cancel();
        source.join();
        bulker.cancel();
        assertThat(bulker.join()).isInstanceOf(LoopEnd.Cancelled.class);
        assertThat(PostgresBatch.written(postgres.url())).isEqualTo(oneTo(batch.produced()));
        assertThat(log.lines()).anyMatch(line -> line.contains("'bulker'") && line.contains("failed, next in "));
    }

    @Test
    void a_commit_whose_answer_is_lost_is_repeated_and_writes_nothing_twice() throws Exception {
        try (AnswerThief thief = new AnswerThief(postgres.port, 3)) {
            PostgresBatch robbed = new PostgresBatch(PostgresServer.url(thief.port()));
            Recipes.reconnectByState(loops, robbed);
            Loop update = loops.find("batch-update");
            counts.awaitFailures("batch-update", 1);
            update.stop(); // after the first iteration and its retries
            assertThat(update.join()).isEqualTo(new LoopEnd.Stopped(1));
            assertThat(thief.stolen()).isEqualTo(3);
            assertThat(update.status().retries()).isEqualTo(3);
            assertThat(robbed.sent()).as("each time all ten rows").isEqualTo(40);
            assertThat(PostgresBatch.written(postgres.url())).isEqualTo(oneTo(10));
        }
    }

    @Test
    void a_program_that_gets_SIGTERM_writes_the_rest() throws Exception {
        Process program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        BulkerProgram.class.getName(),
                        postgres.url())
                .redirectErrorStream(true)
                .start();
        try (BufferedReader output = program.inputReader(UTF_8)) {
            String line = output.readLine();
            while (!"collected".equals(line)) {
                assertThat(line).as("it goes on").isNotNull();
                line = output.readLine();
            }
            assertThat(PostgresBatch.written(postgres.url())).hasSizeLessThan(BulkerProgram.MESSAGES);
            program.toHandle().destroy(); // only sends the signal, while Process.destroy would also close the output
            assertThat(output.lines()).contains("flushed true");
            assertThat(program.waitFor()).isEqualTo(SIGTERM_EXIT);
            assertThat(PostgresBatch.written(postgres.url())).isEqualTo(oneTo(BulkerProgram.MESSAGES));
        } finally {
            program.destroyForcibly();
        }
    }

    private Loop often(String name) {
        Loop loop = loops.find(name);
        loop.changeInterval(Duration.ofMillis(2));
        return loop;
    }

    private void killTwice(String loop) throws Exception {
        for (int i = 0; i < 2; i++) {
            counts.awaitSuccesses(loop, 12);
            postgres.kill();
            counts.awaitFailures(loop, 3);
            postgres.restart();
        }
        counts.awaitSuccesses(loop, 12);
    }

    private static List<Long> oneTo(long n) {
        return LongStream.rangeClosed(1, n).boxed().toList();
    }
}
