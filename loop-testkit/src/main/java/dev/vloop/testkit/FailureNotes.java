package dev.vloop.testkit;

import dev.vloop.testkit.engine.VirtualHost;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What may explain that a test fails: how real time, or the world outside, has got into it. */
final class FailureNotes {
    private static final String AGENT =
            "run the tests with loop-testkit-agent, which puts such code on the clock of the test";

    private static final String STILL =
            "note: the test has not moved time; real waits of its own thread, such as that for a latch, do not"
                    + "\n  fix: move time with loops.advance(..) or loops.runUntil(condition, atMost)";

    private FailureNotes() {}

    /**
     * {@return what to tell beside a failure, one note after the other; empty if there is nothing}
     *
     * @param running whether loops were started that may have something to do
     */
    static String of(VirtualHost host, boolean running, Throwable thrown) {
        List<String> notes = new ArrayList<>();
        host.realDelays().forEach(delay -> notes.add(FindingText.realDelay(delay)));
        host.longWaits().forEach(wait -> notes.add(FindingText.longWait(wait)));
        String waiter = host.isDeep() ? null : waiter(thrown);
        if (waiter != null) {
            notes.add("note: " + waiter + " waits in real time, in which no loop goes on"
                    + "\n  fix: move time with loops.advance(..) or loops.runUntil(condition, atMost); or "
                    + AGENT);
        } else if (running && host.nanoTime() == 0 && thrown instanceof AssertionError) {
            notes.add(STILL);
        } else if (!host.isDeep() && thrown instanceof AssertionError && !(thrown instanceof LoopTestError)) {
            notes.add("note: code that reads the system's clock (Instant.now, System.nanoTime) reads real time here"
                    + "\n  fix: let it read loops.clock(), or " + AGENT);
        }
        return String.join("\n", notes);
    }

    /** {@return the library that waited in vain, as far as the stack tells; null if none that is known did} */
    private static @Nullable String waiter(Throwable thrown) {
        boolean awaitility = thrown.getClass().getName().startsWith("org.awaitility.");
        boolean mockito = Arrays.stream(wholeStack(thrown))
                .anyMatch(frame ->
                        frame.getClassName().startsWith("org.mockito.internal.verification.VerificationOverTime"));
        return awaitility ? "Awaitility" : mockito ? "Mockito.timeout" : null;
    }

    /** {@return the stack} Mockito leaves its own frames out of it, and keeps the whole stack in another place. */
    private static StackTraceElement[] wholeStack(Throwable thrown) {
        if (thrown.getClass().getName().startsWith("org.mockito.")) {
            try {
                return (StackTraceElement[])
                        thrown.getClass().getMethod("getUnfilteredStackTrace").invoke(thrown);
            } catch (ReflectiveOperationException | RuntimeException e) {
                // a Mockito that does not have it
            }
        }
        try {
            return thrown.getStackTrace();
        } catch (Throwable e) { // the exception is a user's, and may do anything
            return new StackTraceElement[0];
        }
    }
}
