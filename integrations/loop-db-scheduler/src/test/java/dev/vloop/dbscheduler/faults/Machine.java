package dev.vloop.dbscheduler.faults;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A PostgreSQL and the instances on it, and what can be done to them. */
final class Machine implements AutoCloseable {
    /** The clocks of a process that begins with it are wrong. Debian's package faketime. */
    private static final Path FAKETIME = Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1");

    private final Path folder;
    private final int port;
    private final long lease;
    private final Random random = new Random(7);
    private EmbeddedPostgres postgres;

    /** By name. */
    private final Map<String, Process> live = new LinkedHashMap<>();

    /** When processes were ended by force, by their ids. */
    final Map<Long, Instant> killed = new LinkedHashMap<>();

    final List<Suspension> suspensions = new ArrayList<>();

    /** A process that stood still for a while. */
    record Suspension(long pid, Instant from, Instant to) {}

    Machine(Path folder, long lease) throws IOException, SQLException {
        this.folder = folder;
        this.lease = lease;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        postgres = database();
        execute(
                "create table tick(id bigserial primary key, loop text, slot timestamptz, instance text, pid bigint, token bigint,"
                        + " again boolean, began timestamptz default clock_timestamp(), ended timestamptz, how text, unique(loop, token, pid))");
    }

    private EmbeddedPostgres database() throws IOException {
        return EmbeddedPostgres.builder()
                .setPort(port)
                .setDataDirectory(folder.resolve("data").toFile())
                .setCleanDataDirectory(false)
                .start();
    }

    private String url() {
        return "jdbc:postgresql://localhost:" + port + "/postgres?user=postgres";
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(url());
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** {@return the database's time} */
    Instant now() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("select clock_timestamp()")) {
            result.next();
            return result.getObject(1, java.time.OffsetDateTime.class).toInstant();
        }
    }

    void start(String name) throws IOException {
        start(name, null);
    }

    /** @param offset how wrong its wall clock is, such as {@code +5s}; null for not at all */
    void start(String name, @Nullable String offset) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx200m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Instance.class.getName(),
                name,
                url(),
                Long.toString(lease)));
        ProcessBuilder builder = new ProcessBuilder(command);
        if (offset != null) {
            if (!Files.exists(FAKETIME)) {
                throw new IOException("wrong clocks need Debian's package faketime");
            }
            builder.environment().put("LD_PRELOAD", FAKETIME.toString());
            builder.environment().put("FAKETIME", offset);
            builder.environment().put("FAKETIME_DONT_FAKE_MONOTONIC", "1");
            builder.environment()
                    .put("FAKETIME_FORCE_MONOTONIC_FIX", "0"); // else each timed wait of the JVM returns at once
        }
        File log = folder.resolve(name + ".log").toFile();
        builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log));
        live.put(name, builder.start());
    }

    List<String> instances() {
        return List.copyOf(live.keySet());
    }

    private Process find(String name) {
        return java.util.Objects.requireNonNull(live.get(name), name);
    }

    /** SIGKILL. */
    void kill(String name) throws Exception {
        Process process = find(name);
        live.remove(name);
        process.destroyForcibly().waitFor();
        killed.put(process.pid(), Instant.now());
    }

    /** SIGTERM, and waits for the end. {@return whether it came within 20 s} */
    boolean terminate(String name) throws InterruptedException {
        Process process = find(name);
        live.remove(name);
        process.destroy();
        return process.waitFor(20, TimeUnit.SECONDS);
    }

    /** SIGSTOP, and SIGCONT some time later. */
    void suspend(String name, long millis) throws Exception {
        long pid = find(name).pid();
        Instant from = Instant.now();
        signal(pid, "STOP");
        Thread.sleep(millis);
        signal(pid, "CONT");
        suspensions.add(new Suspension(pid, from, Instant.now()));
    }

    private static void signal(long pid, String signal) throws Exception {
        new ProcessBuilder("kill", "-" + signal, Long.toString(pid))
                .inheritIO()
                .start()
                .waitFor();
    }

    /** {@return an instance that is in the middle of an iteration} */
    String victim() throws Exception {
        String pids = live.values().stream().map(p -> Long.toString(p.pid())).collect(Collectors.joining(","));
        long giveUp = System.nanoTime() + 30_000_000_000L;
        while (System.nanoTime() < giveUp) {
            try (Connection connection = connect();
                    Statement statement = connection.createStatement();
                    ResultSet result = statement.executeQuery("select pid from tick where ended is null and pid in ("
                            + pids + ") and began > clock_timestamp() - interval '80 ms' order by random() limit 1")) {
                if (result.next()) {
                    long pid = result.getLong(1);
                    return live.entrySet().stream()
                            .filter(entry -> entry.getValue().pid() == pid)
                            .findFirst()
                            .orElseThrow()
                            .getKey();
                }
            }
            Thread.sleep(5);
        }
        throw new IllegalStateException("nobody runs anything; see the logs in " + folder);
    }

    void sleep(long least, long most) throws InterruptedException {
        Thread.sleep(least + (most > least ? random.nextLong(most - least) : 0));
    }

    /** Waits until slots of this many seconds have run: processes with wrong clocks are slow at first. */
    void awaitSlots(int seconds) throws Exception {
        Instant from = now();
        long giveUp = System.nanoTime() + 180_000_000_000L;
        while (System.nanoTime() < giveUp) {
            try (Connection connection = connect();
                    Statement statement = connection.createStatement();
                    ResultSet result =
                            statement.executeQuery("select count(*) from tick where loop = 'second-let_go' and slot > '"
                                    + from + "' and ended is not null")) {
                result.next();
                if (result.getInt(1) >= seconds) {
                    return;
                }
            }
            Thread.sleep(500);
        }
        throw new IllegalStateException("instances with wrong clocks run nothing; see the logs in " + folder);
    }

    void stopDatabase() throws IOException {
        postgres.close();
    }

    void startDatabase() throws IOException {
        postgres = database();
    }

    @Override
    public void close() throws IOException {
        live.values().forEach(Process::destroyForcibly); // a process that is stopped dies, too
        postgres.close();
    }
}
