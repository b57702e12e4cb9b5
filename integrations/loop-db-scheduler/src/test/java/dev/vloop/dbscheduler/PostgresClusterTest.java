package dev.vloop.dbscheduler;

import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

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
