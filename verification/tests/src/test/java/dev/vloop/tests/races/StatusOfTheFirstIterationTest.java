package dev.vloop.tests.races;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.Iteration;
import dev.vloop.LoopListener;
import dev.vloop.LoopState;
import dev.vloop.LoopStatus;
import dev.vloop.testkit.TestLoops;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class StatusOfTheFirstIterationTest {
    @Test
    @DisplayName("R35: the status is that of an iteration from its first event on, that of the first one included")
    void the_status_is_that_of_an_iteration_from_its_first_event_on() {
        List<LoopStatus> seen = new CopyOnWriteArrayList<>();
        LoopListener listener = new LoopListener() {
            @Override
            public void onIteration(Iteration iteration) {
                seen.add(iteration.loop().status());
            }
        };
        try (TestLoops loops = TestLoops.builder()
                .settings(settings -> settings.listener(listener))
                .create()) {
            loops.loop("l").every(Duration.ofSeconds(1)).count(2).start(iteration -> {});
            loops.advance(Duration.ofSeconds(1));
        }

        assertThat(seen).extracting(LoopStatus::state).containsExactly(LoopState.EXECUTING, LoopState.EXECUTING);
        assertThat(seen).extracting(LoopStatus::attempt).containsExactly(1, 1);
    }
}
