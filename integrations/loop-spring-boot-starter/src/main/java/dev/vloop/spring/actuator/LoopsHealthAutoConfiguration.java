package dev.vloop.spring.actuator;

import dev.vloop.LoopHealth;
import dev.vloop.LoopRuntime;
import dev.vloop.spring.LoopsAutoConfiguration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/**
 * Adds the loops to the application's health. A bean of type {@link LoopHealth} decides when a loop is down; without one, the standard rule
 * does.
 */
@AutoConfiguration(after = LoopsAutoConfiguration.class)
@ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
@ConditionalOnEnabledHealthIndicator("loops")
public final class LoopsHealthAutoConfiguration {
    /** Makes the configuration; Spring calls it. */
    LoopsHealthAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean(name = "loopsHealthIndicator")
    HealthIndicator loopsHealthIndicator(LoopRuntime runtime, ObjectProvider<LoopHealth> health) {
        return new LoopsHealthIndicator(runtime, health.getIfAvailable(LoopHealth::standard));
    }
}
