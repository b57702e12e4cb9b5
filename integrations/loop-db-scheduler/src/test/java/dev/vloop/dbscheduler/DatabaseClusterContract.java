package dev.vloop.dbscheduler;

import dev.vloop.LoopRuntime;
import dev.vloop.testkit.ClusterContract;
import dev.vloop.vthreads.VirtualLoops;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;

/** The contract of all clusters, on a database whose table is gone before each test. */
@Tag("real-time")
abstract class DatabaseClusterContract extends ClusterContract {
    private final List<AutoCloseable> open = new ArrayList<>();

    /** The database's pool. */
    abstract DataSource dataSource();

    @Override
    protected LoopRuntime createInstance(String name) {
        DbSchedulerCluster cluster = DbSchedulerCluster.builder(dataSource())
                .instance(name)
                .lease(Duration.ofSeconds(4))
                .createTable()
                .create();
        LoopRuntime runtime = VirtualLoops.builder().cluster(cluster).create();
        open.add(0, cluster);
        open.add(0, runtime); // is closed before its cluster
        return runtime;
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable one : open) {
            one.close();
        }
        Databases.dropTable(dataSource());
    }
}
