package dev.vloop.testkit.agent;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LeftAloneTest {
    @Test
    void libraries_and_users_are_rewritten() {
        LeftAlone leftAlone = LeftAlone.parse("");
        assertThat(leftAlone.contains("com/acme/Bot")).isFalse();
        assertThat(leftAlone.contains("com/github/benmanes/caffeine/cache/Ticker"))
                .isFalse();
        assertThat(leftAlone.contains("kotlin/time/MonotonicTimeSource")).isFalse();
    }

    @Test
    void the_jdk_and_who_runs_tests_are_not() {
        LeftAlone leftAlone = LeftAlone.parse("");
        assertThat(leftAlone.contains("java/util/Date")).isTrue();
        assertThat(leftAlone.contains("org/junit/jupiter/engine/extension/TimeoutExtension"))
                .isTrue();
        assertThat(leftAlone.contains("dev/vloop/testkit/TestLoops")).isTrue();
    }

    @Test
    void packages_that_a_user_names_are_not_and_neither_are_those_below() {
        LeftAlone leftAlone = LeftAlone.parse("com.acme.engine, org.foo,");
        assertThat(leftAlone.contains("com/acme/engine/Timer")).isTrue();
        assertThat(leftAlone.contains("com/acme/engine/deep/Timer")).isTrue();
        assertThat(leftAlone.contains("org/foo/Timer")).isTrue();
        assertThat(leftAlone.contains("com/acme/engines/Timer")).isFalse();
        assertThat(leftAlone.contains("com/acme/Bot")).isFalse();
    }
}
