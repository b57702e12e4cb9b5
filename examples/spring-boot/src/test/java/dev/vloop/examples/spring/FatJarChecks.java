package dev.vloop.examples.spring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The application as users run it: one jar, a process of its own, a PostgreSQL. Run by the profile fat-jar alone. */
class FatJarChecks {
    private static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+)");
    private static final int ROUNDS = Integer.getInteger("rounds", 2);

    private static EmbeddedPostgres postgres;

    @BeforeAll
    static void start() throws IOException {
        postgres = EmbeddedPostgres.start();
    }

    @AfterAll
    static void stop() throws IOException {
        postgres.close();
    }

    /** What one request was answered is known by its sender alone: an answer that was lost may mean either. */
    @Test
    void no_message_that_was_accepted_is_lost_or_written_twice_when_the_jar_is_ended_under_load() throws Exception {
        long total = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Instance instance = new Instance("round-" + round);
            Set<String> accepted = ConcurrentHashMap.newKeySet();
            Set<String> unknown = ConcurrentHashMap.newKeySet();
            CountDownLatch enough = new CountDownLatch(50 + new Random(round).nextInt(2000));
            List<Thread> senders = new ArrayList<>();
            for (int sender = 0; sender < 4; sender++) {
                String prefix = round + "-" + sender + "-";
                senders.add(Thread.ofVirtual().start(() -> instance.send(prefix, accepted, unknown, enough)));
            }
            enough.await();
            instance.process.destroy();
            assertThat(instance.process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            for (Thread sender : senders) {
                sender.join();
            }
            List<String> written = query("select text from message where text like '" + round + "-%'");
            assertThat(written).doesNotHaveDuplicates().containsAll(accepted);
            Set<String> more = new TreeSet<>(written);
            more.removeAll(accepted);
            assertThat(unknown).containsAll(more);
            total += accepted.size();
        }
        System.out.println(ROUNDS + " ends under load: " + total + " messages accepted, none lost, none twice");
    }

    @Test
    void each_slot_runs_on_one_of_two_instances_though_one_is_killed() throws Exception {
        String[] arguments = {"--vloop.loops.digest.cron=* * * * * *", "--lease=2s"};
        Instance first = new Instance("first", arguments);
        Instance second = new Instance("second", arguments);
        first.await("digest of");
        first.process.destroyForcibly().waitFor();
        for (int i = 0; i < 5; i++) {
            second.await("digest of");
        }
        second.process.destroy();
        assertThat(second.process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        List<String> slots = query("select slot from digest");
        assertThat(slots).doesNotHaveDuplicates().hasSizeGreaterThan(5);
        assertThat(query("select distinct instance from digest")).hasSize(2);
    }

    private static List<String> query(String sql) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }

    /** A process that runs the jar. Its output is in target/fat-jar. */
    private static final class Instance {
        final Process process;
        private final BufferedReader output;
        private final Path log;
        private final URI messages;

        Instance(String name, String... arguments) throws IOException {
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx256m",
                    "-jar",
                    System.getProperty("jar"),
                    "--server.port=0",
                    "--vloop.loops.outbox.every=100ms",
                    "--spring.datasource.url=" + postgres.getJdbcUrl("postgres", "postgres") + "&socketTimeout=5"));
            command.addAll(List.of(arguments));
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
            output = process.inputReader(UTF_8);
            log = Files.createDirectories(Path.of("target", "fat-jar")).resolve(name + ".log");
            Files.deleteIfExists(log);
            Matcher port = PORT.matcher(await("Tomcat started on port"));
            assertThat(port.find()).isTrue();
            messages = URI.create("http://localhost:" + port.group(1) + "/messages");
            await("Started PricesApplication");
        }

        /** {@return the next line of the output that contains a text} */
        private String await(String text) throws IOException {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                Files.writeString(log, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                if (line.contains(text)) {
                    return line;
                }
            }
            throw new AssertionError("the process has ended before it wrote '" + text + "', see " + log);
        }

        /** Sends messages until the server does not answer any more. */
        void send(String prefix, Set<String> accepted, Set<String> unknown, CountDownLatch enough) {
            try (HttpClient client = HttpClient.newHttpClient()) {
                for (int i = 0; ; i++) {
                    String text = prefix + i;
                    unknown.add(text);
                    Integer status = post(client, text);
                    if (status == null) {
                        return;
                    }
                    unknown.remove(text);
                    if (status == 200) {
                        accepted.add(text);
                    }
                    enough.countDown();
                }
            }
        }

        private @Nullable Integer post(HttpClient client, String text) {
            HttpRequest request = HttpRequest.newBuilder(messages)
                    .header("Content-Type", "text/plain")
                    .POST(BodyPublishers.ofString(text))
                    .build();
            try {
                return client.send(request, BodyHandlers.discarding()).statusCode();
            } catch (IOException e) {
                return null;
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }
}
