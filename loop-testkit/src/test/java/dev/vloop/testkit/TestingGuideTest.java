package dev.vloop.testkit;

import static dev.vloop.testkit.LoopAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.Loop;
import dev.vloop.LoopRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLTransientConnectionException;
import java.sql.SQLTransientException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The code of {@code docs/testing.md}: each of its Java blocks is somewhere in here, or in the DeepGuideTest of verification/deep-tests,
 * and runs.
 */
class TestingGuideTest {
    private final List<Object> said = new ArrayList<>();

    private void print(Object what) {
        said.add(what);
    }

    @LoopTest
    void prints_at_once_and_every_five_seconds(TestLoops loops) {
        Loop printer = loops.loop("printer").every(Duration.ofSeconds(5)).start(it -> print(it.index()));
        loops.advance(Duration.ofSeconds(10)); // its end included
        assertThat(said).containsExactly(0L, 1L, 2L);
        assertThat(printer).isWaiting().hasIterations(3).nextIn(Duration.ofSeconds(5));
    }

    @LoopTest
    void outlives_a_lost_database(TestLoops loops) {
        Loop update = loops.loop("batch-update")
                .every(Duration.ofMinutes(5))
                .retryOn(SQLTransientException.class)
                .start(it -> {
                    if (it.attempt() < 3) {
                        throw new SQLTransientConnectionException("database is away");
                    }
                    print("updated");
                });
        loops.advance(Duration.ofMinutes(1)); // backoffs take virtual time
        assertThat(update).isWaiting().hasIterations(1).hasRetries(2);
        assertThat(said).containsExactly("updated");
    }

    @LoopTest
    void says_when_it_is_done(TestLoops loops) {
        Loop counter = loops.loop("slow-count")
                .every(Duration.ofSeconds(5))
                .count(5)
                .afterLoop(end -> print("done"))
                .start(it -> print(it.index()));
        assertThat(loops.awaitEnd(counter)).isCompleted().hasIterations(5);
        assertThat(loops.elapsed()).isEqualTo(Duration.ofSeconds(20));
        assertThat(said).endsWith("done");
    }

    @LoopTest
    void waits_until_the_bot_is_ready(TestLoops loops) {
        Loop greeter = loops.loop("greeter")
                .every(Duration.ofMinutes(1))
                .beforeLoop(() -> loops.clock().sleep(Duration.ofSeconds(3))) // a slow login
                .start(it -> print("hello"));
        loops.advance(Duration.ofSeconds(2));
        assertThat(said).isEmpty();
        loops.advance(Duration.ofSeconds(1));
        assertThat(said).containsExactly("hello");
        assertThat(greeter).nextIn(Duration.ofMinutes(1));
    }

    @LoopTest
    void flushes_when_it_is_cancelled(TestLoops loops) {
        Loop bulker = loops.loop("bulker")
                .every(Duration.ofSeconds(10))
                .afterLoop(end -> print("last flush"))
                .start(it -> print("flush"));
        loops.advance(Duration.ofSeconds(10));
        bulker.cancel();
        assertThat(loops.awaitEnd(bulker)).isCancelled();
        assertThat(said).containsExactly("flush", "flush", "last flush");
    }

    @LoopTest
    void an_expected_failure_is_looked_at(TestLoops loops) {
        Loop feed = loops.loop("feed").every(Duration.ofMinutes(1)).start(it -> {
            throw new IllegalStateException("no such channel");
        });
        loops.settle();
        assertThat(feed).hasFailedWith(IllegalStateException.class);
    }

    @LoopTest(startAt = "2026-03-28T08:59+01:00[Europe/Berlin]")
    void the_world_outside_holds_time(TestLoops loops) throws Exception {
        String answer = loops.external("discord", () -> httpGet("/users/@me")); // time stands still meanwhile
        assertThat(answer).isNotEmpty();
        loops.suspend(Duration.ofHours(7)); // the machine sleeps: the wall clock goes on, intervals do not
    }

    private static String httpGet(String path) {
        return path;
    }

    @LoopTest(seeds = 200)
    void nothing_is_sent_twice(TestLoops loops) {
        loops.loop("a").every(Duration.ofSeconds(1)).count(5).start(it -> print("a" + it.index()));
        loops.loop("b").every(Duration.ofSeconds(1)).count(5).start(it -> print("b" + it.index()));
        loops.advance(Duration.ofSeconds(5));
        assertThat(said).doesNotHaveDuplicates().hasSize(10);
    }

    @Test
    void a_plain_object_will_do() {
        try (TestLoops loops = TestLoops.create()) {
            startLoopsOfMyBot(loops); // it takes a LoopRuntime
            loops.runUntil(() -> said.size() == 3, Duration.ofHours(1));
        }
    }

    private void startLoopsOfMyBot(LoopRuntime loops) {
        loops.loop("bot").every(Duration.ofMinutes(1)).start(it -> print(it.now()));
    }

    @Test
    void each_block_of_the_page_is_code_that_runs() throws IOException {
        Path root = Files.exists(Path.of("docs")) ? Path.of("") : Path.of("..");
        String page = Files.readString(root.resolve("docs/testing.md"));
        String code = squeezed(Files.readString(
                        root.resolve("loop-testkit/src/test/java/dev/vloop/testkit/TestingGuideTest.java")))
                + squeezed(Files.readString(
                        root.resolve("verification/deep-tests/src/test/java/dev/vloop/deep/DeepGuideTest.java")));
        Matcher block = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL).matcher(page);
        List<String> blocks = block.results().map(result -> result.group(1)).toList();
        assertThat(blocks)
                .hasSizeGreaterThanOrEqualTo(8)
                .allSatisfy(each -> assertThat(code).contains(squeezed(each)));
    }

    private static String squeezed(String code) {
        return code.lines().map(String::strip).filter(line -> !line.isEmpty()).collect(Collectors.joining("\n"));
    }
}
