package dev.vloop;

import static dev.vloop.DailySchedule.Gap.AT_TRANSITION;
import static dev.vloop.DailySchedule.Gap.SKIPPED;
import static dev.vloop.DailySchedule.Overlap.BOTH;
import static dev.vloop.DailySchedule.Overlap.FIRST;
import static dev.vloop.Runs.NEW_YORK;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalTime;
import java.time.ZoneId;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("R17: daylight saving")
class DaylightSavingTest {
    private static final DailySchedule AT_0230 = Schedule.dailyAt(NEW_YORK, LocalTime.of(2, 30));
    private static final DailySchedule AT_0130 = Schedule.dailyAt(NEW_YORK, LocalTime.of(1, 30));

    @Test
    void a_time_in_a_gap_runs_moved_by_its_length() {
        assertThat(Runs.local(AT_0230, NEW_YORK, "2026-03-07T12:00", 2))
                .containsExactly("2026-03-08T03:30-04:00", "2026-03-09T02:30-04:00");
    }

    @Test
    void a_time_in_a_gap_runs_moved_when_the_run_starts_in_the_gaps_hour() {
        assertThat(Runs.local(AT_0230, NEW_YORK, "2026-03-08T03:10", 1)).containsExactly("2026-03-08T03:30-04:00");
    }

    @Test
    void a_time_in_a_gap_can_run_at_the_transition_or_not_at_all() {
        assertThat(Runs.local(AT_0230.inGap(AT_TRANSITION), NEW_YORK, "2026-03-07T12:00", 2))
                .containsExactly("2026-03-08T03:00-04:00", "2026-03-09T02:30-04:00");
        assertThat(Runs.local(AT_0230.inGap(SKIPPED), NEW_YORK, "2026-03-07T12:00", 1))
                .containsExactly("2026-03-09T02:30-04:00");
    }

    @Test
    void a_time_that_comes_twice_runs_at_the_second() {
        assertThat(Runs.local(AT_0130, NEW_YORK, "2026-10-31T12:00", 2))
                .containsExactly("2026-11-01T01:30-05:00", "2026-11-02T01:30-05:00");
    }

    @Test
    void a_time_that_comes_twice_can_run_at_the_first_or_at_both() {
        assertThat(Runs.local(AT_0130.inOverlap(FIRST), NEW_YORK, "2026-10-31T12:00", 2))
                .containsExactly("2026-11-01T01:30-04:00", "2026-11-02T01:30-05:00");
        assertThat(Runs.local(AT_0130.inOverlap(BOTH), NEW_YORK, "2026-10-31T12:00", 3))
                .containsExactly("2026-11-01T01:30-04:00", "2026-11-01T01:30-05:00", "2026-11-02T01:30-05:00");
    }

    @Test
    void a_time_that_a_gap_moves_over_midnight_comes_after_an_early_one_of_the_next_day() {
        ZoneId nuuk = ZoneId.of("America/Nuuk"); // from 23:00 to midnight
        Schedule both = Schedule.dailyAt(nuuk, Runs.times("23:45", "00:35"));
        assertThat(Runs.local(both, nuuk, "2026-03-28T12:00", 3))
                .containsExactly("2026-03-29T00:35-01:00", "2026-03-29T00:45-01:00", "2026-03-29T23:45-01:00");
    }

    @Test
    void two_times_that_a_gap_brings_together_run_once() {
        Schedule both = Schedule.dailyAt(NEW_YORK, Runs.times("02:30", "03:30"));
        assertThat(Runs.local(both, NEW_YORK, "2026-03-08T00:00", 2))
                .containsExactly("2026-03-08T03:30-04:00", "2026-03-09T02:30-04:00");
    }

    @Test
    void a_moved_time_takes_its_place_among_later_ones() {
        Schedule both = Schedule.dailyAt(NEW_YORK, Runs.times("02:30", "03:15"));
        assertThat(Runs.local(both, NEW_YORK, "2026-03-08T00:00", 3))
                .containsExactly("2026-03-08T03:15-04:00", "2026-03-08T03:30-04:00", "2026-03-09T02:30-04:00");
    }

    @Test
    void a_whole_day_that_is_skipped_runs_with_the_next_one() {
        ZoneId apia = ZoneId.of("Pacific/Apia");
        DailySchedule daily = Schedule.dailyAt(apia, LocalTime.of(9, 0));
        assertThat(Runs.local(daily, apia, "2011-12-29T00:00", 3))
                .containsExactly("2011-12-29T09:00-10:00", "2011-12-31T09:00+14:00", "2012-01-01T09:00+14:00");
        assertThat(Runs.local(daily.inGap(AT_TRANSITION), apia, "2011-12-29T12:00", 2))
                .containsExactly("2011-12-31T00:00+14:00", "2011-12-31T09:00+14:00");
    }

    @Test
    void midnight_in_a_gap_runs_at_the_start_of_the_day() {
        ZoneId saoPaulo = ZoneId.of("America/Sao_Paulo");
        assertThat(Runs.local(Schedule.dailyAt(saoPaulo, LocalTime.MIDNIGHT), saoPaulo, "2018-11-03T12:00", 2))
                .containsExactly("2018-11-04T01:00-02:00", "2018-11-05T00:00-02:00");
    }

    @Test
    void an_overlap_across_midnight_runs_the_evening_twice_when_asked() {
        ZoneId saoPaulo = ZoneId.of("America/Sao_Paulo");
        Schedule late = Schedule.dailyAt(saoPaulo, LocalTime.of(23, 30)).inOverlap(BOTH);
        assertThat(Runs.local(late, saoPaulo, "2018-02-17T12:00", 3))
                .containsExactly("2018-02-17T23:30-02:00", "2018-02-17T23:30-03:00", "2018-02-18T23:30-03:00");
    }

    @Test
    void half_an_hour_of_daylight_saving_moves_by_half_an_hour() {
        ZoneId lordHowe = ZoneId.of("Australia/Lord_Howe");
        assertThat(Runs.local(Schedule.dailyAt(lordHowe, LocalTime.of(2, 15)), lordHowe, "2026-10-03T12:00", 1))
                .containsExactly("2026-10-04T02:45+11:00");
    }

    @Test
    void negative_daylight_saving_is_a_change_like_any_other() {
        ZoneId dublin = ZoneId.of("Europe/Dublin");
        assertThat(Runs.local(Schedule.dailyAt(dublin, LocalTime.of(1, 30)), dublin, "2026-03-28T12:00", 1))
                .containsExactly("2026-03-29T02:30+01:00");
        assertThat(Runs.local(Schedule.dailyAt(dublin, LocalTime.of(1, 30)), dublin, "2026-10-24T12:00", 1))
                .containsExactly("2026-10-25T01:30Z");
    }
}
