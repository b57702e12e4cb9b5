package dev.vloop.tests.races;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("real-time")
@DisplayName("R38: a user that may have few threads")
class PoorJvmTest {
    @TempDir
    Path folder;

    private List<String> run(Class<?> program, String... options) throws Exception {
        Process process = PoorJvm.start(program, folder, options);
        try {
            assertThat(process.waitFor(120, TimeUnit.SECONDS)).as("it ends").isTrue();
            return process.inputReader(StandardCharsets.UTF_8).lines().toList();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void a_first_start_without_threads_is_refused_and_the_runtime_works_when_they_are_back() throws Exception {
        if (!PoorJvm.isPossible()) {
            return; // another user cannot run this JDK, or this is not root
        }
        List<String> said = run(PoorPrograms.FirstStart.class);
        // A thread may have become free after the last one was taken, of the JVM or of another process of that user.
        // Then there was no lack.
        for (int more = 0; more < 5 && said.contains("poor 0 started"); more++) {
            said = run(PoorPrograms.FirstStart.class);
        }
        assertThat(said)
                .contains("out of threads", "poor 0 refused, idle", "ended Completed[iterations=3]", "closed")
                .noneMatch(line -> line.endsWith("refused, running"));
    }

    @Test
    void a_loop_that_first_waits_without_threads_goes_on() throws Exception {
        if (!PoorJvm.isPossible()) {
            return; // another user cannot run this JDK, or this is not root
        }
        assertThat(run(PoorPrograms.FirstWait.class))
                .contains(
                        "out of threads", "in need Completed[iterations=5]", "ended Completed[iterations=3]", "closed");
    }

    /** With one carrier. If the pool of carriers had room for more, it could lose threads of its own accord when it cannot fill it. */
    @Test
    void a_loop_that_never_waits_gives_way_without_threads_and_is_not_lost() throws Exception {
        if (!PoorJvm.isPossible()) {
            return; // another user cannot run this JDK, or this is not root
        }
        assertThat(run(PoorPrograms.GivesWay.class, "-Djdk.virtualThreadScheduler.parallelism=1"))
                .contains("out of threads", "in need ended", "ended Completed[iterations=3]", "closed");
    }

    @Test
    void cancel_and_close_do_their_work_without_threads() throws Exception {
        if (!PoorJvm.isPossible()) {
            return; // another user cannot run this JDK, or this is not root
        }
        assertThat(run(PoorPrograms.CancelAndClose.class))
                .contains(
                        "out of threads",
                        "ended Cancelled[iterations=0]",
                        "others closed",
                        "ended Completed[iterations=3]",
                        "closed");
    }
}
