package dev.vloop.examples;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands between a client and its database and steals answers: the database commits, but the connection breaks before the client is
 * told. Thread-safe.
 */
final class AnswerThief implements AutoCloseable {
    private final ServerSocket listener;
    private final int databasePort;
    private final int wanted;
    private final AtomicInteger stolen = new AtomicInteger();

    /** Steals the answers to the first commits, as many as given. */
    AnswerThief(int databasePort, int answers) throws IOException {
        this.databasePort = databasePort;
        wanted = answers;
        listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    int stolen() {
        return stolen.get();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException e) {
                if (!listener.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void serve(Socket client) {
        AtomicBoolean committing = new AtomicBoolean();
        try (client;
                Socket database = new Socket(InetAddress.getLoopbackAddress(), databasePort)) {
            Thread.ofVirtual().start(() -> pass(client, database, committing));
            InputStream in = database.getInputStream();
            OutputStream out = client.getOutputStream();
            byte[] some = new byte[8192];
            for (int n = in.read(some); n >= 0; n = in.read(some)) {
                // The client waits for one answer at a time, so this is the answer to the commit, which is done.
                if (committing.get() && stolen.get() < wanted) {
                    stolen.incrementAndGet();
                    return;
                }
                out.write(some, 0, n);
            }
        } catch (IOException e) {
            // One side closed its connection, so this closes the other.
        }
    }

    private static void pass(Socket client, Socket database, AtomicBoolean committing) {
        byte[] some = new byte[8192];
        try {
            InputStream in = client.getInputStream();
            OutputStream out = database.getOutputStream();
            for (int n = in.read(some); n >= 0; n = in.read(some)) {
                if (new String(some, 0, n, ISO_8859_1).contains("COMMIT")) {
                    committing.set(true);
                }
                out.write(some, 0, n);
            }
            database.shutdownOutput();
        } catch (IOException e) {
            // One side closed its connection, so this closes the other.
        }
    }
}
