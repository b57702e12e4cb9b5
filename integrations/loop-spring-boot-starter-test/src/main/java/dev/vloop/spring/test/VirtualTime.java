package dev.vloop.spring.test;

import dev.vloop.testkit.Engine;
import dev.vloop.testkit.Finding;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * Puts the loops of a Spring test's application on virtual time. Use it together with {@code @SpringBootTest}. The application's {@link
 * dev.vloop.LoopRuntime} is then a {@link dev.vloop.testkit.TestLoops}, whatever the application's configuration says. A test method can
 * have it as a parameter, and moves time with it.
 *
 * <p>Time is fresh for each test, although Spring keeps the context: what the application has built while it started is built again, and
 * what it has started begins again, on the test's own thread. What is due at once has run before the test's first line, and before its
 * {@code @BeforeEach} methods. When the test is over, all loops are cancelled, and what {@link Finding} names fails the test; a failure
 * shows the timeline. Between tests no loop ticks.
 *
 * <p>Where JUnit runs tests in parallel, those with this annotation run one after the other.
 *
 * <p>Loops that the application starts while it starts are only marked until then. So nothing may join them there.
 */
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(TestLoopsParameter.class)
@ResourceLock("dev.vloop.spring.test.VirtualTime") // tests share contexts, and a context has one time
@SuppressWarnings("exports") // only JUnit uses the extension
public @interface VirtualTime {
    /**
     * {@return when each test begins: an instant such as 2026-03-29T00:00:00Z, or a zoned date-time such as
     * 2026-03-28T08:59+01:00[Europe/Berlin]}
     */
    String startAt() default "2000-01-01T00:00:00Z";

    /** {@return the engine} */
    Engine engine() default Engine.AUTO;

    /** {@return whether other people's code is on the test's clock, too, which needs {@code loop-testkit-agent}} */
    boolean deep() default true;

    /** {@return the findings that do not fail a test at its end} */
    Finding[] tolerate() default {};
}
