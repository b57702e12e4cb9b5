package dev.vloop.bench.peers;

import dev.vloop.LoopBuilder;
import dev.vloop.LoopListener;
import dev.vloop.LoopRuntime;
import dev.vloop.vthreads.VirtualLoops;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Vloop itself. */
final class Vloop implements Contender {
    /** Longer than any tick takes. */
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final LoopRuntime loops;
    private final boolean timeout;

    Vloop(@Nullable LoopListener listener, boolean timeout) {
        VirtualLoops.Builder builder = VirtualLoops.builder();
        this.loops = (listener == null ? builder : builder.listener(listener)).create();
        this.timeout = timeout;
    }

    @Override
    public void start(int index, long delay, long period, Runnable body) {
        LoopBuilder loop = loops.loop("loop-" + index)
                .kind("loop")
                .every(Duration.ofNanos(period))
                .initialDelay(Duration.ofNanos(delay));
        if (timeout) {
            loop = loop.timeout(TIMEOUT);
        }
        loop.start(iteration -> body.run());
    }

    @Override
    public void cancelAll() {
        loops.close();
    }
}
