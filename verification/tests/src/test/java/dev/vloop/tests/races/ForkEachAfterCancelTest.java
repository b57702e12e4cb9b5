package dev.vloop.tests.races;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.testkit.TestLoops;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ForkEachAfterCancelTest {
    @Test
    @DisplayName("R6, R32: forkEach in a body that has swallowed a cancel says that it was interrupted")
    void forkEach_in_a_body_that_has_swallowed_a_cancel_says_that_it_was_interrupted() {
        List<Throwable> thrown = new CopyOnWriteArrayList<>();
        try (TestLoops loops = TestLoops.create()) {
            loops.loop("l").every(Duration.ofSeconds(1)).start(iteration -> {
                iteration.loop().cancel();
                assertThat(Thread.interrupted()).isTrue();
                try {
                    iteration.forkEach(List.of(1, 2), item -> {});
                } catch (Throwable e) {
                    thrown.add(e);
                }
            });
            loops.settle();
        }

        assertThat(thrown).singleElement().isInstanceOf(InterruptedException.class);
    }
}
