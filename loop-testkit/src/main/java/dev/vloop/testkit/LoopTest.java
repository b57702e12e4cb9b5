package dev.vloop.testkit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test in virtual time: a parameter of type {@link TestLoops}, or {@link dev.vloop.LoopRuntime}, is a runtime of its own, which
 * its {@code @BeforeEach} and {@code @AfterEach} methods can have too. It is closed when all of them are over, and a failure shows
 * the {@link Timeline}.
 *
 * <p>Other kinds of JUnit tests ({@code @Test}, {@code @ParameterizedTest}, {@code @TestFactory}) get one with
 * {@link LoopTestExtension}.
 */
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@TestTemplate
@ExtendWith(LoopTestSeeds.class)
@SuppressWarnings("exports") // JUnit alone uses it
public @interface LoopTest {
    /** {@return the instant, such as 2026-03-29T00:00Z, or the zoned date-time, such as 2026-03-28T08:59+01:00[Europe/Berlin], at which it begins} */
    String startAt() default "2000-01-01T00:00:00Z";

    /**
     * {@return how many interleavings to try} With more than one, the test runs so many times, each with a seed of its own, until one
     * fails. That seed is printed; the system property {@code vloop.test.seed} replays it alone.
     */
    int seeds() default 1;

    /** {@return the engine} */
    Engine engine() default Engine.AUTO;

    /** {@return what the test is not failed for at its end} */
    Finding[] tolerate() default {};
}
