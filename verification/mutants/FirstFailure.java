import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TagFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * Runs classes of tests, and ends the JVM at the first test that fails; or at the end, if the property {@code mutants.all} is set.
 * {@link Trial} starts it.
 */
final class FirstFailure implements TestExecutionListener {
    private static final int LONGEST = 300;

    /** Takes the test that runs, then what has failed. */
    private final Path verdict;

    private final boolean runsAll = Boolean.getBoolean("mutants.all");
    private final List<String> failures = new ArrayList<>();
    private int tests;

    private FirstFailure(Path verdict) {
        this.verdict = verdict;
    }

    /** The file for the verdict, the tags to leave out, and the classes. */
    public static void main(String[] arguments) {
        FirstFailure listener = new FirstFailure(Path.of(arguments[0]));
        List<DiscoverySelector> classes = new ArrayList<>();
        for (int i = 2; i < arguments.length; i++) {
            classes.add(selectClass(arguments[i]));
        }
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(classes)
                                .filters(TagFilter.excludeTags(arguments[1]))
                                .build(),
                        listener);
        if (!listener.failures.isEmpty()) {
            listener.end();
        }
        Runtime.getRuntime().halt(listener.tests == 0 ? ExitCode.NONE : ExitCode.PASSED);
    }

    private void end() {
        write(String.join("\n", failures));
        Runtime.getRuntime().halt(ExitCode.FAILED);
    }

    @Override
    public void executionStarted(TestIdentifier test) {
        if (test.isTest()) {
            tests++;
            write(nameOf(test));
        }
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (result.getStatus() == TestExecutionResult.Status.FAILED) {
            String thrown = result.getThrowable().map(Throwable::toString).orElse("?");
            String line = thrown.strip().replaceAll("\\s+", " ");
            failures.add(nameOf(test) + "\n" + line.substring(0, Math.min(LONGEST, line.length())));
            if (!runsAll) {
                end();
            }
        }
    }

    private static String nameOf(TestIdentifier test) {
        return test.getSource()
                .filter(MethodSource.class::isInstance)
                .map(MethodSource.class::cast)
                .map(source -> simple(source.getClassName()) + "." + source.getMethodName())
                .orElse(test.getDisplayName());
    }

    private static String simple(String className) {
        return className.substring(className.lastIndexOf('.') + 1);
    }

    private void write(String text) {
        try {
            Files.writeString(verdict, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
