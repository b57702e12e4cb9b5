package dev.vloop.tests.races;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.Loop;
import dev.vloop.testkit.TestLoops;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RestartOfARemovedLoopTest {
    @Test
    @DisplayName(
            "R2, R9: a loop that is restarted after its removal comes back under its name, although its old run had not ended yet")
    void a_restart_after_the_removal_is_not_lost() {
        try (TestLoops loops = TestLoops.create()) {
            Loop loop = slowToEnd(loops);
            loop.remove();
            loops.settle();
            loop.restart();
            loops.advance(Duration.ofSeconds(10));

            assertThat(loop.isRunning()).isTrue();
            assertThat(loops.find("l")).isSameAs(loop);
        }
    }

    @Test
    @DisplayName("R2, R9: a removal takes back a restart that has not come about")
    void a_removal_takes_back_a_restart() {
        try (TestLoops loops = TestLoops.create()) {
            Loop loop = slowToEnd(loops);
            loop.restart();
            loops.settle();
            loop.remove();
            loops.advance(Duration.ofSeconds(10));

            assertThat(loop.isRunning()).isFalse();
            assertThat(loops.find("l")).isNull();
        }
    }

    @Test
    @DisplayName("R2: a loop whose name was taken since does not come back by itself")
    void a_loop_whose_name_was_taken_does_not_come_back() {
        try (TestLoops loops = TestLoops.create()) {
            Loop loop = slowToEnd(loops);
            loop.remove();
            loop.restart();
            Loop other = loops.loop("l").every(Duration.ofSeconds(1)).start(iteration -> {});
            loops.advance(Duration.ofSeconds(10));

            assertThat(loop.isRunning()).isFalse();
            assertThat(loops.find("l")).isSameAs(other);
        }
    }

    private static Loop slowToEnd(TestLoops loops) {
        Loop loop = loops.loop("l")
                .every(Duration.ofSeconds(1))
                .afterLoop(end -> loops.clock().sleep(Duration.ofSeconds(5)))
                .start(iteration -> {});
        loops.settle();
        return loop;
    }
}
