package dev.vloop.testkit;

import dev.vloop.LoopRuntime;
import org.junit.jupiter.api.Tag;

/** The contract of all runtimes, in virtual time, in the EXACT engine. */
@Tag("exact")
class ExactRuntimeContractTest extends LoopRuntimeContract {
    @Override
    protected LoopRuntime createRuntime() {
        return TestLoops.builder()
                .engine(Engine.EXACT)
                .tolerate(Finding.UNSEEN_FAILURE, Finding.HOOK_FAILURE)
                .create();
    }
}
