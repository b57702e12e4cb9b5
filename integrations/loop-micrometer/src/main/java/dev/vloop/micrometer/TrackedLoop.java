package dev.vloop.micrometer;

import dev.vloop.Loop;
import dev.vloop.LoopEnd;
import dev.vloop.LoopState;
import dev.vloop.LoopStatus;
import java.time.Instant;

/** A loop that a runtime knows, or whose run goes on. */
final class TrackedLoop {
    final Loop loop;
    final KindMeters meters;

    /** When an iteration last succeeded, in milliseconds since 1970; 0 if none has. Written by the threads of the loop. */
    private volatile long succeededAt;

    /** Whether the end of its last run was told. Written by the loop's thread, read by the thread that removes the loop. */
    volatile boolean ended;

    TrackedLoop(Loop loop, KindMeters meters) {
        this.loop = loop;
        this.meters = meters;
    }

    void succeeded(Instant at) {
        succeededAt = at.toEpochMilli();
    }

    /**
     * {@return when it last succeeded, in milliseconds since 1970; {@link Long#MAX_VALUE} if it has not, or if nobody waits for it to}
     * Nobody waits for a loop that is paused, or that is idle because it was stopped or not started.
     */
    long succeededAt() {
        long at = succeededAt;
        if (at == 0) {
            return Long.MAX_VALUE;
        }
        LoopStatus status = loop.status();
        boolean unwanted = status.state() == LoopState.IDLE && !(status.lastEnd() instanceof LoopEnd.Failed);
        return unwanted || status.paused() ? Long.MAX_VALUE : at;
    }
}
