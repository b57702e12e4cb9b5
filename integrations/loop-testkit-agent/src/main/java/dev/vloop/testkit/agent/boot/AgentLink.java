package dev.vloop.testkit.agent.boot;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What the testkit asks the agent, and how the two find out whether they fit together. Any thread. */
public final class AgentLink {
    /** Why rewriting has failed; null if it has not. Set once, by the agent. */
    private static volatile @Nullable String fault = "it is still being installed";

    /** Opens {@code java.lang} to a module. Set once, by the agent. */
    private static volatile Consumer<Module> opener = module -> {};

    private AgentLink() {}

    /**
     * Called when the agent has finished.
     *
     * @param problem why virtual time is not as deep as it should be, as a sentence; null if it is
     * @param opens opens {@code java.lang} to a module
     */
    public static void installed(@Nullable String problem, Consumer<Module> opens) {
        opener = opens;
        fault = problem;
    }

    /** {@return why rewriting has failed, as a sentence; null if it has not} */
    public static @Nullable String fault() {
        return fault;
    }

    /**
     * Opens {@code java.lang} to the testkit.
     *
     * @param testkit its module, unnamed or not
     * @throws IllegalArgumentException if it is another module
     */
    public static void open(Module testkit) {
        if (testkit.isNamed() && !testkit.getName().equals("dev.vloop.testkit")) {
            throw new IllegalArgumentException("testkit must be the module dev.vloop.testkit: " + testkit);
        }
        opener.accept(testkit);
    }
}
