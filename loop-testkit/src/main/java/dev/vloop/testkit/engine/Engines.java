package dev.vloop.testkit.engine;

import org.jspecify.annotations.Nullable;

/** Makes the host of either engine, and knows whether the exact one works in this JVM. Any thread may use it. */
public final class Engines {
    /** Decides whether code that does not know of a test is on its clock: true, false, or attach. */
    public static final String DEEP_PROPERTY = "vloop.test.deep";

    /** The flag that the exact engine needs where the agent is not. */
    static final String EXACT_FLAG = "--add-opens java.base/java.lang=" + opened();

    private Engines() {}

    private static String opened() {
        Module module = Engines.class.getModule();
        return module.isNamed() ? module.getName() : "ALL-UNNAMED";
    }

    /** {@return why the exact engine does not work in this JVM, null if it works} */
    public static @Nullable String exactObstacle() {
        return ExactAccess.FOUND.obstacle();
    }

    /** {@return whether virtual time can be deep, which needs an agent that works} */
    public static boolean isDeepAvailable() {
        return ExactAccess.FOUND.agent() != null;
    }

    /** {@return why it can be deep or cannot, as a part of a sentence} */
    public static String deepReason() {
        return ExactAccess.FOUND.agentReason();
    }

    /**
     * {@return a host of the exact engine; the calling thread becomes the test's thread}
     *
     * @throws IllegalStateException if the exact engine does not work, or the settings want deep time and that does not
     */
    public static VirtualHost exact(HostSettings settings) {
        VirtualThreads virtualThreads = ExactAccess.FOUND.virtualThreads();
        if (virtualThreads == null) {
            throw new IllegalStateException("the EXACT engine is not available: " + exactObstacle());
        }
        if (!settings.deep()) {
            return new ExactHost(settings, virtualThreads);
        }
        DeepAgent agent = ExactAccess.FOUND.agent();
        if (agent == null) {
            throw new IllegalStateException("deep virtual time is not available: " + deepReason());
        }
        return ExactHost.deep(settings, virtualThreads, agent);
    }

    /** {@return a host of the cooperative engine; the calling thread becomes the test's thread} */
    public static VirtualHost cooperative(HostSettings settings) {
        return new CooperativeHost(settings);
    }
}
