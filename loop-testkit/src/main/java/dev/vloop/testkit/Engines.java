package dev.vloop.testkit;

import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Which engine a test gets, and why. What it finds out about the JVM, it finds out once. */
final class Engines {
    /** Decides for tests that do not choose: auto, cooperative or exact. */
    static final String PROPERTY = "vloop.test.engine";

    private static final String FLAG = "--add-opens java.base/java.lang=ALL-UNNAMED";
    private static final System.Logger LOG = System.getLogger("dev.vloop.testkit");

    private Engines() {}

    /**
     * What was chosen.
     *
     * @param reason why, as a sentence
     * @param virtualThreads the way into the JDK, null for the cooperative engine
     */
    record Choice(String reason, @Nullable VirtualThreads virtualThreads) {
        Engine engine() {
            return virtualThreads == null ? Engine.COOPERATIVE : Engine.EXACT;
        }

        VirtualHost create(HostSettings settings) {
            return virtualThreads == null ? new CooperativeHost(settings) : new ExactHost(settings, virtualThreads);
        }
    }

    /** The outcome of the self-test, of which there is one per JVM. */
    private static final class Probe {
        static final Choice CHOICE = probe();

        static {
            LOG.log(System.Logger.Level.INFO, "virtual time: " + CHOICE.reason);
        }
    }

    static Choice choose(Engine wanted) {
        Engine engine = wanted == Engine.AUTO ? fromProperty(System.getProperty(PROPERTY, "auto")) : wanted;
        return switch (engine) {
            case COOPERATIVE -> new Choice("COOPERATIVE, as was asked for", null);
            case EXACT -> exact();
            case AUTO -> auto();
        };
    }

    static Engine fromProperty(String value) {
        try {
            return Engine.valueOf(value.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "system property " + PROPERTY + " must be auto, cooperative or exact, but is '" + value + "'", e);
        }
    }

    private static Choice exact() {
        if (Probe.CHOICE.virtualThreads == null) {
            throw new IllegalStateException("the EXACT engine is not to be had: " + Probe.CHOICE.reason);
        }
        return new Choice("EXACT, as was asked for", Probe.CHOICE.virtualThreads);
    }

    private static Choice auto() {
        if (Probe.CHOICE.virtualThreads != null && Thread.currentThread().isVirtual()) {
            return new Choice("COOPERATIVE: the test runs on a virtual thread, which cannot carry others", null);
        }
        return Probe.CHOICE;
    }

    private static Choice probe() {
        VirtualThreads virtualThreads;
        try {
            virtualThreads = VirtualThreads.open();
        } catch (RuntimeException | ReflectiveOperationException e) {
            return new Choice(
                    "COOPERATIVE: the JVM does not let us schedule virtual threads (" + Words.thrown(e)
                            + "); for the EXACT engine run it with " + FLAG,
                    null);
        }
        String fault = selfTest(virtualThreads);
        return fault == null
                ? new Choice("EXACT: its self-test passed", virtualThreads)
                : new Choice("COOPERATIVE: the self-test of the EXACT engine failed: " + fault, null);
    }

    /** {@return what does not work; null: all does} */
    private static @Nullable String selfTest(VirtualThreads virtualThreads) {
        CompletableFuture<Boolean> outcome = new CompletableFuture<>();
        Thread carrier = Thread.ofPlatform()
                .daemon()
                .name("virtual-time-self-test")
                .unstarted(() -> {
                    try {
                        outcome.complete(new EngineSelfTest(virtualThreads).passes());
                    } catch (Throwable e) {
                        outcome.completeExceptionally(e);
                    }
                });
        carrier.start();
        try {
            return outcome.get(20, TimeUnit.SECONDS) ? null : "threads ran in another order than expected";
        } catch (ExecutionException e) {
            return String.valueOf(e.getCause());
        } catch (TimeoutException e) {
            return "it hangs";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "it was interrupted";
        }
    }
}
