package dev.vloop.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.Schedule;
import dev.vloop.cron.Cron;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

/** Fails when the text of a schedule changes: then the page would show it as it is. */
class ScheduleWordsTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Schedule MINUTES = Schedule.every(Duration.ofMinutes(5));

    private static void says(String words, Schedule schedule) {
        assertThat(ScheduleWords.of(schedule)).isEqualTo(words);
    }

    @Test
    void intervals() {
        says("every second", Schedule.every(Duration.ofSeconds(1)));
        says("every 5 minutes", MINUTES);
        says("every 90 minutes", Schedule.every(Duration.ofMinutes(90)));
        says("every 2 days", Schedule.every(Duration.ofDays(2)));
        says("every 1.5 s", Schedule.every(Duration.ofMillis(1500)));
        says("every 250 ms", Schedule.every(Duration.ofMillis(250)));
        says("10 seconds after each iteration", Schedule.fixedDelay(Duration.ofSeconds(10)));
    }

    @Test
    void times_of_day() {
        says(
                "daily at 09:00, 17:30 (Europe/Berlin)",
                Schedule.dailyAt(BERLIN, LocalTime.of(17, 30), LocalTime.of(9, 0)));
        says(
                "Mon, Thu at 09:00 (Z)",
                Schedule.dailyAt(ZoneOffset.UTC, LocalTime.of(9, 0)).onDays(DayOfWeek.MONDAY, DayOfWeek.THURSDAY));
        says(
                "weekdays at 09:00 (Z)",
                Schedule.dailyAt(ZoneOffset.UTC, LocalTime.of(9, 0))
                        .onDays(
                                DayOfWeek.MONDAY,
                                DayOfWeek.TUESDAY,
                                DayOfWeek.WEDNESDAY,
                                DayOfWeek.THURSDAY,
                                DayOfWeek.FRIDAY));
        says(
                "day last, 1, 15 of the month at 09:00 (Z)",
                Schedule.dailyAt(ZoneOffset.UTC, LocalTime.of(9, 0))
                        .onDaysOfMonth(1, 15, -1)
                        .inGap(dev.vloop.DailySchedule.Gap.SKIPPED));
    }

    @Test
    void cron_expressions() {
        says("cron 0 3 * * MON-FRI (Europe/Berlin)", Cron.parse("0 3 * * MON-FRI", BERLIN));
        says("cron 0,30 9-17 * * * (Z)", Cron.parse("0,30 9-17 * * *", ZoneOffset.UTC));
    }

    @Test
    void others_and_what_is_made_of_them() {
        Instant at = Instant.parse("2030-01-01T00:00:00Z");
        says("once, at 2030-01-01T00:00:00Z", Schedule.once(at));
        says("only when triggered", Schedule.never());
        says("every 5 minutes, at most 3 times", MINUTES.limitedTo(3));
        says("every 5 minutes, until 2030-01-01T00:00:00Z", MINUTES.until(at));
        says("every 5 minutes, from 2030-01-01T00:00:00Z on", MINUTES.startingAt(at));
        says("every 5 minutes, 30 seconds later", MINUTES.shiftedBy(Duration.ofSeconds(30)));
        says("every 5 minutes, up to 30 seconds later", MINUTES.jitter(Duration.ofSeconds(30), "a"));
        says("every 5 minutes, except on some days", MINUTES.exceptOn(BERLIN, day -> false));
        says("every 5 minutes, only on some days", MINUTES.onlyOn(BERLIN, day -> true));
        says(
                "every 5 minutes, between 20:00 and 07:00 (Z)",
                MINUTES.between(ZoneOffset.UTC, LocalTime.of(20, 0), LocalTime.of(7, 0)));
        says(
                "every 5 minutes; and daily at 09:00 (Z)",
                Schedule.anyOf(MINUTES, Schedule.dailyAt(ZoneOffset.UTC, LocalTime.of(9, 0))));
    }

    @Test
    void one_s_own() {
        says("own schedule in ScheduleWordsTest", at -> null);
        says("every full moon", own("every full moon"));
        says("every(soon)", own("every(soon)"));
        says("every((", own("every(("));
        says("", own(""));
        says("every(PT1S)?", own("every(PT1S)?"));
    }

    @Test
    void a_text_as_deep_as_a_schedule_can_have_is_shown_as_it_is_or_in_words() {
        String deep = "anyOf(".repeat(1_100) + "never()" + ")".repeat(1_100);
        assertThat(ScheduleWords.of(own(deep))).isNotEmpty().hasSizeLessThan(302);
    }

    private static Schedule own(String text) {
        return new Schedule() {
            @Override
            public Instant next(dev.vloop.SlotContext at) {
                return null;
            }

            @Override
            public String toString() {
                return text;
            }
        };
    }
}
