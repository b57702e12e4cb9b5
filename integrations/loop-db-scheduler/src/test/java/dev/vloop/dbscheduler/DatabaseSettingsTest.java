package dev.vloop.dbscheduler;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.vloop.CutSlots;
import dev.vloop.Loop;
import dev.vloop.LoopEnd;
import dev.vloop.LoopRuntime;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("real-time")
@DisplayName("R40: pools, tables and rows as users have them")
class DatabaseSettingsTest {
    private static final long LIMIT = 30;

    private final Opened opened = new Opened();
    private final BlockingQueue<String> ran = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> logged = new LinkedBlockingQueue<>();

    private final ClusterLog log = new ClusterLog(entry -> logged.add(entry.getMessage()));

    @AfterEach
    void closeAll() throws Exception {
        log.close();
        opened.closeAll();
    }

    private HikariDataSource pool(boolean autoCommit) {
        return opened.add(Databases.pool("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", autoCommit));
    }

    private DbSchedulerCluster cluster(DataSource pool, boolean createTable) {
        DbSchedulerCluster.Builder builder =
                DbSchedulerCluster.builder(pool).instance("a").lease(Duration.ofSeconds(1));
        if (createTable) {
            builder.createTable();
        }
        return opened.add(builder.create());
    }

    private Loop start(LoopRuntime loops, String name) {
        return loops.loop(name)
                .every(Duration.ofMillis(100))
                .oncePerCluster(CutSlots.LET_GO)
                .start(it -> ran.add(name));
    }

    private void awaitRun(String name) throws InterruptedException {
        awaitText(ran, name);
    }

    private static void awaitText(BlockingQueue<String> texts, String part) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT);
        List<String> others = new ArrayList<>();
        for (; ; ) {
            String next = texts.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (next == null) {
                throw new AssertionError("no '" + part + "', but " + others);
            }
            if (next.contains(part)) {
                return;
            }
            others.add(next);
        }
    }

    @Test
    void a_pool_without_auto_commit_will_do() throws InterruptedException {
        start(opened.runtime(cluster(pool(false), true)), "job");
        awaitRun("job");
        awaitRun("job");
    }

    @Test
    void that_the_database_is_away_is_told_and_that_it_is_back() throws InterruptedException {
        HikariDataSource pool = pool(true);
        AtomicBoolean away = new AtomicBoolean(true);
        DataSource late = Databases.awayWhile(away::get, pool);
        start(opened.runtime(cluster(late, true)), "job");
        awaitText(logged, "no loop of cluster instance 'a' begins a slot: the database is away");
        away.set(false);
        awaitText(logged, "loops of cluster instance 'a' begin slots again");
        awaitRun("job");
    }

    @Test
    void names_that_differ_in_case_have_rows_of_their_own_on_MySQL() throws IOException {
        try (InputStream script = DbSchedulerCluster.class.getResourceAsStream("table-mariadb.sql")) {
            assertThat(new String(requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8))
                    .containsPattern("task_instance varchar\\(250\\) .*collate utf8mb4_bin");
        }
    }

    @Test
    void a_loop_with_a_very_long_name_runs_and_so_do_the_others() throws InterruptedException {
        LoopRuntime loops = opened.runtime(cluster(pool(true), true));
        String name = "\u5b9a\u671f".repeat(100);
        start(loops, name);
        start(loops, "short");
        awaitRun(name);
        awaitRun("short");
    }

    @Test
    void an_instance_with_the_longest_name_runs_loops() throws InterruptedException {
        LoopRuntime loops = opened.runtime(opened.add(DbSchedulerCluster.builder(pool(true))
                .instance("i".repeat(50))
                .lease(Duration.ofSeconds(1))
                .createTable()
                .create()));
        start(loops, "job");
        awaitRun("job");
    }

    @Test
    void a_row_that_cannot_be_read_is_told_and_stops_no_other_loop() throws SQLException, InterruptedException {
        HikariDataSource pool = pool(true);
        LoopRuntime loops = opened.runtime(cluster(pool, true));
        start(loops, "first");
        awaitRun("first");
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("insert into vloop_loops (task_name, task_instance, execution_time, picked, version)"
                    + " values ('vloop', 'broken', current_timestamp, false, 1)");
        }
        start(loops, "broken");
        awaitText(logged, "the row 'broken' of table vloop_loops cannot be read");
        start(loops, "good");
        awaitRun("good");
    }

    @Test
    void a_table_that_is_missing_is_told_with_the_way_out_and_found_when_it_is_there() throws InterruptedException {
        HikariDataSource pool = pool(true);
        start(opened.runtime(cluster(pool, false)), "job");
        awaitText(logged, "the database has no table vloop_loops: call createTable()");
        cluster(pool, true);
        awaitRun("job");
    }

    @Test
    void a_loop_that_starts_after_the_cluster_was_closed_fails_and_says_why() throws InterruptedException {
        DbSchedulerCluster cluster = cluster(pool(true), true);
        LoopRuntime loops = opened.runtime(cluster);
        cluster.close();
        LoopEnd end = start(loops, "late").join();
        assertThat(end)
                .isInstanceOfSatisfying(
                        LoopEnd.Failed.class,
                        failed -> assertThat(failed.cause()).hasMessageContaining("cluster instance 'a' is closed"));
    }
}
