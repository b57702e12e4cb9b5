package dev.vloop.testkit.diagnosis;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vloop.testkit.Engine;
import dev.vloop.testkit.TestLimits;
import dev.vloop.testkit.TestLoops;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** The diagnoses of the COOPERATIVE engine. */
class CooperativeDiagnosisTest extends DiagnosisContract {
    @Override
    Engine engine() {
        return Engine.COOPERATIVE;
    }

    @Test
    void a_real_sleep_in_a_body() {
        TestLoops loops = builder().create();
        loops.loop("sleepy").every(MINUTE).start(it -> {
            if (it.index() == 1) {
                Thread.sleep(10_000);
            }
        });
        assertThatThrownBy(() -> loops.advance(MINUTE))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("real sleep: thread 'sleepy' sleeps in real time")
                .hasMessageContaining("at virtual time PT1M")
                .hasMessageFindingMatch(HERE)
                .hasMessageContaining("fix: sleep with iteration.sleep(..)")
                .hasMessageContaining(">>> 00:01:00");
        loops.close();
    }

    @Test
    void a_body_that_computes_without_end_and_is_deaf_does_not_keep_the_test() {
        TestLoops loops = TestLimits.stall(builder(), Duration.ofSeconds(1)).create();
        AtomicBoolean released = new AtomicBoolean();
        loops.loop("feed").every(MINUTE).start(it -> {
            while (it.index() == 1 && !released.get()) {
                Thread.onSpinWait();
            }
        });
        try {
            assertThatThrownBy(() -> loops.advance(MINUTE))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("spin: thread 'feed' goes on and on without letting time move in")
                    .hasMessageContaining("at virtual time PT1M, engine COOPERATIVE")
                    .hasMessageFindingMatch(HERE)
                    .hasMessageContaining("fix: let it wait with iteration.sleep(..)")
                    .hasMessageContaining(">>> 00:01:00");
            assertThatThrownBy(loops::close).hasMessageContaining("leak: 'feed' did not end when cancelled");
        } finally {
            released.set(true);
        }
    }
}
