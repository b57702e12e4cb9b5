package dev.vloop.spring;

import dev.vloop.vthreads.VirtualLoops;

/**
 * A bean that changes the settings of the application's {@link dev.vloop.LoopRuntime}, before it is made: defaults of all loops, for
 * instance. Customizers are called in their order, after the properties and after the listeners and interceptors that are beans.
 */
@FunctionalInterface
public interface LoopRuntimeCustomizer {
    /**
     * Changes settings. What it throws fails the start of the application.
     *
     * @param builder the settings, until this call returns
     */
    void customize(VirtualLoops.Builder builder);
}
