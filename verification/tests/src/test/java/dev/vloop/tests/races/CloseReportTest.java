package dev.vloop.tests.races;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.LoopRuntime;
import dev.vloop.testkit.TestLoops;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CloseReportTest {
    @Test
    @DisplayName("R12: close reports a body that is deaf to interrupts, with where it is, again and again")
    void close_reports_a_deaf_body_with_where_it_is_again_and_again() {
        List<String> messages = whileClosing(loops -> loops.loop("deaf")
                .every(Duration.ofSeconds(1))
                .start(iteration -> Deaf.sleep(loops.clock(), Duration.ofSeconds(31))));

        assertThat(messages).hasSize(2);
        assertThat(messages.get(0)).contains("has waited 5 s for loop 'deaf'", "Deaf.sleep");
        assertThat(messages.get(1)).contains("has waited 15 s for loop 'deaf'", "Deaf.sleep");
    }

    @Test
    @DisplayName("R12, R32: close reports a fork that is deaf to interrupts, with where it is")
    void close_reports_a_deaf_fork_with_where_it_is() {
        List<String> messages = whileClosing(loops -> loops.loop("forks")
                .every(Duration.ofSeconds(1))
                .start(iteration -> iteration.fork(() -> {
                    Deaf.sleep(loops.clock(), Duration.ofSeconds(10));
                    return 1;
                })));

        assertThat(messages).singleElement().asString().contains("loop 'forks'", "forks/fork-1", "Deaf.sleep");
    }

    @Test
    @DisplayName("R12, R22: close reports an overlapping iteration that is deaf to interrupts, with where it is")
    void close_reports_a_deaf_overlapping_iteration_with_where_it_is() {
        List<String> messages = whileClosing(loops -> loops.loop("lanes")
                .every(Duration.ofSeconds(1))
                .maxConcurrent(2)
                .start(iteration -> Deaf.sleep(loops.clock(), Duration.ofSeconds(10))));

        assertThat(messages).singleElement().asString().contains("loop 'lanes'", "lanes/iteration-0", "Deaf.sleep");
    }

    /** What a test does to a runtime before it is closed. */
    private interface Scene {
        void play(LoopRuntime loops);
    }

    private static List<String> whileClosing(Scene scene) {
        try (LogCapture log = new LogCapture()) {
            TestLoops loops = TestLoops.create();
            scene.play(loops);
            loops.settle();
            loops.runtime().close();
            return log.messages();
        }
    }
}
