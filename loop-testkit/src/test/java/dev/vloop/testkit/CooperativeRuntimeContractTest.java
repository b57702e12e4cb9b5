package dev.vloop.testkit;

import dev.vloop.LoopRuntime;

/** The contract of all runtimes, in virtual time, in the COOPERATIVE engine. */
class CooperativeRuntimeContractTest extends LoopRuntimeContract {
    @Override
    protected LoopRuntime createRuntime() {
        return TestLoops.builder()
                .engine(Engine.COOPERATIVE)
                .tolerate(Finding.UNSEEN_FAILURE, Finding.HOOK_FAILURE)
                .create();
    }
}
