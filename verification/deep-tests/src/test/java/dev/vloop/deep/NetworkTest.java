package dev.vloop.deep;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.vloop.Loop;
import dev.vloop.testkit.LoopTest;
import dev.vloop.testkit.TestLoops;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Waits for the network hold virtual time, as external work does. They need no agent. */
class NetworkTest extends DeepFixture {
    @LoopTest
    void a_request_holds_time(TestLoops loops) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 2);
            exchange.getResponseBody().write("ok".getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        server.start();
        try {
            HttpClient client = HttpClient.newHttpClient();
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/"))
                    .build();
            loops.loop("health").every(Duration.ofSeconds(30)).start(it -> {
                Duration before = loops.elapsed();
                said.add(client.send(request, BodyHandlers.ofString()).body() + " after "
                        + loops.elapsed().minus(before));
            });
            loops.advance(Duration.ofMinutes(1));
            assertThat(said).containsExactly("ok after PT0S", "ok after PT0S", "ok after PT0S");
        } finally {
            server.stop(0);
        }
    }

    @LoopTest
    void a_request_that_is_not_answered_ends_at_its_limit_in_real_time(TestLoops loops) throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + silent.getLocalPort() + "/"))
                    .timeout(Duration.ofMillis(200))
                    .build();
            HttpClient client = HttpClient.newHttpClient();
            Loop loop = loops.loop("health")
                    .every(Duration.ofMinutes(5))
                    .start(it -> said.add(
                            client.send(request, BodyHandlers.ofString()).body()));
            loops.advance(Duration.ofSeconds(1));
            assertThat(loop.status().retries()).isPositive();
            assertThat(said).isEmpty();
        }
    }

    @LoopTest
    void a_socket_with_a_time_limit_holds_time(TestLoops loops) throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            loops.loop("reader").every(Duration.ofMinutes(5)).start(it -> {
                Duration before = loops.elapsed();
                try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), silent.getLocalPort())) {
                    socket.setSoTimeout(50);
                    said.add("read " + socket.getInputStream().read());
                } catch (SocketTimeoutException e) {
                    said.add("late after " + loops.elapsed().minus(before));
                }
            });
            loops.advance(Duration.ofMinutes(1));
            assertThat(said).containsExactly("late after PT0S");
        }
    }

    @LoopTest(deep = false)
    void a_socket_holds_time_without_the_agent_too(TestLoops loops) throws IOException {
        a_socket_with_a_time_limit_holds_time(loops);
    }

    @LoopTest
    void a_process_holds_time(TestLoops loops) {
        loops.loop("runner").every(Duration.ofMinutes(5)).start(it -> {
            Duration before = loops.elapsed();
            String java = ProcessHandle.current().info().command().orElse("java");
            Process process = new ProcessBuilder(java, "--version").start();
            process.getInputStream().readAllBytes();
            said.add(process.waitFor() + " after " + loops.elapsed().minus(before));
        });
        loops.advance(Duration.ofMinutes(1));
        assertThat(said).containsExactly("0 after PT0S");
    }
}
