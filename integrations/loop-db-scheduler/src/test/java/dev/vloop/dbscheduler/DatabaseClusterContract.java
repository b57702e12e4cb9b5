package dev.vloop.dbscheduler;

import dev.vloop.LoopRuntime;
import dev.vloop.testkit.ClusterContract;
import java.time.Duration;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;

/** The contract of all clusters, on a database whose table is gone before each test. */
@Tag("real-time")
abstract class DatabaseClusterContract extends ClusterContract {
    private final Opened opened = new Opened();

    /** The database's pool. */
    abstract DataSource dataSource();

    @Override
    protected LoopRuntime createInstance(String name) {
        return opened.runtime(opened.add(DbSchedulerCluster.builder(dataSource())
                .instance(name)
                .lease(Duration.ofSeconds(4))
                .createTable()
                .create()));
    }

    @AfterEach
    void closeAll() throws Exception {
        opened.closeAll();
        Databases.dropTable(dataSource());
    }
}
