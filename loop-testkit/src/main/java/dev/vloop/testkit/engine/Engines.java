package dev.vloop.testkit.engine;

import org.jspecify.annotations.Nullable;

/** Makes the host of either engine, and knows whether the exact one works in this JVM. Any thread may use it. */
public final class Engines {
    /** The flag that the exact engine needs. */
    public static final String EXACT_FLAG = "--add-opens java.base/java.lang=ALL-UNNAMED";

    private Engines() {}

    /** Whether the exact engine works. It is found out once per JVM, when it is first asked for. */
    private static final class Exact {
        static final @Nullable VirtualThreads VIRTUAL_THREADS;
        static final @Nullable String OBSTACLE;

        static {
            VirtualThreads opened = null;
            String obstacle;
            try {
                opened = VirtualThreads.open();
                String fault = ExactProbe.fault(opened);
                obstacle = fault == null ? null : "the self-test of the EXACT engine failed: " + fault;
            } catch (RuntimeException | ReflectiveOperationException e) {
                obstacle = "the JVM does not let us schedule virtual threads (" + e
                        + "); for the EXACT engine run it with " + EXACT_FLAG;
            }
            VIRTUAL_THREADS = obstacle == null ? opened : null;
            OBSTACLE = obstacle;
        }
    }

    /** {@return why the exact engine does not work in this JVM, null if it works} */
    public static @Nullable String exactObstacle() {
        return Exact.OBSTACLE;
    }

    /** {@return a host of the exact engine; the calling thread becomes the test's thread} */
    public static VirtualHost exact(HostSettings settings) {
        VirtualThreads virtualThreads = Exact.VIRTUAL_THREADS;
        if (virtualThreads == null) {
            throw new IllegalStateException("the EXACT engine is not available: " + Exact.OBSTACLE);
        }
        return new ExactHost(settings, virtualThreads);
    }

    /** {@return a host of the cooperative engine; the calling thread becomes the test's thread} */
    public static VirtualHost cooperative(HostSettings settings) {
        return new CooperativeHost(settings);
    }
}
