package dev.vloop.testkit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherConstants;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs tests from within a test, and keeps what failed and how. The classes of such tests are nested, so that nothing else runs them. */
final class Launched {
    private final Map<String, TestExecutionResult> results = Collections.synchronizedMap(new LinkedHashMap<>());

    static Launched run(Class<?> tests, String... parameters) {
        Launched launched = new Launched();
        LauncherDiscoveryRequestBuilder request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(tests))
                .configurationParameter(LauncherConstants.DEACTIVATE_LISTENERS_PATTERN_PROPERTY_NAME, "*")
                .configurationParameter("junit.jupiter.extensions.autodetection.enabled", "false");
        for (int i = 0; i < parameters.length; i += 2) {
            request.configurationParameter(parameters[i], parameters[i + 1]);
        }
        LauncherFactory.create().execute(request.build(), new TestExecutionListener() {
            @Override
            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                if (test.isTest() || result.getStatus() != TestExecutionResult.Status.SUCCESSFUL) {
                    launched.results.put(test.getDisplayName(), result);
                }
            }
        });
        return launched;
    }

    /** {@return the names of the tests, in the order in which they ended, each with its outcome} */
    Map<String, String> outcomes() {
        Map<String, String> outcomes = new LinkedHashMap<>();
        results.forEach((name, result) -> outcomes.put(name, result.getStatus().name()));
        return outcomes;
    }

    long count() {
        return results.size();
    }

    boolean allPassed() {
        return results.values().stream()
                .allMatch(result -> result.getStatus() == TestExecutionResult.Status.SUCCESSFUL);
    }

    Throwable failure(String test) {
        TestExecutionResult result = results.get(test);
        if (result == null) {
            throw new AssertionError("no test '" + test + "' in " + outcomes());
        }
        return result.getThrowable().orElseThrow(() -> new AssertionError("'" + test + "' passed"));
    }

    /** {@return what a person sees: the stack trace with everything that is attached} */
    String story(String test) {
        StringWriter text = new StringWriter();
        failure(test).printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }
}
