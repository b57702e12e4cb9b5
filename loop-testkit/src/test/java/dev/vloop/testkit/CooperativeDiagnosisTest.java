package dev.vloop.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
            if (it.index() == 1) Thread.sleep(10_000);
        });
        assertThatThrownBy(() -> loops.advance(MINUTE))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("real sleep: thread 'sleepy' sleeps in real time")
                .hasMessageContaining("at virtual time PT1M")
                .hasMessageFindingMatch(HERE)
                .hasMessageContaining("mend: sleep with iteration.sleep(..)")
                .hasMessageContaining(">>> 00:01:00");
        loops.close();
    }
}
