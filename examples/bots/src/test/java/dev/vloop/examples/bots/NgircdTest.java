package dev.vloop.examples.bots;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.Loop;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The bot of docs/bots.md with a real server, in real time: {@code mvn verify -Pirc -pl :loop-examples-bots -am -Dtest=NgircdTest
 * -Dsurefire.failIfNoSpecifiedTests=false}. {@code -Dbots.repeat=20} repeats each scenario, {@code -Dbots.seed=..} chooses its moments, and
 * {@code -Dbots.pause=20} is how long the server is held, in seconds.
 */
@Tag("ngircd")
class NgircdTest {
    private static final String CHANNEL = "#news";
    private static final int REPEAT = Integer.getInteger("bots.repeat", 1);
    private static final int PAUSE_SECONDS = Integer.getInteger("bots.pause", 3);
    private static final long SEED = Long.getLong("bots.seed", System.nanoTime());
    private static final int LINES = 40;
    private static final Duration PACE = Duration.ofMillis(25);
    private static final Duration NEVER = Duration.ofMinutes(10);

    private final Random random = new Random(SEED);

    private interface Scenario {
        /** {@return what is worth telling} */
        String play() throws Exception;
    }

    @Test
    void each_line_is_said_once_though_the_server_is_killed() throws Exception {
        repeat("killed twice", () -> {
            try (Ngircd server = new Ngircd();
                    Witness witness = new Witness(server.port, CHANNEL);
                    LiveBot bot = new LiveBot(server.port, CHANNEL, witness)) {
                List<String> lines = fill(bot.outbox);
                bot.speak(PACE, NEVER);
                for (int heard : List.of(5, 20)) {
                    witness.hearUntil(lines.get(heard)::equals);
                    randomMoment();
                    server.kill();
                    witness.awaitLost();
                    server.restart();
                    witness.join(server.port);
                }
                witness.hearUntil(lines.getLast()::equals);
                int doubles = assertSaid(lines, leave(witness, bot), bot.inDoubt);
                return bot.inDoubt.size() + " lines in doubt, " + doubles + " said twice";
            }
        });
    }

    @Test
    void each_line_is_said_once_though_the_server_is_held_and_attempts_time_out() throws Exception {
        repeat("held for " + PAUSE_SECONDS + " s", () -> {
            try (Ngircd server = new Ngircd();
                    Witness witness = new Witness(server.port, CHANNEL);
                    LiveBot bot = new LiveBot(server.port, CHANNEL, witness)) {
                List<String> lines = fill(bot.outbox);
                Loop speaker = bot.speak(PACE, Duration.ofMillis(500));
                witness.hearUntil(lines.get(5)::equals);
                randomMoment();
                server.pause();
                TimeUnit.SECONDS.sleep(PAUSE_SECONDS); // the scenario itself
                server.resume();
                List<String> heard = leave(witness, bot);
                assertThat(speaker.status().retries()).isPositive();
                assertThat(assertSaid(lines, heard, Set.of())).isZero();
                return speaker.status().retries() + " attempts timed out";
            }
        });
    }

    @Test
    void what_waits_in_kittehs_queue_is_said_before_the_bot_leaves_with_its_reason() throws Exception {
        repeat("queue", () -> {
            try (Ngircd server = new Ngircd();
                    Witness witness = new Witness(server.port, CHANNEL);
                    LiveBot bot = new LiveBot(server.port, CHANNEL, witness)) {
                List<String> lines = lines(5);
                lines.forEach(line -> bot.client.sendMessage(CHANNEL, line));
                List<String> heard = leave(witness, bot);
                assertThat(assertSaid(lines, heard, Set.of())).isZero();
                return heard.getLast();
            }
        });
    }

    @Test
    void a_program_that_gets_sigterm_says_all_and_leaves_with_its_reason() throws Exception {
        repeat("SIGTERM", () -> {
            try (Ngircd server = new Ngircd();
                    Witness witness = new Witness(server.port, CHANNEL)) {
                List<String> lines = lines(LINES);
                Process bot = program(server.port);
                witness.hearUntil(lines.get(random.nextInt(LINES / 2))::equals);
                randomMoment();
                bot.destroy(); // SIGTERM
                List<String> heard = witness.hearUntil(NgircdTest::isQuit);
                lines.add("headline 0");
                assertThat(assertSaid(lines, heard, Set.of())).isZero();
                assertThat(bot.waitFor(1, TimeUnit.MINUTES)).isTrue();
                return heard.getLast();
            }
        });
    }

    /** Prints a line for each time, which is in target/surefire-reports. */
    private static void repeat(String name, Scenario scenario) throws Exception {
        System.out.println(name + ": seed " + SEED);
        for (int i = 1; i <= REPEAT; i++) {
            System.out.println(name + ", " + i + " of " + REPEAT + ": " + scenario.play());
        }
    }

    private static List<String> lines(int count) {
        return new ArrayList<>(
                IntStream.range(0, count).mapToObj(i -> "line " + i).toList());
    }

    private static List<String> fill(Outbox outbox) {
        List<String> lines = lines(LINES);
        lines.forEach(outbox::add);
        return lines;
    }

    /** So that the server ends while a line is anywhere on its way: somewhere within two lines. */
    private void randomMoment() throws InterruptedException {
        TimeUnit.MICROSECONDS.sleep(random.nextLong(2 * PACE.toNanos() / 1_000));
    }

    /** Lets the bot end, and returns all that the witness has heard: nothing can come after the bot has left. */
    private static List<String> leave(Witness witness, LiveBot bot) throws InterruptedException {
        bot.finish();
        bot.irc.quit("back soon", Duration.ofSeconds(30));
        return witness.hearUntil(NgircdTest::isQuit);
    }

    private static boolean isQuit(String heard) {
        return heard.startsWith("QUIT");
    }

    /** Asserts that the bot has said each line once, or twice if it is in doubt, and then has left with its reason; returns the doubles. */
    private static int assertSaid(List<String> lines, List<String> heard, Set<String> inDoubt) {
        assertThat(heard.getLast()).contains("back soon");
        List<String> said = heard.subList(0, heard.size() - 1);
        assertThat(new TreeSet<>(said)).isEqualTo(new TreeSet<>(lines));
        List<String> doubles = new ArrayList<>(said);
        lines.forEach(doubles::remove);
        assertThat(inDoubt).containsAll(doubles);
        return doubles.size();
    }

    private static Process program(int port) throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        IrcNews.class.getName(),
                        "127.0.0.1",
                        Integer.toString(port),
                        CHANNEL,
                        Long.toString(PACE.toMillis()),
                        Integer.toString(LINES))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
