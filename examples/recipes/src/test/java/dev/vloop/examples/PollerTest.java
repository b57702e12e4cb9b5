package dev.vloop.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.vloop.Loop;
import dev.vloop.testkit.TestLoops;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The client and the server are real. Only the waits between requests are virtual. */
class PollerTest {
    /** What the server answers next: a status, and the seconds of Retry-After; there is no such header if they are negative. */
    private record Answer(int status, int retryAfter) {}

    private final TestLoops loops = TestLoops.create();
    private final FakeBot bot = new FakeBot(loops);
    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    private final HttpServer server;

    PollerTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
    }

    @BeforeEach
    void start() {
        server.start();
    }

    @AfterEach
    void close() {
        loops.close();
        server.stop(0);
    }

    @Test
    void the_server_says_how_long_to_wait_and_the_usual_interval_comes_back() {
        answers.add(new Answer(200, -1));
        answers.add(new Answer(429, 120));
        Loop poller = poll();
        loops.advance(Duration.ofSeconds(30));
        assertThat(poller.nextIteration()).isEqualTo(loops.clock().instant().plusSeconds(120));
        loops.advance(Duration.ofMinutes(3));
        assertThat(bot.said()).containsExactly("0 news", "150 news", "180 news", "210 news");
    }

    @Test
    void a_server_that_does_not_say_is_left_alone_for_a_minute() {
        answers.add(new Answer(503, -1));
        poll();
        loops.advance(Duration.ofMinutes(1));
        assertThat(bot.said()).containsExactly("60 news");
    }

    @Test
    void a_server_that_asks_for_less_than_usual_is_asked_no_more_often() {
        answers.add(new Answer(429, 5));
        poll();
        loops.advance(Duration.ofSeconds(60));
        assertThat(bot.said()).containsExactly("30 news", "60 news");
    }

    @Test
    void any_other_answer_ends_the_loop() {
        answers.add(new Answer(404, -1));
        assertThat(loops.awaitEnd(poll()).isFailed()).isTrue();
    }

    private Loop poll() {
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/"))
                .build();
        return Poller.start(loops, r -> send(client, r), bot, request);
    }

    private HttpResponse<String> send(HttpClient client, HttpRequest request) throws IOException, InterruptedException {
        try {
            return loops.external("a request", () -> client.send(request, BodyHandlers.ofString()));
        } catch (IOException | InterruptedException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            Answer answer = answers.poll();
            if (answer != null && answer.retryAfter() >= 0) {
                exchange.getResponseHeaders().add("Retry-After", Integer.toString(answer.retryAfter()));
            }
            byte[] text = "news".getBytes(UTF_8);
            exchange.sendResponseHeaders(answer == null ? 200 : answer.status(), text.length);
            exchange.getResponseBody().write(text);
        }
    }
}
