package dev.vloop.testkit;

import dev.vloop.testkit.engine.Engines;
import dev.vloop.testkit.engine.HostSettings;
import dev.vloop.testkit.engine.VirtualHost;
import java.util.Locale;

/**
 * The engine that a test gets.
 *
 * @param engine which; never {@link Engine#AUTO}
 * @param deep whether code that does not know of the test is on its clock too
 * @param reason why, as a sentence for people
 */
record EngineChoice(Engine engine, boolean deep, String reason) {
    /** The system property that decides for tests that do not choose: auto, cooperative or exact. */
    static final String PROPERTY = "vloop.test.engine";

    /** What AUTO means in this JVM. It is found out, and logged, once. */
    private static final class Auto {
        static final EngineChoice CHOICE = choice();

        static {
            tell();
        }

        /** A log that throws does no harm: without this class, no test of the JVM would have an engine. */
        private static void tell() {
            try {
                System.getLogger("dev.vloop.testkit").log(System.Logger.Level.INFO, "virtual time: " + CHOICE.reason);
            } catch (Throwable e) {
                // TestLoops.engineReason() tells it, too
            }
        }

        private static EngineChoice choice() {
            String obstacle = Engines.exactObstacle();
            if (obstacle != null) {
                return new EngineChoice(Engine.COOPERATIVE, false, "COOPERATIVE: " + obstacle);
            }
            boolean deep = Engines.isDeepAvailable();
            return new EngineChoice(
                    Engine.EXACT,
                    deep,
                    "EXACT: its self-test passed; " + (deep ? "deep: " : "not deep: ") + Engines.deepReason());
        }
    }

    /**
     * Chooses for a test that runs on the calling thread.
     *
     * @param deep whether code that does not know of the test may be on its clock
     * @throws IllegalStateException if EXACT is wanted and does not work in this JVM
     */
    static EngineChoice of(Engine wanted, boolean deep) {
        EngineChoice choice = of(wanted);
        boolean off = System.getProperty(Engines.DEEP_PROPERTY, "").equalsIgnoreCase("false");
        return choice.deep && (off || !deep)
                ? new EngineChoice(choice.engine, false, "EXACT, not deep, as was asked for")
                : choice;
    }

    /** Chooses for a test that says nothing of deep time. */
    static EngineChoice of(Engine wanted) {
        Engine engine = wanted == Engine.AUTO ? fromProperty(System.getProperty(PROPERTY, "auto")) : wanted;
        return switch (engine) {
            case COOPERATIVE -> new EngineChoice(Engine.COOPERATIVE, false, "COOPERATIVE, as was asked for");
            case EXACT -> exact();
            case AUTO -> auto();
        };
    }

    private static Engine fromProperty(String value) {
        try {
            return Engine.valueOf(value.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "system property " + PROPERTY + " must be auto, cooperative or exact, but is '" + value + "'", e);
        }
    }

    private static EngineChoice exact() {
        if (Auto.CHOICE.engine != Engine.EXACT) {
            throw new IllegalStateException("the EXACT engine is not available: " + Auto.CHOICE.reason);
        }
        return new EngineChoice(
                Engine.EXACT,
                Auto.CHOICE.deep,
                "EXACT, as was asked for; " + (Auto.CHOICE.deep ? "deep: " : "not deep: ") + Engines.deepReason());
    }

    private static EngineChoice auto() {
        if (Auto.CHOICE.engine == Engine.EXACT && Thread.currentThread().isVirtual()) {
            return new EngineChoice(
                    Engine.COOPERATIVE,
                    false,
                    "COOPERATIVE: the test runs on a virtual thread, which cannot carry others");
        }
        return Auto.CHOICE;
    }

    /** {@return a new host of this engine; the calling thread is its test's thread} */
    VirtualHost createHost(HostSettings settings) {
        return engine == Engine.EXACT ? Engines.exact(settings.withDeep(deep)) : Engines.cooperative(settings);
    }
}
