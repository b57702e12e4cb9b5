package dev.vloop.tests.races;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.tests.races.EndOfJvmPrograms.Place;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("real-time")
@DisplayName("R12, R13: the end of the JVM")
class EndOfJvmTest {
    @ParameterizedTest
    @EnumSource(Place.class)
    void System_exit_from_any_code_of_a_user_ends_the_JVM_and_the_others_flush(Place place) throws Exception {
        try (Jvm jvm = new Jvm(EndOfJvmPrograms.ExitsFrom.class, "-Dplace=" + place)) {
            assertThat(jvm.awaitEnd()).contains("then");
            assertThat(jvm.process.exitValue()).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Place.class,
            names = {"BODY", "OVERLAPPING", "ON_FAILURE", "AFTER_LOOP", "LISTENER_END"})
    void it_does_so_when_the_end_has_begun_with_SIGTERM(Place place) throws Exception {
        try (Jvm jvm = new Jvm(EndOfJvmPrograms.ExitsFrom.class, "-Dplace=" + place, "-Dlate=true")) {
            jvm.awaitLines("in place", 1);
            jvm.process.toHandle().destroy(); // which leaves the streams open
            assertThat(jvm.awaitEnd()).contains("then");
        }
    }

    @Test
    void System_exit_from_what_runs_after_the_loops_ends_the_JVM() throws Exception {
        try (Jvm jvm = new Jvm(EndOfJvmPrograms.ExitsThen.class)) {
            jvm.awaitLines("ready", 1);
            jvm.process.toHandle().destroy();
            assertThat(jvm.awaitEnd()).containsSubsequence("flushed", "then");
        }
    }

    @Test
    void a_runtime_that_is_closed_has_taken_its_hook_back() throws Exception {
        try (Jvm jvm = new Jvm(EndOfJvmPrograms.ClosedBefore.class)) {
            assertThat(jvm.awaitEnd()).containsExactly("main is over");
        }
    }

    @Test
    void a_close_in_another_hook_does_not_wait_for_a_body_that_exits() throws Exception {
        try (Jvm jvm = new Jvm(EndOfJvmPrograms.ClosedInAHook.class)) {
            assertThat(jvm.awaitEnd()).containsExactly("closed");
            assertThat(jvm.process.exitValue()).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "plain"})
    void what_is_logged_at_SIGTERM_is_not_lost_and_not_written_twice(String scopes) throws Exception {
        try (Jvm jvm = new Jvm(EndOfJvmPrograms.LogsAtExit.class, "-Dvloop.scopes=" + scopes)) {
            jvm.awaitLines("ready", 1);
            jvm.process.toHandle().destroy();
            List<String> said = jvm.awaitEnd();
            assertThat(said)
                    .filteredOn(line -> line.contains("afterLoop threw"))
                    .hasSize(1);
            assertThat(said)
                    .filteredOn(line -> line.contains("waits up to 1 s for loop 'busy' (EXECUTING)"))
                    .hasSize(1);
            assertThat(said)
                    .filteredOn(line -> line.contains("has cancelled loop 'busy'"))
                    .hasSize(1);
            assertThat(said).anyMatch(line -> line.contains("IllegalStateException: cannot flush"));
        }
    }

    @Test
    void a_bot_that_was_never_ready_and_one_without_network_end_at_once() throws Exception {
        try (Jvm jvm = new Jvm(EndOfJvmPrograms.NeverReady.class)) {
            jvm.awaitLines("ready", 2);
            jvm.process.toHandle().destroy();
            assertThat(jvm.awaitEnd())
                    .contains("never ready Cancelled[iterations=0]", "no network Cancelled[iterations=0]", "then");
        }
    }

    @Test
    void an_exit_gives_up_on_a_body_that_is_deaf_because_it_waits_for_the_thread_that_exits() throws Exception {
        try (Jvm jvm = new Jvm(EndOfJvmPrograms.ExitsByAnother.class)) {
            assertThat(jvm.awaitEnd())
                    .anyMatch(line -> line.contains("does not wait any longer for loop 'deaf'"))
                    .endsWith("then");
            assertThat(jvm.process.exitValue()).isEqualTo(3);
        }
    }

    @Test
    void an_exit_waits_for_a_loop_that_ends_later_and_not_for_its_whole_grace() throws Exception {
        try (Jvm jvm = new Jvm(EndOfJvmPrograms.ExitsBeside.class)) {
            assertThat(jvm.awaitEnd()).containsSubsequence("flushed Stopped[iterations=1]", "then");
            assertThat(jvm.process.exitValue()).isEqualTo(3);
        }
    }
}
