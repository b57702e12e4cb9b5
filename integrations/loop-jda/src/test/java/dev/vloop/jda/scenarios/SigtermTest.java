package dev.vloop.jda.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.jda.discord.FakeDiscord;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A process with the bot gets SIGTERM at random moments, while Discord answers in all ways, and is started again until it is done. */
class SigtermTest extends Scenario {
    private static final int TOTAL = 30;
    private static final int SIGTERMS = 3;
    private static final int ENDED_BY_SIGTERM = 128 + 15;

    @ParameterizedTest
    @MethodSource("rounds")
    void sigterm_at_any_moment_loses_and_doubles_nothing(int round) throws Exception {
        Random random = random(round);
        List<String> log = log();
        try (FakeDiscord fake = new FakeDiscord()) {
            fake.rest().spare("bye"); // nobody repeats what is queued
            for (int i = 0; i < TOTAL; i++) {
                fake.rest().next(SlowAnswersTest.any(random));
            }
            for (int i = 0; i < SIGTERMS; i++) {
                Process bot = start(fake, round);
                try (BufferedReader output = bot.inputReader()) {
                    assertThat(output.readLine()).isEqualTo("started");
                    bot.waitFor(random.nextInt(2_000), TimeUnit.MILLISECONDS);
                    bot.toHandle().destroy(); // SIGTERM; the process's own destroy() would close its output, too
                    output.lines().forEach(log::add);
                }
                assertThat(bot.waitFor()).isIn(0, ENDED_BY_SIGTERM);
            }
            Process last = start(fake, round);
            try (BufferedReader output = last.inputReader()) {
                output.lines().skip(1).forEach(log::add);
            }
            assertThat(last.waitFor()).isZero();
            assertOnceEach(fake, log, TOTAL);
            assertGoodbyes(fake, log);
        }
    }

    private Process start(FakeDiscord fake, int round) throws IOException {
        Path errors = Path.of("target", "bots", "sigterm-" + round + ".log");
        Files.createDirectories(errors.getParent());
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        BotProgram.class.getName(),
                        fake.restUrl(),
                        fake.gatewayUrl(),
                        folder.resolve("next").toString(),
                        String.valueOf(TOTAL))
                .redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()))
                .start();
    }
}
