package dev.vloop.examples;

import dev.vloop.Loop;
import dev.vloop.LoopRuntime;
import dev.vloop.vthreads.VirtualLoops;
import java.time.Duration;
import java.util.List;

/** What docs/running.md shows. */
final class Running {
    private Running() {}

    static LoopRuntime inAContainer(Runnable disconnect) {
        // region container
        LoopRuntime loops = VirtualLoops.builder().name("bot").create();
        loops.shutdownOnExit(Duration.ofSeconds(8), disconnect); // Docker kills after 10 s
        // end region
        return loops;
    }

    static LoopRuntime asABean() {
        // region bean
        LoopRuntime loops =
                VirtualLoops.builder().closeGrace(Duration.ofSeconds(20)).create();
        // end region
        return loops;
    }

    static List<Loop> betweenTwoVersions(LoopRuntime loops) {
        // region stop-all
        List<Loop> cancelled = loops.stopAll(Duration.ofSeconds(5)); // the runtime stays open
        // end region
        return cancelled;
    }
}
