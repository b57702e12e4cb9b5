package dev.vloop.micrometer;

import dev.vloop.Iteration;
import dev.vloop.IterationOutcome;
import dev.vloop.LoopFailure;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** An iteration in progress. It holds the meters of its kind. Used by the iteration's thread only. */
abstract class OpenIteration {
    final TrackedLoop loop;

    /** What failed last in it; null if nothing did. */
    private @Nullable LoopFailure failure;

    OpenIteration(TrackedLoop loop) {
        this.loop = loop;
    }

    void failed(LoopFailure told) {
        failure = told;
    }

    /** {@return what the iteration failed with; null if it was a success, or was cancelled} */
    final @Nullable LoopFailure failure(IterationOutcome outcome) {
        return outcome == IterationOutcome.CONTINUED || outcome == IterationOutcome.FAILED ? failure : null;
    }

    abstract void attemptBegins(Iteration attempt);

    /** @param failed null if the attempt was a success, or was cancelled */
    abstract void attemptEnds(Iteration attempt, @Nullable LoopFailure failed);

    abstract void ends(Iteration last, IterationOutcome outcome, Duration took);
}
