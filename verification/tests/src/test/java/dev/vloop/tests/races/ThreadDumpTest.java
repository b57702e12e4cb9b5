package dev.vloop.tests.races;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("real-time")
class ThreadDumpTest {
    private static final Pattern CONTAINER = Pattern.compile(
            "\"container\": \"([^\"]*)\",\\s*\"parent\": (?:\"([^\"]*)\"|null),\\s*\"owner\": (?:\"?([0-9]*)\"?|null)");
    private static final Pattern THREAD = Pattern.compile(
            "\"tid\": \"?([0-9]+)\"?,(?:\\s*\"(?:time|virtual)\": [^\\n]*,)*" + "\\s*\"name\": \"([^\"]*)\"");

    @TempDir
    Path folder;

    @Test
    @DisplayName("R33: a thread dump shows runtime, loops and forks by name, each in the one that it belongs to")
    void a_thread_dump_shows_the_structure() throws Exception {
        String dump = dump("auto");
        Map<String, String> parents = new HashMap<>();
        Matcher containers = CONTAINER.matcher(dump);
        while (containers.find()) {
            parents.put(plain(containers.group(1)), plain(containers.group(2)));
        }

        assertThat(parents)
                .containsEntry("bot", "<root>")
                .containsEntry("forks/forks", "bot")
                .containsEntry("forks/fork-1/forks", "forks/forks")
                .as("who forks nothing opens no scope")
                .doesNotContainKey("waits/forks");
        assertThat(threadsIn(dump, "bot")).containsValues("waits", "forks").hasSize(2);
        assertThat(threadsIn(dump, "forks/forks")).containsValue("forks/fork-1").hasSize(1);
        assertThat(threadsIn(dump, "forks/fork-1/forks"))
                .containsValue("forks/fork-1/fork-1")
                .hasSize(1);
    }

    @Test
    @DisplayName("R33: with plain scopes a thread dump shows loops and forks by name")
    void with_plain_scopes_a_thread_dump_shows_names() throws Exception {
        assertThat(dump("plain"))
                .contains("\"bot\"", "\"waits\"", "\"forks\"", "\"forks/fork-1\"", "\"forks/fork-1/fork-1\"");
    }

    private String dump(String scopes) throws Exception {
        Path file = folder.resolve("dump.json");
        try (Jvm jvm = new Jvm(Programs.Structured.class, "-Dvloop.scopes=" + scopes)) {
            jvm.awaitLines("ready", 1);
            Process jcmd = new ProcessBuilder(
                            Jvm.tool("jcmd"),
                            Long.toString(jvm.process.pid()),
                            "Thread.dump_to_file",
                            "-format=json",
                            file.toString())
                    .redirectErrorStream(true)
                    .start();
            assertThat(jcmd.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(jcmd.exitValue()).isZero();
            jvm.process.getOutputStream().close();
            jvm.awaitEnd();
        }
        return Files.readString(file).replace("\\/", "/"); // which JDK 25 escapes
    }

    /** Names are followed by an identity. */
    private static String plain(String container) {
        return container == null ? "" : container.replaceFirst("@.*|/jdk\\..*", "");
    }

    private static Map<String, String> threadsIn(String dump, String container) {
        Matcher containers = CONTAINER.matcher(dump);
        while (containers.find()) {
            if (!plain(containers.group(1)).equals(container)) {
                continue;
            }
            int end = dump.indexOf("\"container\"", containers.end());
            Matcher threads = THREAD.matcher(dump.substring(containers.end(), end < 0 ? dump.length() : end));
            Map<String, String> names = new HashMap<>();
            while (threads.find()) {
                names.put(threads.group(1), threads.group(2));
            }
            return names;
        }
        return Map.of();
    }
}
