package dev.vloop.examples.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A real HTTP server that hands out messages and fails on purpose. It is down at first. Later some of its answers are errors, some break
 * off half-way, and some come too late. It hands out a message again and again until a request says that the message arrived.
 * Thread-safe.
 */
final class FlakyServer implements AutoCloseable {
    private static final List<Fault> FAULTS = List.of(
            Fault.NONE,
            Fault.NONE,
            Fault.ERROR_503,
            Fault.ERROR_503,
            Fault.NONE,
            Fault.HANGS_UP,
            Fault.NONE,
            Fault.NONE,
            Fault.TOO_SLOW,
            Fault.NONE);
    private static final long SLOW_MILLIS = 2_000;

    private enum Fault {
        NONE,
        ERROR_503,
        HANGS_UP,
        TOO_SLOW
    }

    private final int port = freePort();
    private volatile @Nullable HttpServer http;

    // guarded by this
    private final List<Message> pending = new ArrayList<>();
    private final int[] answers = new int[Fault.values().length];
    private int requests;
    private long produced;

    /** {@return the address of the server; nobody listens there before {@link #goUp}} */
    URI uri() {
        return URI.create("http://" + InetAddress.getLoopbackAddress().getHostAddress() + ":" + port + "/messages");
    }

    void goUp() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/messages", this::handle);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        http = server;
    }

    synchronized long produced() {
        return produced;
    }

    synchronized String summary() {
        return requests + " requests: " + answers[Fault.ERROR_503.ordinal()] + " got a 503, "
                + answers[Fault.HANGS_UP.ordinal()] + " half an answer, " + answers[Fault.TOO_SLOW.ordinal()]
                + " one that came too late";
    }

    @Override
    public void close() {
        HttpServer server = http;
        if (server != null) {
            server.stop(0);
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Fault fault = nextFault();
            if (fault == Fault.ERROR_503) {
                exchange.sendResponseHeaders(503, -1);
                return;
            }
            byte[] answer = answer(exchange.getRequestURI().getQuery());
            if (fault == Fault.TOO_SLOW) {
                Thread.sleep(SLOW_MILLIS);
            }
            exchange.sendResponseHeaders(200, answer.length);
            OutputStream body = exchange.getResponseBody();
            body.write(answer, 0, fault == Fault.HANGS_UP ? answer.length / 2 : answer.length);
            body.flush(); // otherwise the half of an answer that breaks off would stay in a buffer
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private synchronized Fault nextFault() {
        Fault fault = FAULTS.get(requests % FAULTS.size());
        requests++;
        answers[fault.ordinal()]++;
        return fault;
    }

    /** Forgets the messages that have arrived, produces some more, and hands out all. */
    private synchronized byte[] answer(String query) {
        long arrived = Long.parseLong(query.substring("after=".length()));
        pending.removeIf(message -> message.id() <= arrived);
        int more = 2 + requests % 4;
        for (int i = 0; i < more; i++) {
            produced++;
            pending.add(new Message(produced, "message " + produced));
        }
        return pending.stream()
                .map(Message::toLine)
                .collect(Collectors.joining())
                .getBytes(UTF_8);
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
