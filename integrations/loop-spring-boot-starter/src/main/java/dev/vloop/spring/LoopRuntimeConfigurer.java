package dev.vloop.spring;

import dev.vloop.ForkContext;
import dev.vloop.LoopInterceptor;
import dev.vloop.LoopListener;
import dev.vloop.spi.Cluster;
import dev.vloop.vthreads.VirtualLoops;
import org.springframework.beans.factory.ObjectProvider;

/**
 * Applies the application's settings to a runtime: properties, a cluster, listeners, interceptors and fork contexts that are beans, and
 * {@linkplain LoopRuntimeCustomizer customizers}. Use it if you make the {@link dev.vloop.LoopRuntime} bean yourself.
 */
public final class LoopRuntimeConfigurer {
    private final VloopProperties properties;

    /** Whether a server keeps the JVM alive, so that loops need not. */
    private final boolean webServer;

    private final LoopSettings settings;
    private final ObjectProvider<Cluster> cluster;
    private final ObjectProvider<LoopListener> listeners;
    private final ObjectProvider<LoopInterceptor> interceptors;
    private final ObjectProvider<ForkContext> forkContexts;
    private final ObjectProvider<LoopRuntimeCustomizer> customizers;

    LoopRuntimeConfigurer(
            VloopProperties properties,
            boolean webServer,
            LoopSettings settings,
            ObjectProvider<Cluster> cluster,
            ObjectProvider<LoopListener> listeners,
            ObjectProvider<LoopInterceptor> interceptors,
            ObjectProvider<ForkContext> forkContexts,
            ObjectProvider<LoopRuntimeCustomizer> customizers) {
        this.properties = properties;
        this.webServer = webServer;
        this.settings = settings;
        this.cluster = cluster;
        this.listeners = listeners;
        this.interceptors = interceptors;
        this.forkContexts = forkContexts;
        this.customizers = customizers;
    }

    /**
     * Applies them. It may be called for several runtimes, one after the other.
     *
     * @param builder the settings of a runtime
     */
    public void configure(VirtualLoops.Builder builder) {
        Boolean keepAlive = properties.keepAlive();
        builder.name(properties.name()).keepAlive(keepAlive == null ? !webServer : keepAlive);
        builder.listener(settings);
        cluster.ifAvailable(builder::cluster);
        listeners.orderedStream().forEach(builder::listener);
        interceptors.orderedStream().forEach(interceptor -> builder.defaults(loop -> loop.intercept(interceptor)));
        forkContexts.orderedStream().forEach(context -> builder.defaults(loop -> loop.forkContext(context)));
        customizers.orderedStream().forEach(customizer -> customizer.customize(builder));
    }
}
