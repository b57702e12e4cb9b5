package dev.vloop.testkit;

import dev.vloop.vthreads.VirtualLoops;

/** The exact engine of virtual time. */
public final class ExactLoops {
    private ExactLoops() {}

    /** {@return a runtime whose virtual threads are all carried by the current one} */
    public static TestLoops create() {
        try {
            VirtualHost host = new ExactHost(HostSettings.DEFAULT, VirtualThreads.open());
            return new VirtualTestLoops(host, VirtualLoops.builder().host(host).create());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this JDK does not let us in", e);
        }
    }
}
