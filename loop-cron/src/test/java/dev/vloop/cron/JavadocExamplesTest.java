package dev.vloop.cron;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.Schedule;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

/** The example of the Javadoc. Its {@code @snippet} tag names this region, and Javadoc fails if the texts differ. */
class JavadocExamplesTest {
    @Test
    void a_cron_expression_runs_on_working_days() {
        // @start region="working-days" :
        Schedule workingDaysAtNine = Cron.parse("0 9 * * MON-FRI", ZoneId.of("Europe/Berlin"));
        // @end
        assertThat(workingDaysAtNine.nextRuns(Instant.parse("2026-01-02T00:00:00Z"), 2)) // a Friday
                .containsExactly(Instant.parse("2026-01-02T08:00:00Z"), Instant.parse("2026-01-05T08:00:00Z"));
    }
}
