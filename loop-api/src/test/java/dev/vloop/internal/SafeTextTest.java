package dev.vloop.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("R30: text of objects that belong to users")
@NullUnmarked // nulls are returned where none may be
class SafeTextTest {
    private static final class Odd {
        private final String text;

        Odd(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            if ("throw".equals(text)) {
                throw new StackOverflowError("on purpose");
            }
            return text;
        }
    }

    private static final class OddMessage extends Exception {
        private static final long serialVersionUID = 1;

        @Override
        public String getMessage() {
            throw new IllegalStateException("on purpose");
        }
    }

    @Test
    void is_their_own_where_that_can_be_had() {
        assertThat(SafeText.of(null)).isEqualTo("null");
        assertThat(SafeText.of("text\nof two lines")).isEqualTo("text\nof two lines");
        assertThat(SafeText.of(new Odd(null))).isEqualTo(Odd.class.getName() + " (its toString() returned null)");
        assertThat(SafeText.of(new Odd("throw")))
                .isEqualTo(Odd.class.getName() + " (its text threw java.lang.StackOverflowError)");
    }

    @Test
    void is_shortened_where_it_is_too_long() {
        String longest = "x".repeat(SafeText.LONGEST);
        assertThat(SafeText.of(longest)).isEqualTo(longest);
        assertThat(SafeText.of(longest + "yz")).isEqualTo(longest + "... (2 more characters)");
        assertThat(SafeText.messageOf(new IOException(longest + "y"))).isEqualTo(longest + "... (1 more characters)");
    }

    @Test
    void of_an_exception_is_its_message() {
        assertThat(SafeText.messageOf(new IOException("down"))).isEqualTo("down");
        assertThat(SafeText.messageOf(new IOException())).isNull();
        assertThat(SafeText.messageOf(new OddMessage()))
                .isEqualTo("(its message threw java.lang.IllegalStateException)");
    }

    @Test
    void on_one_line_has_no_character_that_breaks_it() {
        String plain = "a name, \u00fcber alles \u23f0";
        assertThat(SafeText.inOneLine(plain)).isSameAs(plain);
        assertThat(SafeText.inOneLine("")).isEmpty();
        assertThat(SafeText.inOneLine("a\nb\rc\td")).isEqualTo("a\\nb\\rc\\td");
        assertThat(SafeText.inOneLine("\u0000 \u001b \u0085 \u2028 \u2029 e"))
                .isEqualTo("\\u0000 \\u001b \\u0085 \\u2028 \\u2029 e");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\u2028", "\u2029", "\u0007"})
    void on_one_line_is_escaped_for_one_such_character_alone(String one) {
        assertThat(SafeText.inOneLine(one)).startsWith("\\").hasSizeGreaterThan(1);
        assertThat(SafeText.inOneLine("x" + one)).startsWith("x\\");
    }
}
