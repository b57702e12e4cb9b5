package dev.vloop.examples.bots;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/** A real IRC server, Debian's ngircd, on a port of its own. Root starts it as {@code nobody}. For use by one thread. */
final class Ngircd implements AutoCloseable {
    private static final String PROGRAM = "/usr/sbin/ngircd";

    private final Path configuration;
    final int port;
    private Process server;

    Ngircd() throws IOException {
        port = freePort();
        configuration = Files.createTempFile("vloop-ngircd", ".conf");
        Files.setPosixFilePermissions(configuration, PosixFilePermissions.fromString("rw-r--r--"));
        Files.writeString(configuration, """
                [Global]
                Name = irc.vloop.test
                Info = a server for tests
                Listen = 127.0.0.1
                Ports = %d
                MotdPhrase = hello
                ServerUID = nobody
                ServerGID = nogroup
                [Limits]
                MaxConnectionsIP = 0
                MaxPenaltyTime = 0
                [Options]
                DNS = no
                Ident = no
                PAM = no
                """.formatted(port));
        server = start();
    }

    /** Ends it with SIGKILL, and returns when it is gone. */
    void kill() throws InterruptedException {
        server.destroyForcibly().waitFor();
    }

    /** Starts it again after {@link #kill}, and returns when it listens. */
    void restart() throws IOException {
        server = start();
    }

    /** Holds it: connections stay open, and nothing is read or answered. */
    void pause() throws IOException, InterruptedException {
        signal("STOP");
    }

    /** Lets it go on after {@link #pause}. */
    void resume() throws IOException, InterruptedException {
        signal("CONT");
    }

    @Override
    public void close() throws IOException {
        server.destroyForcibly();
        Files.delete(configuration);
    }

    private void signal(String name) throws IOException, InterruptedException {
        int exit = new ProcessBuilder("kill", "-" + name, Long.toString(server.pid()))
                .inheritIO()
                .start()
                .waitFor();
        if (exit != 0) {
            throw new IllegalStateException("kill -" + name + " ended with " + exit);
        }
    }

    /** It logs to its output while it stays in the foreground. */
    private Process start() throws IOException {
        Process started = new ProcessBuilder(PROGRAM, "-n", "-f", configuration.toString())
                .redirectErrorStream(true)
                .start();
        BufferedReader log = started.inputReader(UTF_8);
        List<String> said = new ArrayList<>();
        String line = log.readLine();
        while (line != null && !line.contains("Now listening on")) {
            said.add(line);
            line = log.readLine();
        }
        if (line == null) {
            throw new IllegalStateException("ngircd did not start: " + said);
        }
        // If nobody read the pipe, it would fill up and block the server.
        Thread.ofVirtual().start(() -> log.lines().forEach(ignored -> {}));
        return started;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
