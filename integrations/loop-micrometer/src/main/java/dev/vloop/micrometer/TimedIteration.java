package dev.vloop.micrometer;

import dev.vloop.Iteration;
import dev.vloop.IterationOutcome;
import dev.vloop.LoopFailure;
import io.micrometer.core.instrument.LongTaskTimer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** An iteration that is timed by the meters of its kind. */
final class TimedIteration extends OpenIteration {
    private final LongTaskTimer.Sample active;

    TimedIteration(TrackedLoop loop) {
        super(loop);
        active = loop.meters.iterationBegins();
    }

    @Override
    void attemptBegins(Iteration attempt) {}

    @Override
    void attemptEnds(Iteration attempt, @Nullable LoopFailure failed) {}

    @Override
    void ends(Iteration last, IterationOutcome outcome, Duration took) {
        active.stop();
        loop.meters.iterationEnded(outcome, took, failure(outcome));
    }
}
