package dev.vloop.dbscheduler;

import com.zaxxer.hikari.HikariDataSource;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;

/** On H2. */
class H2ClusterTest extends DatabaseClusterContract {
    private static final HikariDataSource POOL = Databases.h2();

    @Override
    DataSource dataSource() {
        return POOL;
    }

    @AfterAll
    static void close() {
        POOL.close();
    }
}
