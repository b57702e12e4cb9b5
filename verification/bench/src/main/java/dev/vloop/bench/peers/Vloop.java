package dev.vloop.bench.peers;

import dev.vloop.LoopListener;
import dev.vloop.LoopRuntime;
import dev.vloop.vthreads.VirtualLoops;
import java.time.Duration;

/** Vloop itself. */
final class Vloop implements Contender {
    private final LoopRuntime loops;

    Vloop(boolean listener) {
        VirtualLoops.Builder builder = VirtualLoops.builder();
        loops = (listener ? builder.listener(new LoopListener() {}) : builder).create();
    }

    @Override
    public void start(int index, long delay, long period, Runnable body) {
        loops.loop("loop-" + index)
                .every(Duration.ofNanos(period))
                .initialDelay(Duration.ofNanos(delay))
                .start(iteration -> body.run());
    }

    @Override
    public void cancelAll() {
        loops.close();
    }
}
