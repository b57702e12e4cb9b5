package dev.vloop.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("what others write forges no line of the audit log")
class AuditTest extends PageTest {
    private final Gate gate = new Gate(settings, null);

    private DashboardResponse post(String form) {
        return new DashboardHandler(settings, gate).handle(Ask.post(form).with("X-Vloop-Secret", gate.secret()));
    }

    private String line() {
        assertThat(audited()).hasSize(1);
        return audited().getFirst();
    }

    @Test
    void a_name_cannot_end_its_line_or_its_quotation_marks() {
        everySecond("x': done\n2030-01-01T00:00:00Z 10.0.0.1: cancel of loop 'y\\")
                .build(it -> {});
        assertThat(post("action=pause&loop="
                                + Html.inQuery(loops.loops().getFirst().name()))
                        .status())
                .isEqualTo(200);
        assertThat(line())
                .isEqualTo("INFO 2000-01-01T00:00:00Z 192.0.2.7: pause of loop 'x\\': done\\n2030-01-01T00:00:00Z"
                        + " 10.0.0.1: cancel of loop \\'y\\\\': done");
    }

    @Test
    void nor_can_an_action_an_interval_or_the_name_of_no_loop() {
        post("action=" + Html.inQuery("pause of loop 'x': done\r\u2028") + "&loop=" + Html.inQuery("n'") + "&interval="
                + Html.inQuery("1s': done"));
        assertThat(line())
                .isEqualTo(
                        "WARNING 2000-01-01T00:00:00Z 192.0.2.7: 'pause of loop \\'x\\': done\\r\\u2028' of loop 'n\\''"
                                + " to '1s\\': done': refused: there is no such loop");
    }

    @Test
    void nor_can_the_user_of_a_proxy() {
        settings.userHeader("X-Forwarded-User");
        new DashboardHandler(settings, gate)
                .handle(Ask.post("action=pause-all")
                        .with("X-Vloop-Secret", gate.secret())
                        .with("X-Forwarded-User", "bob' at 10.0.0.1: resume-all: done\n"));
        assertThat(line())
                .isEqualTo("INFO 2000-01-01T00:00:00Z user 'bob\\' at 10.0.0.1: resume-all: done\\n' at 192.0.2.7:"
                        + " pause-all: done");
    }

    @Test
    void nor_can_a_header_replace_the_user_whom_a_framework_knows() {
        settings.userHeader("X-Forwarded-User");
        new DashboardHandler(settings, gate)
                .handle(Ask.post("action=pause-all")
                        .with("X-Vloop-Secret", gate.secret())
                        .with("X-Forwarded-User", "bob")
                        .as("ada"));
        assertThat(line()).contains(" user 'ada' at 192.0.2.7: pause-all: done");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u202E", "\u202A", "\u2066", "\u2069", "\u200E", "\u200F", "\u061C", "\u0085", "\u001b", "\u0007"
            })
    void no_letter_turns_the_line_around_or_speaks_to_a_terminal(String letter) {
        post("action=pause&loop=" + Html.inQuery("a" + letter + "b"));
        assertThat(line()).doesNotContain(letter).contains("of loop 'a").contains("refused: there is no such loop");
    }

    @Test
    void a_long_name_makes_no_long_line() {
        post("action=" + "a".repeat(3_000) + "&loop=" + "n".repeat(3_000) + "&interval=" + "i".repeat(3_000));
        assertThat(line()).hasSizeLessThan(500);
    }
}
