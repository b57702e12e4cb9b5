package dev.vloop.tests.cluster;

import dev.vloop.LoopRuntime;
import dev.vloop.testkit.ClusterContract;
import dev.vloop.testkit.Finding;
import dev.vloop.testkit.TestCluster;
import dev.vloop.testkit.TestLoops;
import org.junit.jupiter.api.AfterEach;

/** The contract of all clusters, on the one in memory. */
class TestClusterContractTest extends ClusterContract {
    private final TestLoops loops =
            TestLoops.builder().tolerate(Finding.UNSEEN_FAILURE).create();
    private final TestCluster cluster = TestCluster.on(loops);

    @Override
    protected LoopRuntime createInstance(String name) {
        return cluster.instance(name);
    }

    @AfterEach
    void close() {
        loops.close();
    }
}
