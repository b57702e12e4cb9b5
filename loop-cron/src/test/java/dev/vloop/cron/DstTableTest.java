package dev.vloop.cron;

import static org.assertj.core.api.Assertions.assertThat;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import dev.vloop.DailySchedule.Gap;
import dev.vloop.DailySchedule.Overlap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.scheduling.support.CronExpression;

@NullUnmarked // the libraries do not say where they return null
@DisplayName("R17, R18: cron and daylight saving")
class DstTableTest {
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
    private static final Path DOCUMENT = Path.of("..", "docs", "dst.md");

    /** Finds the slots that a library has for an expression in a span of time. */
    private interface Library {
        UnaryOperator<ZonedDateTime> slots(String expression) throws ParseException;
    }

    /**
     * A row of the table.
     *
     * @param rule what Vixie's cron does
     */
    private record Row(String what, String rule, String expression, String from, String to) {}

    private static final List<Row> ROWS = List.of(
            new Row("skipped: daily 02:30", "once", "30 2 * * *", "2026-03-08T00:00", "2026-03-09T00:00"),
            new Row("skipped: every 30 min", "3 times", "*/30 * * * *", "2026-03-08T01:30", "2026-03-08T03:31"),
            new Row("twice: daily 01:30", "once", "30 1 * * *", "2026-11-01T00:00", "2026-11-02T00:00"),
            new Row("twice: every 30 min", "4 times", "*/30 * * * *", "2026-11-01T01:00", "2026-11-01T02:00"),
            new Row("30 February", "never", "0 0 30 2 *", "2026-01-01T00:00", "2126-01-01T00:00"));

    private static final Map<String, Library> LIBRARIES = new LinkedHashMap<>();

    static {
        LIBRARIES.put("Vloop", expression -> slots(Cron.parse(expression, NEW_YORK)));
        LIBRARIES.put("Spring 6.2.8", expression -> CronExpression.parse("0 " + expression)::next);
        LIBRARIES.put("cron-utils 9.2.1", DstTableTest::cronUtils);
        LIBRARIES.put("Quartz 2.5.0", DstTableTest::quartz);
        LIBRARIES.put(
                "ch.eitchnet:cron 1.6.2", expression -> new fc.cron.CronExpression(expression, false)::nextTimeAfter);
    }

    @Test
    void the_table_in_the_documentation_is_what_the_libraries_do() throws IOException {
        assertThat(Files.readString(DOCUMENT)).contains(table());
    }

    @Test
    void ours_has_no_row_wrong() {
        assertThat(ours("30 2 * * *", ROWS.get(0))).isEqualTo("03:30-04:00");
        assertThat(ours("*/30 * * * *", ROWS.get(1))).isEqualTo("01:30-05:00, 03:00-04:00, 03:30-04:00");
        assertThat(ours("30 1 * * *", ROWS.get(2))).isEqualTo("01:30-05:00");
        assertThat(ours("*/30 * * * *", ROWS.get(3))).isEqualTo("01:00-04:00, 01:30-04:00, 01:00-05:00, 01:30-05:00");
    }

    @Test
    void fixed_times_follow_the_policies() {
        Cron gap = Cron.parse("30 2 * * *", NEW_YORK);
        assertThat(between(ROWS.get(0), slots(gap.inGap(Gap.AT_TRANSITION)))).isEqualTo("03:00-04:00");
        assertThat(between(ROWS.get(0), slots(gap.inGap(Gap.SKIPPED)))).isEqualTo("never");
        Cron overlap = Cron.parse("30 1 * * *", NEW_YORK);
        assertThat(between(ROWS.get(2), slots(overlap.inOverlap(Overlap.FIRST))))
                .isEqualTo("01:30-04:00");
        assertThat(between(ROWS.get(2), slots(overlap.inOverlap(Overlap.BOTH)))).isEqualTo("01:30-04:00, 01:30-05:00");
        assertThat(gap.inGap(Gap.SKIPPED).inOverlap(Overlap.FIRST))
                .hasToString("cron(30 2 * * *, America/New_York).inGap(SKIPPED).inOverlap(FIRST)");
    }

