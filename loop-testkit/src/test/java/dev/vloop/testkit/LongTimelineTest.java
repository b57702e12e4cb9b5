package dev.vloop.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.testkit.TimelineEntry.What;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A timeline of more events than are kept")
class LongTimelineTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void has_the_last_ten_thousand_once_each_and_in_order() {
        try (TestLoops loops = TestLoops.create()) {
            loops.loop("job").every(SECOND).count(6_000).start(it -> {});
            loops.advance(SECOND.multipliedBy(6_000));
            Timeline timeline = loops.timeline();
            List<TimelineEntry> entries = timeline.entries();

            // a start, 6,000 begins, 6,000 successes and an end
            assertThat(timeline.forgotten()).isEqualTo(2_002);
            assertThat(entries).hasSize(10_000).doesNotHaveDuplicates();
            for (int i = 0; i < 9_999; i++) {
                long event = 2_002L + i;
                assertThat(entries.get(i).iteration()).isEqualTo((event - 1) / 2);
                assertThat(entries.get(i).what()).isEqualTo(event % 2 == 1 ? What.ITERATION : What.SUCCESS);
            }
            assertThat(entries).last().extracting(TimelineEntry::what).isEqualTo(What.END);
        }
    }

    @Test
    void has_all_as_long_as_they_fit() {
        try (TestLoops loops = TestLoops.create()) {
            loops.loop("job").every(SECOND).count(4_999).start(it -> {});
            loops.advance(SECOND.multipliedBy(5_000));
            Timeline timeline = loops.timeline();
            assertThat(timeline.forgotten()).isZero();
            assertThat(timeline.entries()).hasSize(10_000).doesNotHaveDuplicates();
            assertThat(timeline.entries())
                    .first()
                    .extracting(TimelineEntry::what)
                    .isEqualTo(What.START);
        }
    }
}
