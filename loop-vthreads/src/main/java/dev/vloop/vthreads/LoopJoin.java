package dev.vloop.vthreads;

import dev.vloop.LoopEnd;
import dev.vloop.spi.Host;
import org.jspecify.annotations.Nullable;

/** Waits for the end of a loop's run. Any thread but those of the run. */
final class LoopJoin {
    private LoopJoin() {}

    static LoopEnd await(VirtualLoop loop) throws InterruptedException {
        LoopEnd end = await(loop, Host.NEVER);
        if (end == null) {
            throw new AssertionError("a wait without a limit has ended");
        }
        return end;
    }

    /** {@return how the run has ended; null if the deadline, a monotonic time, came first} */
    static @Nullable LoopEnd await(VirtualLoop loop, long deadline) throws InterruptedException {
        LoopRegistry registry = loop.runtime().registry();
        Run run = registry.currentRun(loop);
        if (run == null) {
            throw new IllegalStateException(
                    "loop '" + loop.name() + "' was never started: there is no end to wait for");
        }
        if (run.runsCurrentThread()) {
            throw new IllegalStateException(
                    "loop '" + loop.name() + "' cannot wait for its own end: call stop() and return");
        }
        return registry.runs().awaitEnd(run, deadline);
    }
}
