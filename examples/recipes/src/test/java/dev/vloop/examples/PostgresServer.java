package dev.vloop.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.tukaani.xz.XZInputStream;

/**
 * A real PostgreSQL in a folder of its own. Its programs come from a jar. It refuses to run as root, so root starts it as
 * {@code nobody}. For use by one thread.
 */
final class PostgresServer implements AutoCloseable {
    private static final String NOBODY = "65534";

    private final Path folder;
    private final boolean root;
    final int port;
    private Process postgres;
    private Thread logReader;

    PostgresServer() throws IOException, InterruptedException {
        folder = Files.createTempDirectory("vloop-postgres");
        root = Files.getAttribute(folder, "unix:uid").equals(0);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        port = freePort();
        unpack();
        Files.createDirectory(data());
        if (root) {
            Files.setAttribute(data(), "unix:uid", Integer.parseInt(NOBODY));
        }
        Process initdb = command("initdb", "-U", "postgres", "-A", "trust", "-N", "--no-locale", "-E", "UTF8");
        String said = new String(initdb.getInputStream().readAllBytes(), UTF_8);
        if (initdb.waitFor() != 0) {
            throw new IllegalStateException(said);
        }
        postgres = start();
    }

    String url() {
        return url(port);
    }

    /** {@return the URL for clients that connect to another port, for instance to a proxy} */
    static String url(int port) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=postgres&connectTimeout=5&socketTimeout=10";
    }

    /** Kills all its processes with SIGKILL, and returns when they are gone. */
    void kill() throws InterruptedException {
        List<ProcessHandle> children = postgres.descendants().toList();
        postgres.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
        // Every process has the log open, also one that starts meanwhile. So the log ends when all processes are gone.
        logReader.join();
    }

    /** Starts it again after {@link #kill}, and returns when it has recovered. */
    void restart() throws IOException {
        Files.delete(data().resolve("postmaster.pid"));
        postgres = start();
    }

    @Override
    public void close() throws IOException {
        try {
            kill();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private Path data() {
        return folder.resolve("data");
    }

    private Process start() throws IOException {
        Process started = command(
                "postgres",
                "-p",
                Integer.toString(port),
                "-c",
                "listen_addresses=127.0.0.1",
                "-c",
                "unix_socket_directories=",
                "-c",
                "fsync=off"); // safe enough: only processes are killed here, not the machine

        BufferedReader log = started.inputReader(UTF_8);
        List<String> said = new ArrayList<>();
        String line = log.readLine();
        while (line != null && !line.contains("is ready to accept connections")) {
            said.add(line);
            line = log.readLine();
        }
        if (line == null) {
            throw new IllegalStateException("PostgreSQL did not start: " + said);
        }
        // If nobody read the pipe, it would fill up and block the server.
        logReader = Thread.ofVirtual().start(() -> log.lines().forEach(ignored -> {}));
        return started;
    }

    /** Makes a command that runs one of its programs on the data folder. Output and errors are one stream. */
    private Process command(String program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        if (root) {
            command.addAll(List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups"));
        }
        command.add(folder.resolve("bin").resolve(program).toString());
        command.addAll(List.of("-D", data().toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().put("LC_ALL", "C"); // the log must be in English, since it is read here
        return builder.redirectErrorStream(true).start();
    }

    private void unpack() throws IOException, InterruptedException {
        Process tar = new ProcessBuilder("tar", "-x", "--no-same-owner", "-C", folder.toString())
                .redirectOutput(Redirect.INHERIT)
                .redirectError(Redirect.INHERIT)
                .start();
        try (InputStream archive = PostgresServer.class.getResourceAsStream("/" + archive())) {
            if (archive == null) {
                throw new IllegalStateException("no " + archive() + ": see postgres.platform in the pom");
            }
            try (OutputStream to = tar.getOutputStream()) {
                new XZInputStream(archive).transferTo(to);
            }
        }
        if (tar.waitFor() != 0) {
            throw new IllegalStateException("tar failed");
        }
    }

    private static String archive() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac") ? "darwin" : "linux";
        String machine = System.getProperty("os.arch").equals("aarch64") ? "arm_64" : "x86_64";
        return "postgres-" + system + "-" + machine + ".txz";
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
