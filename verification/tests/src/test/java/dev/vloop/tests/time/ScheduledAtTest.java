package dev.vloop.tests.time;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.Loop;
import dev.vloop.LoopEnd;
import dev.vloop.tests.support.VirtualTimeTest;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("R28: the slot of an iteration")
class ScheduledAtTest extends VirtualTimeTest {
    @Test
    void it_does_not_change_while_the_iteration_asks_for_it_again_and_again() {
        List<Instant> slots = new CopyOnWriteArrayList<>();
        Loop loop = loops.loop("job")
                .every(seconds(100))
                .backoff((failure, random) -> seconds(1))
                .count(1)
                .start(it -> {
                    slots.add(it.scheduledAt());
                    loops.moveWallClock(millis(300));
                    slots.add(it.scheduledAt());
                    slots.add(it.fork(it::scheduledAt).get());
                    if (it.attempt() == 1) {
                        throw new IOException("no network");
                    }
                });
        assertThat(loops.awaitEnd(loop)).isEqualTo(new LoopEnd.Completed(1));
        assertThat(slots).hasSize(6).containsOnly(ORIGIN);
    }
}
