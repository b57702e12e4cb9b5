package dev.vloop.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.Loop;
import dev.vloop.LoopBuilder;
import dev.vloop.testkit.TestLoops;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every member of discord.py's {@code Loop} has a row in docs/moving.md, and each row has lines that are compiled and run. */
class MovingMembersTest {
    private static final Path ROOT = Path.of("..", "..");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private final TestLoops loops = TestLoops.startingAt(Instant.parse("2026-01-01T07:00:00Z"));
    private final FakeBot bot = new FakeBot(loops);
    private final FakeBatch batch = new FakeBatch();

    @AfterEach
    void close() {
        loops.close();
    }

    /** {@return the rows of the table, each with its cells} */
    private static List<String[]> rows() throws IOException {
        String page = Files.readString(ROOT.resolve("docs/moving.md"));
        int from = page.indexOf("### Member by member");
        assertThat(from).isPositive();
        return page.substring(from, page.indexOf("\n## ", from))
                .lines()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.substring(2).split(" \\| ", -1))
                .toList();
    }

    private static List<String> code(String cell) {
        List<String> code = new ArrayList<>();
        for (Matcher matcher = CODE.matcher(cell); matcher.find(); ) {
            code.add(matcher.group(1));
        }
        return code;
    }

    @Test
    void no_member_is_left_out() throws IOException {
        assertThat(rows().stream().flatMap(row -> code(row[0]).stream()))
                .containsExactlyInAnyOrder(
                        "seconds",
                        "minutes",
                        "hours",
                        "time",
                        "count",
                        "name",
                        "reconnect",
                        "current_loop",
                        "next_iteration",
                        "__call__",
                        "start(*args)",
                        "stop()",
                        "cancel()",
                        "restart()",
                        "add_exception_type(E)",
                        "remove_exception_type(E)",
                        "clear_exception_types()",
                        "get_task()",
                        "is_being_cancelled()",
                        "failed()",
                        "is_running()",
                        "before_loop",
                        "after_loop",
                        "error",
                        "change_interval(..)");
    }

    @Test
    void each_row_has_lines_of_java_and_of_kotlin_that_are_compiled() throws IOException {
        List<String> java = lines("examples/recipes/src/main/java/dev/vloop/examples/MovingMembers.java");
        List<String> kotlin = lines("loop-kotlin/src/test/kotlin/dev/vloop/kotlin/MovingMembers.kt");
        for (String[] row : rows()) {
            assertThat(java).as(row[0]).containsAll(code(row[1]));
            assertThat(kotlin).as(row[0]).containsAll(code(row[2]));
            assertThat(code(row[1])).as(row[0]).isNotEmpty();
            assertThat(code(row[2])).as(row[0]).isNotEmpty();
        }
    }

    private static List<String> lines(String file) throws IOException {
        return Files.readAllLines(ROOT.resolve(file)).stream()
                .map(String::strip)
                .toList();
    }

    @Test
    void and_the_lines_run() throws Exception {
        LoopBuilder builder = loops.loop("members");
        MovingMembers.whenItIsBuilt(builder, bot, batch, BERLIN);
        Loop loop = builder.start(it -> MovingMembers.inItsBody(it, bot));
        loops.advance(Duration.ofHours(1));
        MovingMembers.whileItRuns(loop, bot, BERLIN);
        MovingMembers.started(loops, bot, "guild");
        loops.settle();
        MovingMembers.atItsEnd(loop, bot);
        assertThat(bot.said())
                .containsSubsequence(
                        "3600 0",
                        "3600 members",
                        "3600 next: 2026-01-01T17:00:00Z",
                        "3600 true",
                        "3600 true",
                        "3600 false");
    }
}
