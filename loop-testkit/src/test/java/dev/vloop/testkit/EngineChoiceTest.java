package dev.vloop.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which engine a test gets, and the reason, in a JVM that opens java.lang and in one that does not. */
class EngineChoiceTest {
    private final String before = System.getProperty(EngineChoice.PROPERTY, "auto");

    @BeforeEach
    void chooseNone() {
        System.setProperty(EngineChoice.PROPERTY, "auto");
    }

    @AfterEach
    void chooseAsBefore() {
        System.setProperty(EngineChoice.PROPERTY, before);
    }

    private static boolean isOpen() {
        return Thread.class.getModule().isOpen("java.lang", EngineChoiceTest.class.getModule());
    }

    @Test
    void auto_is_exact_where_the_jvm_lets_us_and_says_why() {
        EngineChoice choice = EngineChoice.of(Engine.AUTO);
        if (isOpen()) {
            assertThat(choice.engine()).isEqualTo(Engine.EXACT);
            assertThat(choice.reason())
                    .isEqualTo("EXACT: its self-test passed; not deep: there is no loop-testkit-agent");
        } else {
            assertThat(choice.engine()).isEqualTo(Engine.COOPERATIVE);
            assertThat(choice.reason())
                    .startsWith("COOPERATIVE: the JVM does not let us schedule virtual threads")
                    .endsWith("run it with -javaagent:loop-testkit-agent.jar, or with --add-opens"
                            + " java.base/java.lang=ALL-UNNAMED");
        }
    }

    @Test
    void exact_is_given_or_refused_with_the_reason() {
        if (isOpen()) {
            assertThat(EngineChoice.of(Engine.EXACT).reason())
                    .isEqualTo("EXACT, as was asked for; not deep: there is no loop-testkit-agent");
        } else {
            assertThatIllegalStateException()
                    .isThrownBy(() -> EngineChoice.of(Engine.EXACT))
                    .withMessageContaining("the EXACT engine is not available")
                    .withMessageContaining("--add-opens");
        }
    }

    @Test
    void a_virtual_thread_carries_nobody() {
        CompletableFuture<Engine> chosen = new CompletableFuture<>();
        Thread.startVirtualThread(
                () -> chosen.complete(EngineChoice.of(Engine.AUTO).engine()));
        assertThat(chosen.join()).isEqualTo(Engine.COOPERATIVE);
    }

    @Test
    void a_property_chooses_for_tests_that_do_not() {
        System.setProperty(EngineChoice.PROPERTY, "cooperative");
        assertThat(EngineChoice.of(Engine.AUTO).reason()).isEqualTo("COOPERATIVE, as was asked for");
        System.setProperty(EngineChoice.PROPERTY, "fast");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EngineChoice.of(Engine.AUTO))
                .withMessageContaining("vloop.test.engine must be auto, cooperative or exact, but is 'fast'");
        assertThat(EngineChoice.of(Engine.COOPERATIVE).engine()).isEqualTo(Engine.COOPERATIVE);
    }
}
