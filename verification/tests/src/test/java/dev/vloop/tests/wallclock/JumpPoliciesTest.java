package dev.vloop.tests.wallclock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.Loop;
import dev.vloop.LoopListener;
import dev.vloop.MissedSlots;
import dev.vloop.Schedule;
import dev.vloop.cron.Cron;
import dev.vloop.testkit.TestLoops;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("R19, R21 each policy for missed slots at each jump of the clock, for one loop and for ten thousand")
final class JumpPoliciesTest {
    private static final Schedule DAILY = Schedule.dailyAt(
            ZoneOffset.UTC,
            IntStream.range(0, 24).mapToObj(hour -> LocalTime.of(hour, 0)).toArray(LocalTime[]::new));
    private static final Schedule CRON = Cron.parse("0 0-23 * * *", ZoneOffset.UTC);

    private final List<Duration> jumps = new ArrayList<>();
    private final List<Loop> all = new ArrayList<>();
    private final TestLoops loops = TestLoops.builder()
            .startAt(Instant.parse("2026-03-10T08:30:00Z"))
            .settings(runtime -> runtime.listener(new LoopListener() {
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

    /** Hourly ones, by times of day and by cron in turn. */
    private void start(int count, Schedule first, MissedSlots policy) {
        for (int i = 0; i < count; i++) {
            Schedule other = first == DAILY ? CRON : DAILY;
            all.add(loops.loop("hourly-" + i)
                    .schedule(i % 2 == 0 ? first : other)
                    .missed(policy)
                    .start(it -> assertThat(it.now()).isAfterOrEqualTo(it.scheduledAt())));
        }
        loops.settle();
    }

    private void start(int count, String first, MissedSlots policy) {
        start(count, first.equals("cron") ? CRON : DAILY, policy);
    }

    private void assertEach(long iterations, long missed, String next) {
        assertThat(all)
                .allSatisfy(loop -> assertThat(loop.status())
                        .returns(iterations, status -> status.iterations())
                        .returns(missed, status -> status.missedSlots())
                        .returns(Instant.parse(next), status -> status.nextIteration()));
    }

    @ParameterizedTest(name = "{0} of {1}, {2}")
    @CsvSource({
        "1, daily, RUN_ONCE, 1, 7", "1, daily, SKIP, 0, 8", "1, daily, RUN_ALL, 8, 0",
        "1, cron, RUN_ONCE, 1, 7", "1, cron, SKIP, 0, 8", "1, cron, RUN_ALL, 8, 0",
        "10000, daily, RUN_ONCE, 1, 7", "10000, daily, SKIP, 0, 8", "10000, daily, RUN_ALL, 8, 0",
    })
    void the_machine_sleeps_for_eight_hours(int count, String first, MissedSlots policy, int runs, int missed) {
        start(count, first, policy);

        loops.suspend(Duration.ofHours(8));
        loops.settle();

        assertEach(runs, missed, "2026-03-10T17:00:00Z");
        assertThat(jumps).containsExactly(Duration.ofHours(8));
    }

    @ParameterizedTest(name = "{0} of {1}, {2}")
    @CsvSource({
        "1, daily, RUN_ONCE, 1, 23", "1, daily, SKIP, 0, 24", "1, daily, RUN_ALL, 24, 0",
        "1, cron, RUN_ONCE, 1, 23", "1, cron, SKIP, 0, 24", "1, cron, RUN_ALL, 24, 0",
        "10000, daily, RUN_ONCE, 1, 23", "10000, daily, SKIP, 0, 24", "10000, daily, RUN_ALL, 24, 0",
    })
    void the_clock_is_put_forward_a_day(int count, String first, MissedSlots policy, int runs, int missed) {
        start(count, first, policy);

        loops.moveWallClock(Duration.ofDays(1));
        loops.settle();

        assertEach(runs, missed, "2026-03-11T09:00:00Z");
        assertThat(jumps).containsExactly(Duration.ofDays(1));
    }

    @ParameterizedTest(name = "{0} of {1}, {2}")
    @CsvSource({
        "1, daily, RUN_ONCE", "1, daily, SKIP", "1, daily, RUN_ALL",
        "1, cron, RUN_ONCE", "1, cron, SKIP", "1, cron, RUN_ALL",
        "10000, daily, RUN_ONCE", "10000, daily, SKIP", "10000, daily, RUN_ALL",
    })
    void the_clock_is_put_back_an_hour(int count, String first, MissedSlots policy) {
        start(count, first, policy);
        loops.advance(Duration.ofMinutes(45)); // 09:15, the slot of 09:00 was run

        loops.moveWallClock(Duration.ofHours(-1)); // 08:15
        loops.advance(Duration.ofMinutes(90)); // 09:45, and 09:00 came a second time

        assertEach(1, 0, "2026-03-10T10:00:00Z");

        loops.advance(Duration.ofMinutes(15));
        assertEach(2, 0, "2026-03-10T11:00:00Z");
        assertThat(jumps).containsExactly(Duration.ofHours(-1));
    }
}
