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
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.scheduling.support.CronExpression;

@NullUnmarked // the libraries return null or not, and say nothing about it
@DisplayName("R17, R18: cron and daylight saving")
class DstTableTest {
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
    private static final Path DOCUMENT = Path.of("..", "docs", "dst.md");

    private record Row(String what, String expression, String from, String to) {}

    private static final List<Row> ROWS = List.of(
            new Row("skipped: daily 02:30", "30 2 * * *", "2026-03-08T00:00", "2026-03-09T00:00"),
            new Row("skipped: every 30 min", "*/30 * * * *", "2026-03-08T01:30", "2026-03-08T03:31"),
            new Row("twice: daily 01:30", "30 1 * * *", "2026-11-01T00:00", "2026-11-02T00:00"),
            new Row("twice: every 30 min", "*/30 * * * *", "2026-11-01T01:00", "2026-11-01T02:00"));

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
        assertThat(between(ROWS.get(0), gap.inGap(Gap.AT_TRANSITION))).isEqualTo("03:00-04:00");
        assertThat(between(ROWS.get(0), gap.inGap(Gap.SKIPPED))).isEqualTo("none");
        Cron overlap = Cron.parse("30 1 * * *", NEW_YORK);
        assertThat(between(ROWS.get(2), overlap.inOverlap(Overlap.FIRST))).isEqualTo("01:30-04:00");
        assertThat(between(ROWS.get(2), overlap.inOverlap(Overlap.BOTH))).isEqualTo("01:30-04:00, 01:30-05:00");
        assertThat(gap.inGap(Gap.SKIPPED).inOverlap(Overlap.FIRST))
                .hasToString("cron(30 2 * * *, America/New_York).inGap(SKIPPED).inOverlap(FIRST)");
    }

    private static String table() {
        StringBuilder table = new StringBuilder("| America/New_York, 2026 | Vloop | Spring 6.2 | cron-utils 9.2 |\n");
        table.append("|---|---|---|---|\n");
        for (Row row : ROWS) {
            table.append("| " + row.what + " | " + ours(row.expression, row) + " | " + spring(row) + " | "
                    + cronUtils(row) + " |\n");
        }
        return table.toString();
    }

    private static String ours(String expression, Row row) {
        return between(row, Cron.parse(expression, NEW_YORK));
    }

    private static String between(Row row, Cron cron) {
        return between(row, at -> {
            var next = cron.nextAfter(at.toInstant());
            return next == null ? null : next.atZone(NEW_YORK);
        });
    }

    private static String spring(Row row) {
        CronExpression expression = CronExpression.parse("0 " + row.expression);
        return between(row, expression::next);
    }

    private static String cronUtils(Row row) {
        CronParser parser = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));
        ExecutionTime times = ExecutionTime.forCron(parser.parse(row.expression));
        return between(row, at -> times.nextExecution(at).orElse(null));
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
        return times.isEmpty() ? "none" : String.join(", ", times);
    }

    /** Prints the table, to be put into the document when a library's version changes. */
    public static void main(String[] args) {
        System.out.print(table());
    }
}
