package dev.vloop.cron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vloop.DailySchedule.Gap;
import dev.vloop.DailySchedule.Overlap;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("R18: cron expressions")
@NullUnmarked // nulls are passed to see them refused
class CronTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private static List<String> runs(String expression, int n) {
        return Cron.parse(expression, ZoneOffset.UTC).nextRuns(START, n).stream()
                .map(Instant::toString)
                .toList();
    }

    @ParameterizedTest(name = "{0}: {1}, {2}")
    @CsvSource(
            delimiter = ';',
            value = {
                "* * * * *        ; 2026-01-01T00:00:00Z; 2026-01-01T00:01:00Z",
                "30 9 * * MON-FRI ; 2026-01-01T09:30:00Z; 2026-01-02T09:30:00Z",
                "0 0 * * sat,sun  ; 2026-01-03T00:00:00Z; 2026-01-04T00:00:00Z",
                "0 0 * * FRI-MON  ; 2026-01-02T00:00:00Z; 2026-01-03T00:00:00Z",
                "0 0 * * 0-7      ; 2026-01-01T00:00:00Z; 2026-01-02T00:00:00Z",
                "0 0 * * 0-7/2    ; 2026-01-01T00:00:00Z; 2026-01-03T00:00:00Z",
                "0 0 * * 5-7      ; 2026-01-02T00:00:00Z; 2026-01-03T00:00:00Z",
                "0 0 * * 7-2/2    ; 2026-01-04T00:00:00Z; 2026-01-06T00:00:00Z",
                "0 0 * * SAT-SUN  ; 2026-01-03T00:00:00Z; 2026-01-04T00:00:00Z",
                "0 0 * * SUN-MON  ; 2026-01-04T00:00:00Z; 2026-01-05T00:00:00Z",
                "0 0 * * 7        ; 2026-01-04T00:00:00Z; 2026-01-11T00:00:00Z",
                "0 0 * * 0        ; 2026-01-04T00:00:00Z; 2026-01-11T00:00:00Z",
                "*/20 5 * * *     ; 2026-01-01T05:00:00Z; 2026-01-01T05:20:00Z",
                "5/20 5 * * *     ; 2026-01-01T05:05:00Z; 2026-01-01T05:25:00Z",
                "0 9-17/4 * * *   ; 2026-01-01T09:00:00Z; 2026-01-01T13:00:00Z",
                "0 22-2/2 * * *   ; 2026-01-01T00:00:00Z; 2026-01-01T02:00:00Z",
                "0 0 1 JAN,JUL *  ; 2026-01-01T00:00:00Z; 2026-07-01T00:00:00Z",
                "0 0 1 NOV-JAN *  ; 2026-01-01T00:00:00Z; 2026-11-01T00:00:00Z",
                "0 0 1 11-3/2 *   ; 2026-01-01T00:00:00Z; 2026-03-01T00:00:00Z",
                "0 0 30-2 * *     ; 2026-01-01T00:00:00Z; 2026-01-02T00:00:00Z",
                "0 0 30-2/2 1 *   ; 2026-01-01T00:00:00Z; 2026-01-30T00:00:00Z",
                "0 0 29-3/4 1 *   ; 2026-01-02T00:00:00Z; 2026-01-29T00:00:00Z",
                "58/1 5 * * *     ; 2026-01-01T05:58:00Z; 2026-01-01T05:59:00Z",
                "7-8/1 5 * * *    ; 2026-01-01T05:07:00Z; 2026-01-01T05:08:00Z",
                "*/1 * * * *      ; 2026-01-01T00:00:00Z; 2026-01-01T00:01:00Z",
                "0 0 * * SUNL     ; 2026-01-25T00:00:00Z; 2026-02-22T00:00:00Z",
                "0 0 * * 0L       ; 2026-01-25T00:00:00Z; 2026-02-22T00:00:00Z",
                "0 0 * * THU#1    ; 2026-01-01T00:00:00Z; 2026-02-05T00:00:00Z",
                "0 0 L * ?        ; 2026-01-31T00:00:00Z; 2026-02-28T00:00:00Z",
                "0 0 L-3 * *      ; 2026-01-28T00:00:00Z; 2026-02-25T00:00:00Z",
                "0 0 LW * *       ; 2026-01-30T00:00:00Z; 2026-02-27T00:00:00Z",
                "0 0 1W * *       ; 2026-01-01T00:00:00Z; 2026-02-02T00:00:00Z",
                "0 0 15W * *      ; 2026-01-15T00:00:00Z; 2026-02-16T00:00:00Z",
                "0 0 31W * *      ; 2026-01-30T00:00:00Z; 2026-03-31T00:00:00Z",
                "0 0 ? * FRI#2    ; 2026-01-09T00:00:00Z; 2026-02-13T00:00:00Z",
                "0 0 * * FRI#5    ; 2026-01-30T00:00:00Z; 2026-05-29T00:00:00Z",
                "0 0 * * 5L       ; 2026-01-30T00:00:00Z; 2026-02-27T00:00:00Z",
                "0 0 * * FRIL     ; 2026-01-30T00:00:00Z; 2026-02-27T00:00:00Z",
                "0 0 13 * FRI     ; 2026-01-02T00:00:00Z; 2026-01-09T00:00:00Z",
                "0 0 29 2 *       ; 2028-02-29T00:00:00Z; 2032-02-29T00:00:00Z",
                "0 0 * 2 MON#5    ; 2044-02-29T00:00:00Z; 2072-02-29T00:00:00Z",
                "15 30 9 * * *    ; 2026-01-01T09:30:15Z; 2026-01-02T09:30:15Z",
                "*/25 * * * * *   ; 2026-01-01T00:00:00Z; 2026-01-01T00:00:25Z",
                "@yearly          ; 2026-01-01T00:00:00Z; 2027-01-01T00:00:00Z",
                "@monthly         ; 2026-01-01T00:00:00Z; 2026-02-01T00:00:00Z",
                "@weekly          ; 2026-01-04T00:00:00Z; 2026-01-11T00:00:00Z",
                "@annually        ; 2026-01-01T00:00:00Z; 2027-01-01T00:00:00Z",
                "@midnight        ; 2026-01-01T00:00:00Z; 2026-01-02T00:00:00Z",
                "@Daily           ; 2026-01-01T00:00:00Z; 2026-01-02T00:00:00Z",
                "@hourly          ; 2026-01-01T00:00:00Z; 2026-01-01T01:00:00Z",
            })
    void an_expression_names_its_slots(String expression, String first, String second) {
        assertThat(runs(expression, 2)).containsExactly(first, second);
    }

    @Test
    void a_slot_does_not_come_again() {
        Instant slot = Instant.parse("2026-01-01T09:00:00Z");
        Cron cron = Cron.parse("0 9 * * *", ZoneOffset.UTC);
        assertThat(cron.nextAfter(slot)).isEqualTo(slot.plusSeconds(86_400));
        assertThat(cron.nextAfter(slot.minusNanos(1))).isEqualTo(slot);
        assertThat(cron.nextAfter(slot.plusNanos(1))).isEqualTo(slot.plusSeconds(86_400));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "0 25 * * *   ; position 2, hour '25'",
                "61 * * * *   ; position 0, minute '61'",
                "0 0 32 * *   ; position 4, day of month '32'",
                "0 0 * FOO *  ; position 6, month 'FOO'",
                "0 0 * * 8    ; position 8, day of week '8'",
                "0 0 * * L    ; position 8, day of week 'L'",
                "0 0 * * MON#0; position 8, day of week 'MON#0'",
                "0 0 * * MON#6; position 8, day of week 'MON#6'",
                "*/0 * * * *  ; position 0, minute '*/0'",
                "1,,2 * * * * ; position 0, minute '1,,2'",
                "0 0 0 0 0 0 0; must have five fields, or six with seconds, but has 7",
                "* * * *      ; must have five fields, or six with seconds, but has 4",
                "@reboot      ; is not a known name",
                "0 0 30 2 *   ; is never due",
                "0 0 31 4,6 ? ; is never due",
            })
    void a_wrong_expression_is_refused_where_it_is_wrong(String expression, String where) {
        assertThatThrownBy(() -> Cron.parse(expression, ZoneOffset.UTC))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("cron expression '" + expression + "' ")
                .hasMessageContaining(where);
    }

    @Test
    void nothing_and_null_are_refused() {
        assertThatThrownBy(() -> Cron.parse(" ", ZoneOffset.UTC)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Cron.parse(null, ZoneOffset.UTC)).hasMessage("expression must not be null");
        assertThatThrownBy(() -> Cron.parse("* * * * *", null)).hasMessage("zone must not be null");
    }

    @Test
    void an_expression_ends_where_dates_end_and_works_from_where_they_begin() {
        Cron cron = Cron.parse("0 9 * * *", ZoneOffset.UTC);
        assertThat(cron.nextAfter(Instant.MAX)).isNull();
        assertThat(cron.nextAfter(Instant.MIN)).isNotNull();
    }

    @Test
    void an_expression_says_what_it_is_and_can_be_compared() {
        ZoneId berlin = ZoneId.of("Europe/Berlin");
        assertThat(Cron.parse("0 9 * * *", berlin))
                .isEqualTo(Cron.parse("0 9 * * *", berlin))
                .hasSameHashCodeAs(Cron.parse("0 9 * * *", berlin))
                .isNotEqualTo(Cron.parse("0 9 * * *", ZoneOffset.UTC))
                .doesNotHaveSameHashCodeAs(Cron.parse("0 9 * * *", ZoneOffset.UTC))
                .hasToString("cron(0 9 * * *, Europe/Berlin)");
        assertThat(Cron.parse("0 9 * * *", berlin).zones()).containsExactly(berlin);
    }

    @Test
    void each_policy_keeps_the_other_and_makes_another_schedule() {
        Cron plain = Cron.parse("30 2 * * *", ZoneId.of("Europe/Berlin"));
        Cron both = plain.inGap(Gap.SKIPPED).inOverlap(Overlap.FIRST);
        assertThat(both)
                .isEqualTo(plain.inOverlap(Overlap.FIRST).inGap(Gap.SKIPPED))
                .hasToString("cron(30 2 * * *, Europe/Berlin).inGap(SKIPPED).inOverlap(FIRST)");
        assertThat(List.of(
                        plain,
                        plain.inGap(Gap.SKIPPED),
                        plain.inOverlap(Overlap.FIRST),
                        both,
                        Cron.parse("31 2 * * *", ZoneId.of("Europe/Berlin"))))
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "30 * * * *, 05:30 06:30 07:30",
        "30 */1 * * *, 05:30 06:30 07:30",
        "30 1/12 * * *, 05:30 06:30 18:30",
        "0/30 1 * * *, 05:00 05:30 06:00",
        "30 1-2 * * *, 06:30 07:30 06:30",
        "30 1 * * 0, 06:30 06:30 06:30"
    })
    void a_star_or_a_step_in_the_hour_or_the_minute_runs_in_both_of_two_hours_of_one_name(
            String expression, String times) {
        List<String> runs = Cron.parse(expression, ZoneId.of("America/New_York"))
                .nextRuns(Instant.parse("2026-11-01T05:00:00Z"), 3)
                .stream()
                .map(run -> run.toString().substring(11, 16))
                .toList();
        assertThat(String.join(" ", runs)).isEqualTo(times);
    }

    @Test
    void an_expression_is_composed_like_any_schedule() {
        Cron seconds = Cron.parse("* * * * * *", ZoneOffset.UTC);
        assertThat(seconds.exceptOn(ZoneOffset.UTC, day -> day.isBefore(LocalDate.of(2026, 6, 1)))
                        .nextRuns(START, 1))
                .as("passes over months of seconds at once")
                .containsExactly(Instant.parse("2026-06-01T00:00:00Z"));
        assertThat(Cron.parse("0 9 * * *", ZoneOffset.UTC)
                        .jitter(Duration.ofHours(1), "shard-1")
                        .nextRuns(START, 100))
                .hasSize(100)
                .isSorted();
    }
}
