package dev.vloop.dashboard;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ShortBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadPoolExecutor;
import org.jspecify.annotations.Nullable;

/** Puts the handler on the JDK's server. */
final class JdkServer implements AutoCloseable {
    /** Connections that wait to be accepted. */
    private static final int BACKLOG = 50;

    private final HttpServer server;
    private final ThreadPoolExecutor threads;
    private final SlowClients clients;
    private final DashboardHandler handler;
    private final URI uri;

    /** Starts a server, on a thread of its own, because the server's threads inherit from the thread that makes it. */
    JdkServer(Settings settings, DashboardHandler handler) throws IOException {
        this.handler = handler;
        this.threads = DaemonThreads.pool(settings.loops.name() + "-dashboard");
        this.clients = new SlowClients(settings.loops.name() + "-dashboard", threads, settings.patience);
        CompletableFuture<HttpServer> started = new CompletableFuture<>();
        DaemonThreads.make(settings.loops.name() + "-dashboard-start", () -> {
                    try {
                        started.complete(start(settings));
                    } catch (Throwable e) {
                        started.completeExceptionally(e);
                    }
                })
                .start();
        this.server = join(started);
        InetAddress address = settings.address;
        String host = address.isAnyLocalAddress() ? "localhost" : hostOf(address);
        this.uri = URI.create("http://" + host + ":" + server.getAddress().getPort() + "/");
    }

    private HttpServer start(Settings settings) throws IOException {
        HttpServer made = HttpServer.create(new InetSocketAddress(settings.address, settings.port), BACKLOG);
        made.setExecutor(clients);
        made.createContext("/", this::handle);
        made.start();
        return made;
    }

    private static HttpServer join(CompletableFuture<HttpServer> started) throws IOException {
        try {
            return started
                    .join(); // an interrupt does not end this: it takes a moment, and a server would be left behind
        } catch (CompletionException e) {
            Throwable cause = e.getCause();
            throw new IOException("the page cannot listen: " + cause, cause);
        }
    }

    /** {@return an address as it stands in a URI, and in the Host header of a browser} */
    static String hostOf(InetAddress address) {
        return address instanceof Inet6Address six ? "[" + shortest(six) + "]" : address.getHostAddress();
    }

    /** {@return an address without its longest row of zeros (RFC 5952), and without the network card that it belongs to} */
    private static String shortest(Inet6Address address) {
        ShortBuffer groups = ByteBuffer.wrap(address.getAddress()).asShortBuffer();
        int zerosFrom = 0;
        int zerosTo = 1; // a single zero is written
        for (int from = 0; from < groups.limit(); from++) {
            int to = from;
            while (to < groups.limit() && groups.get(to) == 0) {
                to++;
            }
            if (to - from > zerosTo - zerosFrom) {
                zerosFrom = from;
                zerosTo = to;
            }
        }
        boolean shortened = zerosTo - zerosFrom > 1;
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < groups.limit(); i++) {
            if (shortened && i == zerosFrom) {
                text.append("::");
                i = zerosTo - 1;
                continue;
            }
            text.append(text.isEmpty() || text.charAt(text.length() - 1) == ':' ? "" : ":")
                    .append(Integer.toHexString(groups.get(i) & 0xffff));
        }
        return text.toString();
    }

    URI uri() {
        return uri;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        clients.close();
    }

    private void handle(HttpExchange exchange) throws IOException {
        clients.came();
        try (exchange) {
            DashboardResponse response = handler.handle(new Request(exchange, clients));
            response.headers().forEach(exchange.getResponseHeaders()::set);
            boolean hasBody =
                    response.length() != 0 && !exchange.getRequestMethod().equals("HEAD");
            clients.await(); // without a body, this may read the rest of the request
            exchange.sendResponseHeaders(response.status(), hasBody ? Math.max(0, response.length()) : -1);
            clients.came();
            try (OutputStream out = clients.watch(exchange.getResponseBody())) {
                if (hasBody) {
                    response.writeTo(out);
                }
            }
        }
    }

    /** A request of the JDK's server. */
    private record Request(HttpExchange exchange, SlowClients clients) implements DashboardRequest {
        @Override
        public String method() {
            return exchange.getRequestMethod();
        }

        @Override
        public String path() {
            String path = exchange.getRequestURI().getRawPath();
            return path == null ? "" : path;
        }

        @Override
        public @Nullable String query() {
            return exchange.getRequestURI().getRawQuery();
        }

        @Override
        public @Nullable String header(String name) {
            List<String> values = exchange.getRequestHeaders().get(name);
            String value = values == null ? null : String.join(",", values);
            return name.equalsIgnoreCase("Host") ? host(value) : value;
        }

        /** {@return the host that is asked for; two, and so none that is known, if the address of the request names another} */
        private @Nullable String host(@Nullable String header) {
            String named = exchange.getRequestURI().getRawAuthority();
            return named == null || named.equalsIgnoreCase(header) ? header : header + "," + named;
        }

        @Override
        public InputStream body() {
            clients.await(); // until it is answered
            return exchange.getRequestBody();
        }

        @Override
        public String remote() {
            InetAddress address = exchange.getRemoteAddress().getAddress();
            return address == null ? "unknown" : address.getHostAddress();
        }
    }
}
