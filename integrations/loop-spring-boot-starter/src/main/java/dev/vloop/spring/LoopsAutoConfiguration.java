package dev.vloop.spring;

import dev.vloop.ForkContext;
import dev.vloop.LoopInterceptor;
import dev.vloop.LoopListener;
import dev.vloop.LoopRuntime;
import dev.vloop.spi.Cluster;
import dev.vloop.vthreads.VirtualLoops;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.boot.autoconfigure.context.LifecycleAutoConfiguration;
import org.springframework.boot.autoconfigure.context.LifecycleProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Gives an application one {@link LoopRuntime}, starts the loops that are beans or methods when the application has started, and ends them
 * before what they use.
 */
@AutoConfiguration(after = LifecycleAutoConfiguration.class)
@EnableConfigurationProperties(VloopProperties.class)
public final class LoopsAutoConfiguration {
    /** Makes the configuration; Spring calls it. */
    LoopsAutoConfiguration() {}

    @Bean
    LoopSettings vloopSettings(VloopProperties properties) {
        return new LoopSettings(properties);
    }

    @Bean
    LoopRuntimeConfigurer loopRuntimeConfigurer(
            VloopProperties properties,
            ObjectProvider<ServerKeepsAlive> server,
            LoopSettings settings,
            ObjectProvider<Cluster> cluster,
            ObjectProvider<LoopListener> listeners,
            ObjectProvider<LoopInterceptor> interceptors,
            ObjectProvider<ForkContext> forkContexts,
            ObjectProvider<LoopRuntimeCustomizer> customizers) {
        boolean webServer = server.getIfAvailable() != null;
        return new LoopRuntimeConfigurer(
                properties, webServer, settings, cluster, listeners, interceptors, forkContexts, customizers);
    }

    /** The lifecycle closes it, with a limit: its own close would wait for ever for a loop that does not end. */
    @Bean(destroyMethod = "")
    @ConditionalOnMissingBean(search = SearchStrategy.CURRENT) // a child would end the loops of its parent
    LoopRuntime loopRuntime(LoopRuntimeConfigurer configurer) {
        VirtualLoops.Builder builder = VirtualLoops.builder();
        configurer.configure(builder);
        return builder.create();
    }

    @Bean(LoopMethodRegistrar.METHODS)
    LoopMethods vloopLoopMethods(ConfigurableListableBeanFactory beans, LoopRuntime runtime, LoopSettings settings) {
        return new LoopMethods(beans, runtime, settings);
    }

    @Bean
    static LoopMethodRegistrar vloopLoopMethodRegistrar() {
        return new LoopMethodRegistrar();
    }

    @Bean
    LoopsLifecycle vloopLifecycle(
            ApplicationContext context,
            LoopRuntime runtime,
            LoopSettings settings,
            LoopMethods methods,
            VloopProperties properties,
            ObjectProvider<LifecycleProperties> lifecycle) {
        LifecycleProperties phases = lifecycle.getIfAvailable(LifecycleProperties::new);
        Duration timeout = phases.getTimeoutPerShutdownPhase();
        Duration grace = properties.grace() == null ? timeout.multipliedBy(2).dividedBy(3) : properties.grace();
        if (properties.grace() != null && (grace.isNegative() || grace.compareTo(timeout) >= 0)) {
            throw new InvalidConfigurationPropertyValueException(
                    "vloop.grace",
                    grace,
                    "must not be negative, and must be shorter than spring.lifecycle.timeout-per-shutdown-phase, which is "
                            + timeout + ": after that, what loops use is destroyed");
        }
        Set<LoopRuntime> runtimes = new LinkedHashSet<>(List.of(runtime));
        ListableBeanFactory beans = context;
        runtimes.addAll(
                beans.getBeansOfType(LoopRuntime.class, false, false).values()); // an application may have several
        return new LoopsLifecycle(context, List.copyOf(runtimes), settings, methods, properties.stop(), grace, timeout);
    }

    /** Says that a web server keeps the JVM alive. */
    record ServerKeepsAlive() {}

    /** Only in a web application. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication
    static class Web {
        @Bean
        ServerKeepsAlive vloopServerKeepsAlive() {
            return new ServerKeepsAlive();
        }
    }
}
