package dev.vloop.deep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.testkit.TestLoops;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Other ways to the agent than {@code -javaagent}, in JVMs of their own. */
class AttachTest {
    /** The program of those JVMs. */
    static final class Program {
        public static void main(String[] args) {
            try (TestLoops loops = TestLoops.create()) {
                System.out.println(loops.engineReason());
                if (args.length > 0) {
                    return;
                }
                loops.loop("sleeper").every(Duration.ofDays(1)).count(1).start(it -> {
                    Thread.sleep(Duration.ofHours(1));
                    System.out.println("woke at " + Instant.now());
                });
                loops.advance(Duration.ofHours(1));
            }
        }
    }

    private static String run(List<String> args, String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Program.class.getName()));
        command.addAll(args);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }

    @Test
    void a_property_attaches_the_agent() throws IOException, InterruptedException {
        assertThat(run(List.of(), "-Dvloop.test.deep=attach", "-XX:+EnableDynamicAgentLoading"))
                .contains("EXACT: its self-test passed; deep: its self-test passed")
                .contains("woke at 2000-01-01T01:00:00Z");
    }

    @Test
    void a_jvm_that_lets_nobody_attach_says_so() throws IOException, InterruptedException {
        assertThat(run(List.of("reason"), "-Dvloop.test.deep=attach", "-XX:-EnableDynamicAgentLoading"))
                .contains("COOPERATIVE: the JVM does not let us schedule virtual threads")
                .contains("the agent could not be attached");
    }
}
