package dev.vloop.spring.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.ForkContext;
import dev.vloop.Loop;
import dev.vloop.LoopRuntime;
import dev.vloop.Schedule;
import dev.vloop.micrometer.LoopMetrics;
import dev.vloop.spring.LoopsAutoConfiguration;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** The meters of loops in an application that has a registry. */
class LoopsMetricsTest {
    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(LoopsAutoConfiguration.class, LoopsMetricsAutoConfiguration.class));

    @Test
    void the_registry_has_the_meters_of_a_loop_as_soon_as_it_is_built() {
        application.withBean(MeterRegistry.class, SimpleMeterRegistry::new).run(context -> {
            Loop loop = context.getBean(LoopRuntime.class)
                    .loop("feed")
                    .schedule(Schedule.never())
                    .build(it -> {});
            assertThat(loop.isRunning()).isFalse();
            assertThat(context.getBean(MeterRegistry.class)
                            .find("vloop.slots.missed")
                            .tag("kind", "feed")
                            .counter())
                    .isNotNull();
            assertThat(context).doesNotHaveBean(ForkContext.class);
        });
    }

    @Test
    void with_observations_forks_are_within_them() {
        application
                .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
                .withBean(ObservationRegistry.class, ObservationRegistry::create)
                .run(context -> assertThat(context).hasSingleBean(ForkContext.class));
    }

    @Test
    void an_iteration_is_an_observation_of_the_application_s_registry() {
        BlockingQueue<String> observed = new LinkedBlockingQueue<>();
        ObservationRegistry observations = ObservationRegistry.create();
        observations.observationConfig().observationHandler(new ObservationHandler<Observation.Context>() {
            @Override
            public void onStart(Observation.Context context) {
                observed.add(context.getContextualName() + "");
            }

            @Override
            public boolean supportsContext(Observation.Context context) {
                return true;
            }
        });
        application
                .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
                .withBean(ObservationRegistry.class, () -> observations)
                .run(context -> {
                    context.getBean(LoopRuntime.class)
                            .loop("feed")
                            .every(Duration.ofDays(1))
                            .start(it -> {});
                    assertThat(observed.poll(30, TimeUnit.SECONDS)).isEqualTo("loop feed");
                });
    }

    @Test
    void metrics_of_the_application_s_own_are_the_only_ones() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        LoopMetrics own = LoopMetrics.builder(registry).maxKinds(1).create();
        application
                .withBean(MeterRegistry.class, () -> registry)
                .withBean(LoopMetrics.class, () -> own)
                .run(context -> assertThat(context.getBean(LoopMetrics.class)).isSameAs(own));
    }

    @Test
    void without_a_registry_there_is_nothing() {
        application.run(context -> assertThat(context).doesNotHaveBean(LoopMetrics.class));
    }
}
