package dev.vloop.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VerdictTest {
    @Test
    void the_verdict_says_what_happened_and_nothing_else() {
        assertThat(Demo.verdict(0, 0)).isEqualTo("nothing was lost");
        assertThat(Demo.verdict(0, 1)).isEqualTo("SOMETHING WAS WRITTEN TWICE");
        assertThat(Demo.verdict(1, 0)).isEqualTo("SOMETHING WAS LOST");
        assertThat(Demo.verdict(1, 1)).isEqualTo("SOMETHING WAS LOST, AND SOMETHING WRITTEN TWICE");
    }
}
