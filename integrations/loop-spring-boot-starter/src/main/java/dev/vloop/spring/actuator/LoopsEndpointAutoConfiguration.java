package dev.vloop.spring.actuator;

import dev.vloop.LoopHealth;
import dev.vloop.LoopRuntime;
import dev.vloop.spring.LoopsAutoConfiguration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Adds the endpoint {@code loops} to an application with the actuator. */
@AutoConfiguration(after = LoopsAutoConfiguration.class)
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
public final class LoopsEndpointAutoConfiguration {
    /** Makes the configuration; Spring calls it. */
    LoopsEndpointAutoConfiguration() {}

    @Bean
    @ConditionalOnAvailableEndpoint
    @ConditionalOnMissingBean
    LoopsEndpoint loopsEndpoint(LoopRuntime runtime, ObjectProvider<LoopHealth> health) {
        return new LoopsEndpoint(runtime, health.getIfAvailable(LoopHealth::standard));
    }
}
