package dev.vloop.tests.races;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.Loop;
import dev.vloop.testkit.TestLoops;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class OverdueReportTest {
    @Test
    @DisplayName("R31, R37: a body deaf to its timeout is reported again and again, and nothing else begins meanwhile")
    void a_body_deaf_to_its_timeout_is_reported_again_and_again() {
        try (LogCapture log = new LogCapture();
                TestLoops loops = TestLoops.create()) {
            Loop loop = loops.loop("deaf")
                    .every(Duration.ofSeconds(1))
                    .timeout(Duration.ofSeconds(1))
                    .count(1)
                    .start(iteration -> Deaf.sleep(loops.clock(), Duration.ofSeconds(30)));
            loops.advance(Duration.ofSeconds(29));

            assertThat(log.messages())
                    .hasSize(2)
                    .allSatisfy(message -> assertThat(message)
                            .contains("loop 'deaf' has not ended", "after its timeout", "Deaf.sleep"));
            assertThat(loop.status().iterations()).isZero();
            assertThat(loop.status().attempt()).isOne();
        }
    }

    @Test
    @DisplayName("R37: a body deaf to its timeout, then cancelled, is not reported once it is over")
    void a_body_that_was_interrupted_twice_is_not_reported_once_it_is_over() {
        try (LogCapture log = new LogCapture();
                TestLoops loops = TestLoops.create()) {
            Loop loop = loops.loop("deaf")
                    .every(Duration.ofSeconds(1))
                    .timeout(Duration.ofSeconds(1))
                    .start(iteration -> Deaf.sleep(loops.clock(), Duration.ofMinutes(1)));
            loops.advance(Duration.ofSeconds(2));
            loop.cancel();
            loops.awaitEnd(loop);
            assertThat(log.messages()).isNotEmpty();
            log.clear();

            loops.advance(Duration.ofHours(1));

            assertThat(log.messages()).isEmpty();
        }
    }
}
