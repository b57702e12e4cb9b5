package dev.vloop.testkit.agent;

import dev.vloop.testkit.agent.boot.AgentLink;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The entry point of the agent. It never keeps a JVM from starting. If it fails, the testkit is told why, says so and works without it.
 */
public final class TimeAgent {
    /** Guarded by the class. */
    private static boolean installed;

    private TimeAgent() {}

    /**
     * Is called by the JVM for {@code -javaagent}.
     *
     * @param packages packages to leave alone, with commas between them; null: none
     * @param instrumentation what the JVM lets an agent do
     */
    public static void premain(@Nullable String packages, Instrumentation instrumentation) {
        install(packages == null ? "" : packages, instrumentation);
    }

    /**
     * Is called by the JVM when the agent is attached.
     *
     * @param packages packages to leave alone, with commas between them; null: none
     * @param instrumentation what the JVM lets an agent do
     */
    public static void agentmain(@Nullable String packages, Instrumentation instrumentation) {
        install(packages == null ? "" : packages, instrumentation);
    }

    private static synchronized void install(String packages, Instrumentation instrumentation) {
        if (installed) {
            return;
        }
        installed = true;
        try {
            BootJar.append(instrumentation);
        } catch (Exception | LinkageError e) {
            System.err.println("loop-testkit-agent: virtual time will not be deep: " + e);
            return;
        }
        Rewriter rewriter = new Rewriter(JdkTable.of(Runtime.version().feature()), LeftAlone.parse(packages));
        String fault = rewrite(instrumentation, rewriter);
        AgentLink.installed(fault, module -> open(instrumentation, module));
    }

    /** {@return why it has failed, as a sentence; null if it has not} */
    private static @Nullable String rewrite(Instrumentation instrumentation, Rewriter rewriter) {
        instrumentation.addTransformer(rewriter, true);
        try {
            for (Rewrite row : JdkTable.of(Runtime.version().feature())) {
                Class.forName(row.type().replace('/', '.'), false, null);
            }
            instrumentation.retransformClasses(loaded(instrumentation, rewriter));
        } catch (ClassNotFoundException | UnmodifiableClassException | RuntimeException | LinkageError e) {
            return undo(instrumentation, rewriter, String.valueOf(e));
        }
        if (rewriter.failure() != null) {
            return undo(instrumentation, rewriter, String.valueOf(rewriter.failure()));
        }
        return rewriter.missing().isEmpty()
                ? null
                : undo(instrumentation, rewriter, "it has no " + String.join(", ", rewriter.missing()));
    }

    private static Class<?>[] loaded(Instrumentation instrumentation, Rewriter rewriter) {
        return Stream.of(instrumentation.getAllLoadedClasses())
                .filter(type -> !type.isArray() && !type.isHidden() && instrumentation.isModifiableClass(type))
                .filter(type -> rewriter.wants(type.getName().replace('.', '/'), type.getClassLoader()))
                .toArray(Class<?>[]::new);
    }

    /** Takes all rewriting back. {@return why, as a sentence} */
    private static String undo(Instrumentation instrumentation, Rewriter rewriter, String why) {
        Class<?>[] again = loaded(instrumentation, rewriter);
        instrumentation.removeTransformer(rewriter);
        try {
            instrumentation.retransformClasses(again);
        } catch (UnmodifiableClassException | RuntimeException | LinkageError e) {
            return why + "; and it could not be taken back: " + e;
        }
        return "this JDK, " + Runtime.version() + ", cannot be rewritten: " + why;
    }

    private static void open(Instrumentation instrumentation, Module testkit) {
        instrumentation.redefineModule(
                Object.class.getModule(), Set.of(), Map.of(), Map.of("java.lang", Set.of(testkit)), Set.of(), Map.of());
    }
}
