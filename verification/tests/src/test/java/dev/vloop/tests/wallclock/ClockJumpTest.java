package dev.vloop.tests.wallclock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.Loop;
import dev.vloop.LoopBuilder;
import dev.vloop.LoopListener;
import dev.vloop.MissedSlots;
import dev.vloop.testkit.TestLoops;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("R19 a loop that follows the wall clock, when that jumps")
final class ClockJumpTest {
    private final List<String> log = new ArrayList<>();
    private final List<Duration> jumps = new ArrayList<>();
    private final TestLoops loops = TestLoops.builder()
            .startAt(Instant.parse("2026-03-10T08:30:00Z"))
            .settings(runtime -> runtime.listener(new LoopListener() {
                @Override
                public void onMissed(Loop loop, long slots, Instant first) {
                    log.add("missed " + slots + " from " + first);
                }

                @Override
                public void onClockJump(Duration jump) {
                    jumps.add(jump);
                }
            }))
            .create();

    @AfterEach
    void close() {
        loops.close();
    }

    private LoopBuilder hourly(MissedSlots policy) {
        LocalTime[] hours = new LocalTime[24];
        for (int hour = 0; hour < 24; hour++) {
            hours[hour] = LocalTime.of(hour, 0);
        }
        return loops.loop("hourly").dailyAt(ZoneOffset.UTC, hours).missed(policy);
    }

    private Loop start(LoopBuilder builder) {
        return builder.start(it -> log.add(it.scheduledAt() + " at " + it.now()));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "RUN_ONCE | missed 7 from 2026-03-10T09:00:00Z; 2026-03-10T16:00:00Z at 2026-03-10T16:30:00Z;"
                        + " 2026-03-10T17:00:00Z at 2026-03-10T17:00:00Z",
                "SKIP | missed 8 from 2026-03-10T09:00:00Z; 2026-03-10T17:00:00Z at 2026-03-10T17:00:00Z"
            })
    void notices_that_the_machine_slept_for_eight_hours(MissedSlots policy, String expected) {
        start(hourly(policy));
        loops.settle();

        loops.moveWallClock(Duration.ofHours(8)); // a suspend: the wall clock went on, the monotonic one did not
        loops.advance(Duration.ofMinutes(30));

        assertThat(log).containsExactly(expected.split("; "));
        assertThat(jumps).containsExactly(Duration.ofHours(8));
    }

    @Test
    void runs_all_that_it_slept_through_if_it_is_to() {
        start(hourly(MissedSlots.RUN_ALL));
        loops.settle();

        loops.moveWallClock(Duration.ofHours(8));
        loops.settle();

        assertThat(log).hasSize(8).allMatch(run -> run.endsWith("at 2026-03-10T16:30:00Z"));
        assertThat(log.getFirst()).startsWith("2026-03-10T09:00:00Z");
        assertThat(log.getLast()).startsWith("2026-03-10T16:00:00Z");
    }

    @Test
    void runs_no_slot_that_is_later_than_it_may_be() {
        Loop loop = start(hourly(MissedSlots.RUN_ALL).maxLateness(Duration.ofHours(2)));
        loops.settle();

        loops.moveWallClock(Duration.ofHours(8));
        loops.settle();

        assertThat(log)
                .containsExactly(
                        "missed 6 from 2026-03-10T09:00:00Z",
                        "2026-03-10T15:00:00Z at 2026-03-10T16:30:00Z",
                        "2026-03-10T16:00:00Z at 2026-03-10T16:30:00Z");
        assertThat(loop.status().missedSlots()).isEqualTo(6);
    }

    @ParameterizedTest
    @ValueSource(strings = {"RUN_ONCE", "SKIP", "RUN_ALL"})
    void repeats_no_slot_when_the_clock_is_put_back_an_hour(MissedSlots policy) {
        start(hourly(policy));
        loops.advance(Duration.ofMinutes(45)); // 09:15, the slot of 09:00 was run

        loops.moveWallClock(Duration.ofHours(-1)); // 08:15
        loops.advance(Duration.ofHours(2)); // 10:15

        assertThat(log)
                .containsExactly(
                        "2026-03-10T09:00:00Z at 2026-03-10T09:00:00Z", "2026-03-10T10:00:00Z at 2026-03-10T10:00:00Z");
    }

    @Test
    void waits_no_longer_and_no_shorter_after_the_clock_was_put_back() {
        start(hourly(MissedSlots.RUN_ONCE));
        loops.advance(Duration.ofMinutes(15)); // 08:45, and 15 minutes to the slot of 09:00

        loops.moveWallClock(Duration.ofHours(-3)); // 05:45
        loops.advance(Duration.ofMinutes(14));
        assertThat(log).isEmpty();

        loops.advance(Duration.ofMinutes(1));
        assertThat(log).containsExactly("2026-03-10T06:00:00Z at 2026-03-10T06:00:00Z");
    }

    @Test
    void does_not_care_if_it_keeps_an_interval() {
        loops.loop("interval").every(Duration.ofMinutes(20)).start(it -> log.add("at " + loops.elapsed()));
        loops.advance(Duration.ofMinutes(10));

        loops.moveWallClock(Duration.ofHours(8));
        loops.advance(Duration.ofMinutes(10));
        loops.moveWallClock(Duration.ofHours(-16));
        loops.advance(Duration.ofMinutes(20));

        assertThat(log).containsExactly("at PT0S", "at PT20M", "at PT40M");
    }

    @Test
    void shows_the_next_interval_slot_on_the_changed_clock() {
        Loop loop = loops.loop("interval").every(Duration.ofMinutes(20)).start(it -> {});
        loops.settle();
        assertThat(loop.nextIteration()).isEqualTo(Instant.parse("2026-03-10T08:50:00Z"));

        loops.moveWallClock(Duration.ofHours(2));

        assertThat(loop.nextIteration()).isEqualTo(Instant.parse("2026-03-10T10:50:00Z"));
    }

    @Test
    void runs_a_slot_that_the_clock_was_put_to_exactly() {
        start(hourly(MissedSlots.SKIP));
        loops.settle();

        loops.moveWallClock(Duration.ofMinutes(30));
        loops.settle();

        assertThat(log).containsExactly("2026-03-10T09:00:00Z at 2026-03-10T09:00:00Z");
    }
}
