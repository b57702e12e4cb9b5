package dev.vloop.spring.test;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import org.springframework.core.Ordered;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestContextAnnotationUtils;
import org.springframework.test.context.TestExecutionListener;

/**
 * Begins and ends the time of each test. It is called last before a test and first after it, so that SQL scripts and transactions are
 * around it.
 */
final class VirtualTimeListener implements TestExecutionListener, Ordered {
    /** Makes the listener; Spring calls it. */
    VirtualTimeListener() {}

    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }

    @Override
    public void beforeTestMethod(TestContext test) {
        VirtualTime time = TestContextAnnotationUtils.findMergedAnnotation(test.getTestClass(), VirtualTime.class);
        if (time != null) {
            loops(test)
                    .begin(builder -> builder.startAt(start(time.startAt()))
                            .engine(time.engine())
                            .deep(time.deep())
                            .tolerate(time.tolerate()));
        }
    }

    private static Instant start(String text) {
        try {
            return text.endsWith("Z")
                    ? Instant.parse(text)
                    : ZonedDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "startAt = \"" + text + "\": write 2026-03-29T00:00:00Z or 2026-03-28T08:59+01:00[Europe/Berlin]",
                    e);
        }
    }

    @Override
    public void afterTestMethod(TestContext test) {
        if (TestContextAnnotationUtils.hasAnnotation(test.getTestClass(), VirtualTime.class)) {
            Throwable failure = test.getTestException();
            AssertionError found = loops(test).end(failure);
            if (found != null) {
                throw found;
            }
        }
    }

    private static ContextLoops loops(TestContext test) {
        return test.getApplicationContext().getBean(ContextLoops.class);
    }
}
