package dev.vloop.examples;

import dev.vloop.LoopRuntime;
import dev.vloop.micrometer.LoopMetrics;
import dev.vloop.micrometer.PropagatedContext;
import dev.vloop.vthreads.VirtualLoops;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.micrometer.observation.ObservationRegistry;

/** Loops that are measured by Micrometer. */
final class Metrics {
    private Metrics() {}

    static LoopRuntime timed(MeterRegistry registry) {
        // region metrics
        LoopRuntime loops =
                VirtualLoops.builder().listener(LoopMetrics.of(registry)).create();
        // end region
        return loops;
    }

    static LoopRuntime observed(MeterRegistry registry, ObservationRegistry observations) {
        // region observations
        LoopMetrics metrics =
                LoopMetrics.builder(registry).observations(observations).create();
        LoopRuntime loops = VirtualLoops.builder()
                .listener(metrics)
                .defaults(loop -> loop.forkContext(PropagatedContext.all())) // forks are within the span
                .create();
        // end region
        return loops;
    }

    static void histograms(MeterRegistry registry) {
        // region histograms
        registry.config().meterFilter(new MeterFilter() {
            @Override
            public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
                return id.getName().equals("vloop.iteration")
                        ? DistributionStatisticConfig.builder()
                                .percentilesHistogram(true)
                                .build()
                                .merge(config)
                        : config;
            }
        });
        // end region
    }
}
