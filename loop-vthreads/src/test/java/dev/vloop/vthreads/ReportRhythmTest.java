package dev.vloop.vthreads;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("R12: when a report is repeated")
class ReportRhythmTest {
    private static LongStream seconds(ReportRhythm rhythm) {
        return LongStream.generate(() -> rhythm.nextWait() / 1_000_000_000).limit(6);
    }

    @Test
    void is_after_waits_that_double_up_to_a_longest() {
        assertThat(seconds(new ReportRhythm())).containsExactly(5L, 10L, 20L, 40L, 60L, 60L);
        assertThat(seconds(new ReportRhythm(Duration.ofSeconds(1), Duration.ofSeconds(3))))
                .containsExactly(1L, 2L, 3L, 3L, 3L, 3L);
    }
}
