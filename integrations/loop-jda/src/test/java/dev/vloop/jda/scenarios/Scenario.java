package dev.vloop.jda.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.LoopRuntime;
import dev.vloop.jda.JdaLoops;
import dev.vloop.jda.discord.FakeDiscord;
import dev.vloop.vthreads.VirtualLoops;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import net.dv8tion.jda.api.JDA;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the scenarios share: their rounds, a bot in this JVM, and what must hold in the end. */
@Tag("bots")
@Timeout(180)
abstract class Scenario {
    private static final int ROUNDS = Integer.getInteger("bots.rounds", 1);
    private static final long SEED = Long.getLong("bots.seed", 22);

    @TempDir
    Path folder;

    /** {@return 1 to the number of rounds} */
    static IntStream rounds() {
        return IntStream.rangeClosed(1, ROUNDS);
    }

    static Random random(int round) {
        return new Random(SEED * 1_000 + round);
    }

    /** A JDA and a runtime, which end together. */
    record Bot(JDA jda, JdaLoops discord, LoopRuntime loops) implements AutoCloseable {
        static Bot connect(FakeDiscord fake) {
            JDA jda = fake.connect();
            JdaLoops discord = JdaLoops.of(jda);
            LoopRuntime loops = VirtualLoops.builder()
                    .name("bot")
                    .defaults(discord::defaults)
                    .create();
            discord.watch(loops);
            return new Bot(jda, discord, loops);
        }

        @Override
        public void close() {
            loops.close();
            jda.shutdownNow();
        }
    }

    /** Takes down what a bot says, in its order. */
    static List<String> log() {
        return Collections.synchronizedList(new ArrayList<>());
    }

    /** Each number was posted once and done once, in its order. */
    static void assertOnceEach(FakeDiscord fake, List<String> log, int total) {
        assertThat(fake.rest().texts().stream().filter(text -> text.startsWith("number")))
                .as("messages")
                .containsExactlyElementsOf(lines("number ", total));
        assertThat(log.stream().filter(line -> line.startsWith("done")))
                .as("ticks")
                .containsExactlyElementsOf(lines("done ", total));
    }

    /** Each run of the loop has said goodbye once. */
    static void assertGoodbyes(FakeDiscord fake, List<String> log) {
        long said = log.stream().filter("bye"::equals).count();
        assertThat(fake.rest().texts().stream().filter("bye"::equals).count())
                .as("goodbyes")
                .isEqualTo(said);
    }

    private static List<String> lines(String text, int total) {
        return LongStream.range(0, total).mapToObj(number -> text + number).toList();
    }
}
