package dev.vloop.tests.races;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("real-time")
class ProcessTest {
    @Test
    @DisplayName("R13: a loop keeps the JVM alive when main has returned, and lets it end when it completes")
    void a_loop_keeps_the_JVM_alive_until_it_completes() throws Exception {
        try (Jvm jvm = new Jvm(Programs.MainReturns.class)) {
            assertThat(jvm.awaitEnd()).contains("main is over").endsWith("ended Completed[iterations=3]");
            assertThat(jvm.process.exitValue()).isZero();
        }
    }

    @Test
    @DisplayName("R13: a start that is refused does not keep the JVM alive")
    void a_start_that_is_refused_does_not_keep_the_JVM_alive() throws Exception {
        try (Jvm jvm = new Jvm(Programs.StartsTwice.class)) {
            assertThat(jvm.awaitEnd()).contains("refused").endsWith("ended Completed[iterations=3]");
            assertThat(jvm.process.exitValue()).isZero();
        }
    }

    @Test
    @DisplayName("R13: a runtime that is told not to keep the JVM alive lets it end with its loops running")
    void a_runtime_may_be_told_not_to_keep_the_JVM_alive() throws Exception {
        try (Jvm jvm = new Jvm(Programs.NotKeptAlive.class)) {
            assertThat(jvm.awaitEnd()).containsExactly("main is over");
            assertThat(jvm.process.exitValue()).isZero();
        }
    }

    @Test
    @DisplayName("R13: at SIGTERM loops are stopped, cancelled after the grace, flush in afterLoop, and then is run")
    void at_SIGTERM_loops_flush_and_then_is_run() throws Exception {
        try (Jvm jvm = new Jvm(Programs.Flushes.class)) {
            jvm.awaitLines("ready", 2);
            jvm.process.toHandle().destroy(); // which leaves the streams open
            List<String> said = jvm.awaitEnd();

            assertThat(said)
                    .filteredOn(line -> !line.startsWith("INFO") && !line.contains("ShutdownLog"))
                    .containsExactly(
                            "flushed peaceful Stopped[iterations=1]", "flushed busy Cancelled[iterations=0]", "then");
            assertThat(said) // what is logged at exit is not lost
                    .contains(
                            "INFO: the shutdown of runtime 'loops', with a grace of 100 ms, has cancelled loop 'busy'");
            assertThat(jvm.process.exitValue()).isEqualTo(128 + 15);
        }
    }

    @Test
    @DisplayName("R13: a body that calls System.exit does not keep the JVM from ending, nor the others from flushing")
    void a_body_may_end_the_JVM() throws Exception {
        try (Jvm jvm = new Jvm(Programs.ExitsInBody.class)) {
            assertThat(jvm.awaitEnd()).containsSubsequence("flushed peaceful Stopped[iterations=1]", "then");
            assertThat(jvm.process.exitValue()).isEqualTo(3);
        }
    }

    @Test
    @DisplayName("R13: what is run at the end has the class loader of who has asked for it")
    void what_is_run_at_the_end_has_the_class_loader_of_who_has_asked_for_it() throws Exception {
        try (Jvm jvm = new Jvm(Programs.AsksAsAPlugin.class)) {
            assertThat(jvm.awaitEnd()).containsExactly("then, with its loader true");
        }
    }

    @Test
    @DisplayName("R34: a wrong kind of task scopes is refused when a runtime is made")
    void a_wrong_kind_of_task_scopes_is_refused_when_a_runtime_is_made() throws Exception {
        try (Jvm jvm = new Jvm(Programs.MakesARuntime.class, "-Dvloop.scopes=strucured")) {
            assertThat(jvm.awaitEnd())
                    .containsExactly("refused: system property vloop.scopes must be auto, structured or plain, but is"
                            + " 'strucured'");
        }
    }

    @Test
    @DisplayName("R39: loops that never wait let others run")
    void loops_that_never_wait_let_others_run() throws Exception {
        String parallelism = "-Djdk.virtualThreadScheduler.parallelism=1";
        try (Jvm jvm = new Jvm(Programs.AlwaysLate.class, parallelism, "-Djdk.virtualThreadScheduler.maxPoolSize=1")) {
            jvm.awaitLines("third: Completed[iterations=50]", 1);
        }
    }

    @Test
    @DisplayName(
            "R13: a loop keeps the JVM alive also when others have ended before, and what kept it alive then is gone")
    void a_later_loop_keeps_the_JVM_alive_too() throws Exception {
        try (Jvm jvm = new Jvm(Programs.MainReturnsLater.class)) {
            assertThat(jvm.awaitEnd()).contains("main is over").endsWith("ended Completed[iterations=3]");
        }
    }
}
