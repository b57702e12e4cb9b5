package dev.vloop.testkit;

import dev.vloop.LoopRuntime;
import dev.vloop.vthreads.VirtualLoops;
import org.junit.jupiter.api.Tag;

/** The contract of all runtimes, in real time. */
@Tag("real-time")
class RealRuntimeContractTest extends LoopRuntimeContract {
    @Override
    protected LoopRuntime createRuntime() {
        return VirtualLoops.create();
    }
}
