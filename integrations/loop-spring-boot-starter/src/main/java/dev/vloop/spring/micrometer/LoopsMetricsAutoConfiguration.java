package dev.vloop.spring.micrometer;

import dev.vloop.ForkContext;
import dev.vloop.micrometer.LoopMetrics;
import dev.vloop.micrometer.PropagatedContext;
import dev.vloop.spring.LoopsAutoConfiguration;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * Adds the meters of loops to the application's registry, and a span for each iteration if the application has tracing. It needs {@code
 * loop-micrometer}. The listener and the fork context are beans, so the runtime uses them.
 */
@AutoConfiguration(
        before = LoopsAutoConfiguration.class,
        afterName = {
            "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration",
            "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration"
        })
@ConditionalOnClass({LoopMetrics.class, MeterRegistry.class})
@ConditionalOnBean(MeterRegistry.class)
public final class LoopsMetricsAutoConfiguration {
    /** Makes the configuration; Spring calls it. */
    LoopsMetricsAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    LoopMetrics loopMetrics(MeterRegistry registry, ObjectProvider<ObservationRegistry> observations) {
        LoopMetrics.Builder builder = LoopMetrics.builder(registry);
        observations.ifAvailable(builder::observations);
        return builder.create();
    }

    @Bean
    @ConditionalOnBean(ObservationRegistry.class)
    @ConditionalOnMissingBean(name = "loopForkContext")
    ForkContext loopForkContext() {
        return PropagatedContext.all();
    }
}
