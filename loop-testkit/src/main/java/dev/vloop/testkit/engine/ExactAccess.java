package dev.vloop.testkit.engine;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What this JVM offers the exact engine. It is found out once, when it is first asked for.
 *
 * @param virtualThreads the way into the JDK, null if there is none
 * @param obstacle why the exact engine does not work, null if it works
 * @param agent the agent, null if there is none that works
 * @param agentReason why virtual time is deep or not, as a part of a sentence
 */
record ExactAccess(
        @Nullable VirtualThreads virtualThreads,
        @Nullable String obstacle,
        @Nullable DeepAgent agent,
        String agentReason) {
    static final ExactAccess FOUND = find();

    private static final String LEAVE = "vloop.test.deep.leave";

    private static ExactAccess find() {
        DeepAgent agent = null;
        String reason = "there is no loop-testkit-agent";
        try {
            agent = DeepAgent.find();
            if (agent == null && isToAttach()) {
                attach();
                agent = DeepAgent.find();
            }
            if (agent != null) {
                agent.openJdk(); // the exact engine needs this even if rewriting fails
                reason = agent.fault() == null ? "its self-test passed" : agent.fault();
            }
        } catch (ReflectiveOperationException | IOException | RuntimeException e) {
            reason = "loop-testkit-agent does not work: " + e.getMessage();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            reason = "attaching loop-testkit-agent was interrupted";
        }
        return find(agent, reason);
    }

    private static boolean isToAttach() {
        return System.getProperty(Engines.DEEP_PROPERTY, "")
                .toLowerCase(Locale.ROOT)
                .equals("attach");
    }

    /** The agent's jar is in the class path. */
    private static void attach() throws ReflectiveOperationException, IOException, InterruptedException {
        try {
            Class.forName("dev.vloop.testkit.agent.Attach")
                    .getMethod("here", String.class)
                    .invoke(null, System.getProperty(LEAVE, ""));
        } catch (ClassNotFoundException e) {
            throw new IOException("it is not in the class path", e);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof InterruptedException interrupted) {
                throw interrupted;
            }
            throw new IOException(e.getCause());
        }
    }

    private static ExactAccess find(@Nullable DeepAgent agent, String reason) {
        VirtualThreads opened;
        try {
            opened = VirtualThreads.open();
        } catch (RuntimeException | ReflectiveOperationException e) {
            return new ExactAccess(
                    null,
                    "the JVM does not let us schedule virtual threads (" + e + "), and " + reason
                            + "; for the EXACT engine run it with -javaagent:loop-testkit-agent.jar, or with "
                            + Engines.EXACT_FLAG,
                    null,
                    reason);
        }
        CompletableFuture<@Nullable String> pollers = SocketPollers.start(); // takes as long as the self-test
        String fault = ExactProbe.fault(opened);
        Probe.fault(pollers);
        if (fault != null) {
            return new ExactAccess(null, "the self-test of the EXACT engine failed: " + fault, null, reason);
        }
        if (agent == null || agent.fault() != null) {
            return new ExactAccess(opened, null, null, reason);
        }
        String deepFault = DeepProbe.fault(opened, agent);
        return deepFault == null
                ? new ExactAccess(opened, null, agent, reason)
                : new ExactAccess(opened, null, null, "its self-test failed: " + deepFault);
    }
}
