package dev.vloop;

import static dev.vloop.Runs.NEW_YORK;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What discord.py's tests demand of times of day, and bugs that its users reported. */
@DisplayName("R16, R17: times of day as in discord.py")
class DiscordTimesTest {
    @Test
    void explicit_initial_runs_today_a_time_that_is_to_come() {
        Schedule daily = Schedule.dailyAt(ZoneOffset.UTC, LocalTime.of(18, 0, 0, 250_000_000));
        assertThat(Runs.of(daily, "2026-01-01T18:00:00Z", 1)).containsExactly("2026-01-01T18:00:00.250Z");
    }

    @Test
    void explicit_initial_runs_tomorrow_a_time_that_is_over() {
        Schedule daily = Schedule.dailyAt(ZoneOffset.UTC, LocalTime.of(17, 59));
        assertThat(Runs.of(daily, "2026-01-01T18:00:00Z", 1)).containsExactly("2026-01-02T17:59:00Z");
    }

    @Test
    void an_explicit_time_does_not_run_repeatedly() {
        Schedule daily = Schedule.dailyAt(ZoneOffset.UTC, LocalTime.of(18, 0));
        assertThat(Runs.of(daily, "2026-01-01T17:59:59.999Z", 3))
                .containsExactly("2026-01-01T18:00:00Z", "2026-01-02T18:00:00Z", "2026-01-03T18:00:00Z");
    }

    @Test
    void several_times_run_in_order_whatever_order_they_were_given_in() {
        Schedule daily = Schedule.dailyAt(ZoneOffset.UTC, Runs.times("22:00", "03:00", "14:00"));
        assertThat(Runs.of(daily, "2026-01-01T12:00:00Z", 4))
                .containsExactly(
                        "2026-01-01T14:00:00Z", "2026-01-01T22:00:00Z", "2026-01-02T03:00:00Z", "2026-01-02T14:00:00Z");
    }

    @Test
    void times_in_several_zones_never_pick_a_later_slot_before_an_earlier_one() {
        Schedule zones = Schedule.anyOf(
                Schedule.dailyAt(ZoneId.of("Asia/Tokyo"), LocalTime.of(1, 0)),
                Schedule.dailyAt(ZoneId.of("America/Los_Angeles"), LocalTime.of(23, 0)),
                Schedule.dailyAt(ZoneOffset.UTC, LocalTime.of(12, 0)));
        List<Instant> runs = zones.nextRuns(Instant.parse("2026-01-01T00:00:00Z"), 300);
        assertThat(runs).isSorted().doesNotHaveDuplicates();
        assertThat(runs.subList(0, 3))
                .containsExactly(
                        Instant.parse("2026-01-01T07:00:00Z"),
                        Instant.parse("2026-01-01T12:00:00Z"),
                        Instant.parse("2026-01-01T16:00:00Z"));
    }

    @ParameterizedTest(name = "{0}: {1} on {2} is {3}")
    @CsvSource({
        // is_ambiguous, is_imaginary and resolve_datetime of its tests
        "an ordinary one,  02:00, 2022-04-01, 2022-04-01T02:00-04:00",
        "the day before,   02:00, 2022-03-12, 2022-03-12T02:00-05:00",
        "an imaginary one, 02:00, 2022-03-13, 2022-03-13T03:00-04:00",
        "an imaginary one, 02:59, 2022-03-13, 2022-03-13T03:59-04:00",
        "right after it,   03:00, 2022-03-13, 2022-03-13T03:00-04:00",
        "an ambiguous one, 01:00, 2022-11-06, 2022-11-06T01:00-05:00",
        "an ambiguous one, 01:59, 2022-11-06, 2022-11-06T01:59-05:00",
        "right after it,   02:00, 2022-11-06, 2022-11-06T02:00-05:00",
    })
    void a_local_time_resolves_as_there(String what, String time, String day, String expected) {
        Schedule daily = Schedule.dailyAt(NEW_YORK, LocalTime.parse(time));
        assertThat(Runs.local(daily, NEW_YORK, day + "T00:00", 1)).as(what).containsExactly(expected);
    }
}
