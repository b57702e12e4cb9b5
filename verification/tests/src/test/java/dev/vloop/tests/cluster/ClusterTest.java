package dev.vloop.tests.cluster;

import dev.vloop.CutSlots;
import dev.vloop.Iteration;
import dev.vloop.LoopBuilder;
import dev.vloop.LoopRuntime;
import dev.vloop.testkit.TestCluster;
import dev.vloop.tests.support.VirtualTimeTest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A cluster of instances {@code a} and {@code b}, with leases of 2 s. */
abstract class ClusterTest extends VirtualTimeTest {
    final TestCluster cluster = TestCluster.on(loops);
    final LoopRuntime a = cluster.instance("a");
    final LoopRuntime b = cluster.instance("b");

    /** Which iteration ran where: {@code "second of the slot @ instance"}. */
    final List<String> ran = Collections.synchronizedList(new ArrayList<>());

    /** A loop every 10 s that runs once per cluster. */
    static LoopBuilder everyTen(LoopRuntime runtime, CutSlots cut) {
        return runtime.loop("job").every(seconds(10)).oncePerCluster(cut);
    }

    /** The second of an iteration's slot. */
    static long slot(Iteration it) {
        return java.time.Duration.between(ORIGIN, it.scheduledAt()).toSeconds();
    }

    /** Notes an iteration. */
    void ran(Iteration it, String instance) {
        ran.add(slot(it) + "@" + instance);
    }

    /** Notes an attempt. The first one of the slot at this second fails. */
    void request(Iteration it, long failing) throws IOException {
        note("slot " + slot(it) + "." + it.attempt());
        if (slot(it) == failing && it.attempt() == 1) {
            throw new IOException("429");
        }
    }
}
