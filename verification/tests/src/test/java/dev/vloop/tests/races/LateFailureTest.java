package dev.vloop.tests.races;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.Loop;
import dev.vloop.LoopEnd;
import dev.vloop.testkit.TestLoops;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LateFailureTest {
    @Test
    @DisplayName("R30, R32: what a fork throws after its body has failed is attached to the body's failure")
    void what_an_abandoned_fork_throws_is_attached_to_the_failure_of_the_body() {
        try (TestLoops loops = TestLoops.create()) {
            Loop loop = loops.loop("l").every(Duration.ofHours(1)).start(iteration -> {
                iteration.fork(() -> {
                    try {
                        loops.clock().sleep(Duration.ofHours(1));
                    } catch (InterruptedException e) {
                        throw new AssertionError("while it cleaned up", e);
                    }
                    return null;
                });
                iteration.sleep(Duration.ofSeconds(1));
                throw new IllegalStateException("the body");
            });

            LoopEnd.Failed end = (LoopEnd.Failed) loops.awaitEnd(loop);

            assertThat(end.cause()).hasMessage("the body");
            assertThat(end.cause().getSuppressed())
                    .singleElement()
                    .satisfies(late -> assertThat(late).hasMessage("while it cleaned up"));
        }
    }
}
