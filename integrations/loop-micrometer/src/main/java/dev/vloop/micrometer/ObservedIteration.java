package dev.vloop.micrometer;

import dev.vloop.Iteration;
import dev.vloop.IterationOutcome;
import dev.vloop.LoopFailure;
import dev.vloop.Reaction;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.search.Search;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.time.Duration;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * An iteration as an observation, which is current on its thread until it ends. The first attempt has none of its own, since most
 * iterations have just one: if it is retried, it is an event of the iteration's observation, and each retry is an observation within it.
 */
final class ObservedIteration extends OpenIteration {
    private static final String ITERATION = "vloop.iteration";
    private static final String ATTEMPT = "vloop.attempt";

    private final ObservationRegistry registry;
    private final Observation observation;
    private final Observation.Scope scope;

    /** The retry that is running; null if there is none. */
    private @Nullable Observation retry;

    private Observation.@Nullable Scope retryScope;

    ObservedIteration(TrackedLoop loop, ObservationRegistry registry, Iteration first) {
        super(loop);
        this.registry = registry;
        String kind = loop.meters.label();
        observation = observation(ITERATION, "loop " + kind, first)
                .highCardinalityKeyValue("loop.name", first.loop().name())
                .highCardinalityKeyValue("loop.index", Long.toString(first.index()))
                .start();
        scope = observation.openScope();
    }

    private Observation observation(String name, String contextualName, Iteration attempt) {
        return Observation.createNotStarted(name, () -> new LoopObservationContext(attempt), registry)
                .contextualName(contextualName)
                .lowCardinalityKeyValue("kind", loop.meters.label());
    }

    @Override
    void attemptBegins(Iteration attempt) {
        if (attempt.attempt() > 1) {
            Observation begun = observation(ATTEMPT, "attempt " + attempt.attempt(), attempt)
                    .start();
            retry = begun;
            retryScope = begun.openScope();
        }
    }

    @Override
    void attemptEnds(Iteration attempt, @Nullable LoopFailure failed) {
        String exception = loop.meters.exceptionOf(failed);
        if (retry != null && retryScope != null) {
            retryScope.close();
            retry.lowCardinalityKeyValue("exception", exception);
            if (failed != null) {
                retry.error(failed.cause());
            }
            retry.stop();
            retry = null;
            retryScope = null;
        } else if (failed != null && failed.reaction() == Reaction.RETRY) {
            observation.event(Observation.Event.of("attempt.failed", "attempt 1 failed: " + exception));
        }
    }

    @Override
    void ends(Iteration last, IterationOutcome outcome, Duration took) {
        try {
            scope.close();
            LoopFailure failure = failure(outcome);
            observation
                    .lowCardinalityKeyValue("outcome", KindMeters.lower(outcome.name()))
                    .lowCardinalityKeyValue("exception", loop.meters.exceptionOf(failure))
                    .highCardinalityKeyValue("loop.attempts", Integer.toString(last.attempt()));
            if (failure != null) {
                observation.error(failure.cause());
            }
        } finally {
            observation.stop();
        }
    }

    /** {@return what handlers have made of the observations of a kind} */
    static Collection<Meter> metersOf(String kind, MeterRegistry registry) {
        return Search.in(registry)
                .name(name -> name.startsWith(ITERATION) || name.startsWith(ATTEMPT))
                .tag("kind", kind)
                .meters();
    }
}
