package dev.vloop.tests.races;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("real-time")
class BusyCarriersTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    @DisplayName("R12, R31, R38: timeouts, find, cancel and close come while bodies compute on every carrier")
    void timeouts_cancel_and_close_come_while_bodies_compute(int carriers) throws Exception {
        try (Jvm jvm = new Jvm(
                Hogging.class,
                "-Djdk.virtualThreadScheduler.parallelism=" + carriers,
                "-Djdk.virtualThreadScheduler.maxPoolSize=" + carriers)) {
            assertThat(jvm.awaitEnd()).contains("timed out", "found").endsWith("ended Cancelled", "closed");
            assertThat(jvm.process.exitValue()).isZero();
        }
    }

    /** In a JVM of its own: the first milliseconds of a JVM are the hardest, as nobody knows yet whether the JDK's timed parks work. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    @DisplayName("R39: loops that are always late from the start on give way to others")
    void loops_that_are_always_late_from_the_start_on_give_way(int carriers) throws Exception {
        try (Jvm jvm = new Jvm(AlwaysLate.class, "-Djdk.virtualThreadScheduler.parallelism=" + carriers)) {
            assertThat(jvm.awaitEnd()).containsExactly("they gave way", "closed");
            assertThat(jvm.process.exitValue()).isZero();
        }
    }

    @Test
    @DisplayName("R32, R39: the tasks of forkEach over items without end get the only carrier")
    void tasks_of_forkEach_over_items_without_end_get_the_only_carrier() throws Exception {
        try (Jvm jvm = new Jvm(
                EndlessItems.class,
                "-Djdk.virtualThreadScheduler.parallelism=1",
                "-Djdk.virtualThreadScheduler.maxPoolSize=1")) {
            assertThat(jvm.awaitEnd()).contains("java.lang.Error: enough").doesNotContain("it has asked for all items");
            assertThat(jvm.process.exitValue()).isZero();
        }
    }
}
