package dev.vloop.tests.races;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.Loop;
import dev.vloop.LoopEnd;
import dev.vloop.LoopFailure;
import dev.vloop.testkit.TestLoops;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CancelDuringReactionTest {
    @Test
    @DisplayName("R6: a cancel that interrupts the user's backoff is a cancellation, not a failure")
    void a_cancel_that_interrupts_the_users_backoff_is_a_cancellation() throws Exception {
        List<LoopFailure> heard = new CopyOnWriteArrayList<>();
        try (TestLoops loops = TestLoops.create()) {
            Loop loop = loops.loop("l")
                    .every(Duration.ofSeconds(1))
                    .backoff((failure, random) -> askServer(loops))
                    .onFailure(heard::add)
                    .start(iteration -> {
                        throw new IOException("no network");
                    });
            loops.settle();
            loop.cancel();
            loops.settle();

            assertThat(loop.join(Duration.ZERO)).isInstanceOf(LoopEnd.Cancelled.class);
            assertThat(heard).isEmpty();
        }
    }

    private static Duration askServer(TestLoops loops) {
        try {
            loops.clock().sleep(Duration.ofHours(1));
            return Duration.ZERO;
        } catch (InterruptedException e) {
            throw new IllegalStateException("cut short", e);
        }
    }
}
