package dev.vloop.dbscheduler;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.vloop.CutSlots;
import dev.vloop.LoopRuntime;
import dev.vloop.vthreads.VirtualLoops;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** On PostgreSQL. */
class PostgresClusterTest extends DatabaseClusterContract {
    private static @Nullable EmbeddedPostgres postgres;
    private static @Nullable HikariDataSource pool;

    @BeforeAll
    static void start() throws IOException {
        postgres = EmbeddedPostgres.start();
        pool = Databases.pool(postgres.getJdbcUrl("postgres", "postgres") + "&socketTimeout=3&connectTimeout=2");
    }

    @Override
    DataSource dataSource() {
        return Objects.requireNonNull(pool);
    }

    /** A user who may do no more than the loops need, with a pool as those of many servers are. */
    @Test
    void a_user_who_may_not_make_tables_may_say_createTable_if_the_table_is_there()
            throws SQLException, InterruptedException {
        EmbeddedPostgres server = Objects.requireNonNull(postgres);
        try (HikariDataSource owner = Databases.pool(server.getJdbcUrl("postgres", "postgres"));
                HikariDataSource weak = Databases.pool(server.getJdbcUrl("weak", "postgres"), false)) {
            execute(owner, "create role weak login", "create schema bot");
            try (Connection connection = owner.getConnection()) {
                Dialect.POSTGRESQL.createTable(connection, "bot.loops");
            }
            execute(owner, "grant usage on schema bot to weak", "grant all on bot.loops to weak");
            CountDownLatch ran = new CountDownLatch(1);
            try (DbSchedulerCluster cluster = DbSchedulerCluster.builder(weak)
                            .table("bot.loops")
                            .createTable()
                            .create();
                    LoopRuntime loops = VirtualLoops.builder().cluster(cluster).create()) {
                loops.loop("job")
                        .every(Duration.ofHours(1))
                        .oncePerCluster(CutSlots.LET_GO)
                        .start(it -> ran.countDown());
                assertThat(ran.await(30, TimeUnit.SECONDS)).isTrue();
            }
        }
    }

    private static void execute(DataSource pool, String... commands) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            for (String command : commands) {
                statement.execute(command);
            }
        }
    }

    @AfterAll
    static void stop() throws IOException {
        if (pool != null) {
            pool.close();
        }
        if (postgres != null) {
            postgres.close();
        }
    }
}
