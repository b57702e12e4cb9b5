package dev.vloop.micrometer;

import dev.vloop.Iteration;
import io.micrometer.observation.Observation;

/** What handlers, filters and predicates of observations see of an iteration ({@code vloop.iteration}) or retry ({@code vloop.attempt}). */
public final class LoopObservationContext extends Observation.Context {
    private final Iteration iteration;

    LoopObservationContext(Iteration iteration) {
        this.iteration = iteration;
    }

    /** {@return the iteration's first attempt, or the retry} */
    public Iteration iteration() {
        return iteration;
    }
}
