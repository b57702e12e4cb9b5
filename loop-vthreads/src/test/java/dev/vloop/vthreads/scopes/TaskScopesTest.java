package dev.vloop.vthreads.scopes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("R34 The choice of task scopes")
class TaskScopesTest {
    private static final String JDK = "JDK " + Runtime.version().feature();

    private final ScopeFixture factory = new ScopeFixture();

    @ParameterizedTest
    @ValueSource(strings = {"", "Plain", "sts", "true"})
    void names_the_values_when_the_property_has_another(String value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TaskScopes.of(value))
                .withMessage("system property vloop.scopes must be auto, structured or plain, but is '" + value + "'");
    }

    @Test
    void is_structured_on_this_jdk_unless_said_otherwise() {
        TaskScopes scopes = TaskScopes.of("auto");
        assertThat(scopes.description()).isEqualTo("structured (StructuredTaskScope of " + JDK + ")");
        TaskScope scope = scopes.open("scope", factory);
        scope.close();
        assertThat(scope).isInstanceOf(StructuredScope.class);
    }

    @Test
    void is_plain_when_asked_for_and_then_looks_for_nothing_else() {
        TaskScopes scopes = TaskScopes.choose("plain", () -> {
            throw new AssertionError("looked");
        });
        assertThat(scopes).hasToString("plain (asked for by -Dvloop.scopes=plain)");
        assertThat(scopes.open("scope", factory)).isExactlyInstanceOf(TaskScope.class);
    }

    @Test
    void is_plain_when_structured_scopes_cannot_be_had_and_says_why() {
        TaskScopes scopes = TaskScopes.choose("auto", () -> "JDK 31 has no StructuredTaskScope");
        assertThat(scopes.description()).isEqualTo("plain (JDK 31 has no StructuredTaskScope)");
        assertThat(scopes.open("scope", factory)).isExactlyInstanceOf(TaskScope.class);
    }

    @Test
    void fails_when_structured_scopes_were_asked_for_and_cannot_be_had() {
        assertThatIllegalStateException()
                .isThrownBy(() -> TaskScopes.choose("structured", () -> "JDK 31 has no StructuredTaskScope"))
                .withMessage("-Dvloop.scopes=structured, but there are no structured scopes: "
                        + "JDK 31 has no StructuredTaskScope");
    }

    @Test
    void is_structured_when_that_was_asked_for_and_can_be_had() {
        assertThat(TaskScopes.choose("structured", () -> null).description()).startsWith("structured (");
    }

    @Test
    void is_made_once() {
        assertThat(TaskScopes.shared()).isSameAs(TaskScopes.shared());
    }

    @Test
    void leaves_the_interrupt_flag_of_its_caller_alone() {
        Thread.currentThread().interrupt();
        String description = TaskScopes.of("auto").description();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(description).startsWith("structured");
    }
}
