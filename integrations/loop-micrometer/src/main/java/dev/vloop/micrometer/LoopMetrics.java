package dev.vloop.micrometer;

import dev.vloop.Iteration;
import dev.vloop.IterationOutcome;
import dev.vloop.Loop;
import dev.vloop.LoopChange;
import dev.vloop.LoopEnd;
import dev.vloop.LoopFailure;
import dev.vloop.LoopListener;
import dev.vloop.internal.Arguments;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Metrics of loops, and a span for each iteration if there is a registry that takes it. It is a listener:
 *
 * {@snippet :
 * LoopMetrics metrics = LoopMetrics.of(registry);
 * LoopRuntime loops = VirtualLoops.builder().listener(metrics).create();
 * }
 *
 * <p>Meters are tagged by the loop's {@linkplain Loop#kind kind}. They are made with zeros when the first loop of a kind is built, and
 * removed with the last one. At most a hundred kinds have meters of their own; the rest share the kind {@code other}, and a warning in the
 * log says so.
 *
 * <p>With an {@link ObservationRegistry} that has handlers, each iteration is an observation named {@code vloop.iteration}, which is
 * current while the body runs, and the handlers make the timers and spans. Otherwise this makes the timers. Each retry is an observation
 * within that of its iteration. A cancellation is no error. Forks need a {@link PropagatedContext} to be within it, too.
 *
 * <p>One object may listen to several runtimes; use one for each registry. All threads may use it.
 */
public final class LoopMetrics implements LoopListener, AutoCloseable {
    private final Kinds kinds;
    private final TrackedLoops loops;
    private final Counter forwardJumps;
    private final Counter backwardJumps;

    /** Takes observations of iterations; null if there are none. */
    private final @Nullable ObservationRegistry observations;

    /** The iteration that is running on this thread. It begins and ends there. */
    @SuppressWarnings("ThreadLocalUsage") // several registries may measure the same iteration
    private final ThreadLocal<@Nullable OpenIteration> open = new ThreadLocal<>();

    /** Set once. Events that come later are ignored. */
    private volatile boolean closed;

    private LoopMetrics(Builder settings) {
        ObservationRegistry wanted = settings.observations;
        observations = wanted == null || wanted.isNoop() ? null : wanted;
        kinds = new Kinds(settings.registry, settings.maxKinds, observations == null);
        loops = new TrackedLoops(settings.registry, kinds);
        forwardJumps = jumps(settings.registry, "forward");
        backwardJumps = jumps(settings.registry, "backward");
    }

    private static Counter jumps(MeterRegistry registry, String direction) {
        return Counter.builder("vloop.clock.jumps")
                .description("How often the wall clock was changed")
                .tag("direction", direction)
                .register(registry);
    }

    /**
     * Makes metrics without observations.
     *
     * @param registry where the meters are
     * @return a listener
     */
    public static LoopMetrics of(MeterRegistry registry) {
        return builder(registry).create();
    }

    /**
     * Begins to make metrics.
     *
     * @param registry where the meters are
     * @return a builder
     */
    public static Builder builder(MeterRegistry registry) {
        return new Builder(Arguments.notNull(registry, "registry"));
    }

    /** The settings of metrics, until they are created. Used by one thread. */
    public static final class Builder {
        private final MeterRegistry registry;
        private @Nullable ObservationRegistry observations;
        private int maxKinds = 100;

        private Builder(MeterRegistry registry) {
            this.registry = registry;
        }

        /**
         * Makes an observation of each iteration, in place of timers. If the registry has no handlers when the metrics are created, there
         * are timers all the same.
         *
         * @param registry takes the observations
         * @return this builder
         */
        public Builder observations(ObservationRegistry registry) {
            observations = Arguments.notNull(registry, "observations");
            return this;
        }

        /**
         * Limits the kinds that have meters of their own; 100 unless said.
         *
         * @param kinds at least 1
         * @return this builder
         * @throws IllegalArgumentException if it is below 1
         */
        public Builder maxKinds(int kinds) {
            maxKinds = (int) Arguments.atLeastOne(kinds, "maxKinds");
            return this;
        }

        /** {@return new metrics with these settings, to be given to a runtime as a listener} */
        public LoopMetrics create() {
            return new LoopMetrics(this);
        }
    }

    @Override
    public void onChange(Loop loop, LoopChange change) {
        switch (change) {
            case BUILT, STARTED, RESTARTED -> track(loop);
            case REMOVED -> loops.removed(loop);
            default -> {}
        }
    }

    private void track(Loop loop) {
        loops.track(loop);
        if (closed) {
            loops.clear(); // it was closed meanwhile
        }
    }

    @Override
    public void onStart(Loop loop) {
        track(loop);
    }

    @Override
    public void onIteration(Iteration iteration) {
        TrackedLoop loop = loops.find(iteration.loop());
        if (loop == null || !loop.meters.hold()) {
            return;
        }
        OpenIteration begun = null;
        try {
            loop.meters.late(Duration.between(iteration.scheduledAt(), iteration.now()));
            begun = observations == null
                    ? new TimedIteration(loop)
                    : new ObservedIteration(loop, observations, iteration);
            open.set(begun);
        } finally {
            if (begun == null) { // a handler of observations has failed; the engine logs that
                kinds.release(loop.meters);
            }
        }
    }

    @Override
    public void onAttempt(Iteration attempt) {
        OpenIteration iteration = open.get();
        if (iteration != null) {
            iteration.attemptBegins(attempt);
        }
    }

    @Override
    public void onFailure(LoopFailure failure) {
        KindMeters meters = loops.hold(failure.loop());
        if (meters != null) {
            meters.failed(failure);
            kinds.release(meters);
        }
        OpenIteration iteration = open.get();
        if (iteration != null) {
            iteration.failed(failure);
        }
    }

    @Override
    public void onAttemptEnd(Iteration attempt, Duration took, @Nullable LoopFailure failure) {
        OpenIteration iteration = open.get();
        if (iteration != null) {
            iteration.attemptEnds(attempt, failure);
        }
    }

    @Override
    public void onIterationEnd(Iteration last, IterationOutcome outcome, Duration took) {
        OpenIteration iteration = open.get();
        if (iteration == null) {
            return;
        }
        open.remove();
        try {
            if (outcome == IterationOutcome.SUCCESS) {
                iteration.loop.succeeded(last.now());
            }
            iteration.ends(last, outcome, took);
        } finally {
            kinds.release(iteration.loop.meters);
        }
    }

    @Override
    public void onMissed(Loop loop, long slots, Instant first) {
        KindMeters meters = loops.hold(loop);
        if (meters != null) {
            meters.missed(slots);
            kinds.release(meters);
        }
    }

    @Override
    public void onEnd(Loop loop, LoopEnd end) {
        KindMeters meters = loops.hold(loop);
        if (meters != null) {
            meters.runEnded(end);
            kinds.release(meters);
        }
        loops.runEnded(loop, end);
    }

    @Override
    public void onClockJump(Duration jump) {
        (jump.isNegative() ? backwardJumps : forwardJumps).increment();
    }

    /**
     * Removes all meters, and ignores what happens from now on. To be called when the registry lives on and the runtime does not. A second
     * call is harmless.
     */
    @Override
    public void close() {
        closed = true;
        loops.close();
        kinds.remove(forwardJumps, backwardJumps);
    }
}
