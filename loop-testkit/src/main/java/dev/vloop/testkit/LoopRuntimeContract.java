package dev.vloop.testkit;

import dev.vloop.LoopRuntime;

/**
 * What any {@link LoopRuntime} must do, as tests: extend this class, implement {@link #createRuntime}, and the tests run on your
 * runtime, in its time. In real time all of them take about a second together.
 */
public abstract class LoopRuntimeContract extends IterationContract {
    /** For subclasses. */
    protected LoopRuntimeContract() {}

    /** {@return a new runtime; it is closed after the test} */
    @Override
    protected abstract LoopRuntime createRuntime();
}
