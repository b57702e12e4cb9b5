package dev.vloop.testkit.open;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/**
 * Closes what a test, or a class of tests, has made on its thread and forgotten to close. Otherwise that thread would stay on the clock of
 * that test, and the test's watch would interrupt later ones. JUnit's launcher finds it by its service file. Any thread.
 */
public final class ForgottenTests implements TestExecutionListener {
    /** What is under way, by its unique id. */
    private final Map<String, Start> starts = new ConcurrentHashMap<>();

    /**
     * The start of a test or of a class of tests.
     *
     * @param thread where it was
     * @param before what was open already: it belongs to the class, or to a test around this one
     */
    private record Start(Thread thread, List<OpenTest> before) {}

    /** Makes the listener; JUnit calls it. */
    public ForgottenTests() {}

    @Override
    public void executionStarted(TestIdentifier test) {
        starts.put(test.getUniqueId(), new Start(Thread.currentThread(), OpenTests.all()));
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        Start start = starts.remove(test.getUniqueId());
        if (start == null || start.thread != Thread.currentThread()) {
            return;
        }
        for (OpenTest open : OpenTests.all().reversed()) { // an inner one is newer
            if (open.isHere() && !start.before.contains(open)) {
                open.closeForgotten(name(test));
            }
        }
    }

    private static String name(TestIdentifier test) {
        TestSource source = test.getSource().orElse(null);
        return source instanceof MethodSource method
                ? method.getClassName() + "." + method.getMethodName()
                : test.getDisplayName();
    }
}
