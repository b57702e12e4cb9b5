package dev.vloop.dbscheduler;

import dev.vloop.LoopRuntime;
import dev.vloop.vthreads.VirtualLoops;
import java.util.ArrayList;
import java.util.List;

/** What a test has opened. It is closed in the opposite order: a runtime before its cluster, and that before its database. */
final class Opened {
    private final List<AutoCloseable> newestFirst = new ArrayList<>();

    <T extends AutoCloseable> T add(T opened) {
        newestFirst.add(0, opened);
        return opened;
    }

    LoopRuntime runtime(DbSchedulerCluster cluster) {
        return add(VirtualLoops.builder().cluster(cluster).create());
    }

    void closeAll() throws Exception {
        for (AutoCloseable one : newestFirst) {
            one.close();
        }
    }
}
