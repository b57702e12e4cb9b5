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
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import org.jspecify.annotations.Nullable;

/** Puts the handler on the JDK's server. */
final class JdkServer implements AutoCloseable {
    /** Connections that wait to be accepted. */
    private static final int BACKLOG = 50;

    private final HttpServer server;
    private final ThreadPoolExecutor threads;
    private final DashboardHandler handler;
    private final URI uri;

    /** Starts a server, on a thread of its own: the server's threads inherit from the one that makes it. */
    JdkServer(Settings settings, DashboardHandler handler) throws IOException {
        this.handler = handler;
        this.threads = DaemonThreads.pool(settings.loops.name() + "-dashboard");
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
        made.setExecutor(threads);
        made.createContext("/", this::handle);
        made.start();
        return made;
    }

    private static HttpServer join(CompletableFuture<HttpServer> started) throws IOException {
        try {
            return started.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the server was starting", e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            throw new IOException("the page cannot listen: " + cause, cause);
        }
    }

    /** {@return an address as it stands in a URI} */
    static String hostOf(InetAddress address) {
        String text = address.getHostAddress();
        int scope = text.indexOf('%');
        String plain = scope < 0 ? text : text.substring(0, scope);
        return address instanceof Inet6Address ? "[" + (address.isLoopbackAddress() ? "::1" : plain) + "]" : plain;
    }

    URI uri() {
        return uri;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            DashboardResponse response = handler.handle(new Request(exchange));
            response.headers().forEach(exchange.getResponseHeaders()::set);
            long length = response.length();
            exchange.sendResponseHeaders(response.status(), length < 0 ? 0 : length == 0 ? -1 : length);
            try (OutputStream out = exchange.getResponseBody()) {
                response.writeTo(out);
            }
        }
    }

    /** A request of the JDK's server. */
    private record Request(HttpExchange exchange) implements DashboardRequest {
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
            return values == null ? null : String.join(",", values);
        }

        @Override
        public InputStream body() {
            return exchange.getRequestBody();
        }

        @Override
        public String remote() {
            InetAddress address = exchange.getRemoteAddress().getAddress();
            return address == null ? "unknown" : address.getHostAddress();
        }
    }
}
