package dev.vloop.testkit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test in virtual time. A parameter of type {@link TestLoops} or {@link dev.vloop.LoopRuntime} is a runtime for this test alone; its
 * {@code @BeforeEach} and {@code @AfterEach} methods can have the same one as a parameter. The runtime is closed when all of them have
 * ended. A failure shows the {@link Timeline}.
 *
 * <p>Other kinds of JUnit tests ({@code @Test}, {@code @ParameterizedTest}, {@code @TestFactory}) get a runtime with
 * {@link LoopTestExtension}.
 */
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@TestTemplate
@ExtendWith(LoopTestSeeds.class)
@SuppressWarnings("exports") // only JUnit uses the extension
public @interface LoopTest {
    /** {@return when it begins: an instant such as 2026-03-29T00:00Z, or a zoned date-time such as 2026-03-28T08:59+01:00[Europe/Berlin]} */
    String startAt() default LoopTestSeeds.START;

    /**
     * {@return how many orders of threads to try} With more than one, the test runs that many times, each time with another seed, until one
     * run fails. Its seed is printed. The system property {@code vloop.test.seed} replays that one alone.
     */
    int seeds() default 1;

    /** {@return the engine} */
    Engine engine() default Engine.AUTO;

    /** {@return whether code that does not know of the test is on its clock too, which needs {@code loop-testkit-agent}} */
    boolean deep() default true;

    /** {@return what does not make the test fail at its end} */
    Finding[] tolerate() default {};
}
