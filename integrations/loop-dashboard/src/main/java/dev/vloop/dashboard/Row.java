package dev.vloop.dashboard;

import dev.vloop.Loop;
import dev.vloop.LoopEnd;
import dev.vloop.LoopState;
import dev.vloop.LoopStatus;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A loop as a list shows it.
 *
 * @param loop the loop
 * @param kind its kind
 * @param status its status, of one moment
 */
record Row(Loop loop, String kind, LoopStatus status) {
    static Row of(Loop loop) {
        return new Row(loop, loop.kind(), loop.status());
    }

    String name() {
        return status.name();
    }

    /** {@return whether somebody should look at it: it fails, or its last run has failed} */
    boolean isFailing() {
        return status.failuresInARow() > 0
                || status.state() == LoopState.IDLE && status.lastEnd() instanceof LoopEnd.Failed;
    }

    /** {@return how long the last iteration took, if none goes on; otherwise null} */
    @Nullable
    Duration took() {
        Instant began = status.iterationStartedAt();
        Instant ended = status.iterationEndedAt();
        return began == null || ended == null || ended.isBefore(began) ? null : Duration.between(began, ended);
    }

    /** {@return the word for its state, which is also the name of its style} */
    String state() {
        return status.paused() && status.state() == LoopState.WAITING
                ? "paused"
                : status.state().name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
}
