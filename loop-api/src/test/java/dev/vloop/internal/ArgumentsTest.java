package dev.vloop.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("R37: wrong arguments are refused with their names and values")
@NullUnmarked // nulls are passed to see them refused
class ArgumentsTest {
    private static final Duration NANO = Duration.ofNanos(1);

    private static void assertRefused(Runnable call, String message) {
        assertThatThrownBy(call::run)
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    private static void assertNull(Runnable call, String message) {
        assertThatThrownBy(call::run)
                .isExactlyInstanceOf(NullPointerException.class)
                .hasMessage(message);
    }

    @Test
    void what_is_right_is_returned() {
        String text = "text";
        assertThat(Arguments.notNull(text, "a")).isSameAs(text);
        assertThat(Arguments.notBlank(text, "a")).isSameAs(text);
        assertThat(Arguments.notEmpty(new String[] {"b", "a"}, "a")).containsExactly("b", "a");
        assertThat(Arguments.notNegative(Duration.ZERO, "a")).isEqualTo(Duration.ZERO);
        assertThat(Arguments.notNegative(NANO, "a")).isSameAs(NANO);
        assertThat(Arguments.positive(NANO, "a")).isSameAs(NANO);
        assertThat(Arguments.notNegative(0, "a")).isZero();
        assertThat(Arguments.notNegative(7, "a")).isEqualTo(7);
        assertThat(Arguments.atLeastOne(1, "a")).isOne();
        assertThat(Arguments.atLeastOne(7, "a")).isEqualTo(7);
    }

    @Test
    void null_is_refused() {
        assertNull(() -> Arguments.notNull(null, "a"), "a must not be null");
        assertNull(() -> Arguments.notBlank(null, "a"), "a must not be null");
        assertNull(() -> Arguments.notNegative(null, "a"), "a must not be null");
        assertNull(() -> Arguments.positive(null, "a"), "a must not be null");
        assertNull(() -> Arguments.notEmpty(null, "a"), "a must not be null");
        assertNull(() -> Arguments.notEmpty(new String[] {"b", null}, "a"), "an element of a must not be null");
    }

    @Test
    void what_is_out_of_range_is_refused() {
        assertRefused(() -> Arguments.notEmpty(new String[0], "a"), "a must not be empty");
        assertRefused(() -> Arguments.notBlank("", "a"), "a must not be blank, but is \"\"");
        assertRefused(() -> Arguments.notBlank(" \t", "a"), "a must not be blank, but is \" \t\"");
        assertRefused(
                () -> Arguments.notNegative(NANO.negated(), "a"), "a must not be negative, but is PT-0.000000001S");
        assertRefused(() -> Arguments.notNegative(-1, "a"), "a must not be negative, but is -1");
        assertRefused(() -> Arguments.positive(Duration.ZERO, "a"), "a must be positive, but is PT0S");
        assertRefused(() -> Arguments.positive(NANO.negated(), "a"), "a must be positive, but is PT-0.000000001S");
        assertRefused(() -> Arguments.atLeastOne(0, "a"), "a must be at least 1, but is 0");
    }
}