    private static String table() {
        StringBuilder table = new StringBuilder("| America/New_York, 2026 | Vixie's rule |");
        LIBRARIES.keySet().forEach(name -> table.append(' ').append(name).append(" |"));
        table.append("\n|---|---|").append("---|".repeat(LIBRARIES.size())).append('\n');
        for (Row row : ROWS) {
            table.append("| ").append(row.what).append(" | ").append(row.rule).append(" |");
            LIBRARIES
                    .values()
                    .forEach(library ->
                            table.append(' ').append(outcome(row, library)).append(" |"));
            table.append('\n');
        }
        return table.toString();
    }

    private static String outcome(Row row, Library library) {
        UnaryOperator<ZonedDateTime> slots;
        try {
            slots = library.slots(row.expression);
        } catch (ParseException | IllegalArgumentException e) {
            return "refused";
        }
        try {
            return between(row, slots);
        } catch (IllegalArgumentException e) {
            return "throws";
        }
    }

    private static String ours(String expression, Row row) {
        return between(row, slots(Cron.parse(expression, NEW_YORK)));
    }

    private static UnaryOperator<ZonedDateTime> slots(Cron cron) {
        return at -> {
            var next = cron.nextAfter(at.toInstant());
            return next == null ? null : next.atZone(NEW_YORK);
        };
    }

    private static UnaryOperator<ZonedDateTime> cronUtils(String expression) {
        CronParser parser = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));
        ExecutionTime times = ExecutionTime.forCron(parser.parse(expression));
        return at -> times.nextExecution(at).orElse(null);
    }

    /** Quartz wants seconds, and a question mark in one of the two day fields. */
    private static UnaryOperator<ZonedDateTime> quartz(String expression) throws ParseException {
        var cron = new org.quartz.CronExpression("0 " + expression.substring(0, expression.length() - 1) + "?");
        cron.setTimeZone(TimeZone.getTimeZone(NEW_YORK));
        return at -> {
            Date next = cron.getNextValidTimeAfter(Date.from(at.toInstant()));
            return next == null ? null : next.toInstant().atZone(NEW_YORK);
        };
    }

    private static String between(Row row, UnaryOperator<ZonedDateTime> next) {
        ZonedDateTime to = LocalDateTime.parse(row.to).atZone(NEW_YORK);
        List<String> times = new ArrayList<>();
        ZonedDateTime at =
                next.apply(LocalDateTime.parse(row.from).atZone(NEW_YORK).minusNanos(1));
        while (at != null && at.isBefore(to) && times.size() < 20) {
            OffsetDateTime slot = at.toOffsetDateTime();
            times.add(slot.toLocalTime() + slot.getOffset().toString());
            at = next.apply(at);
        }
        return times.isEmpty() ? "never" : String.join(", ", times);
    }

    /** Prints the table for the document, to be used when a library's version changes. */
    public static void main(String[] args) {
        System.out.print(table());
    }

    @Test
    void each_of_several_times_in_a_gap_has_a_slot_of_its_own_when_moved() {
        Row gap = ROWS.get(0);
        Cron cron = Cron.parse("0,10,50 2 * * *", NEW_YORK);
        assertThat(between(gap, slots(cron))).isEqualTo("03:00-04:00, 03:10-04:00, 03:50-04:00");
        assertThat(between(gap, slots(cron.inGap(Gap.AT_TRANSITION)))).isEqualTo("03:00-04:00");
        assertThat(between(gap, slots(Cron.parse("10,30 1-3 * * *", NEW_YORK))))
                .as("a moved slot and a regular one may be the same instant")
                .isEqualTo("01:10-05:00, 01:30-05:00, 03:10-04:00, 03:30-04:00");
    }
}
