package dev.vloop.examples.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.spring.test.VirtualTime;
import dev.vloop.testkit.TestLoops;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What an operator sees of the application's loops. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@VirtualTime
class WebTest {
    @LocalServerPort
    int port;

    @Test
    void loops_are_in_the_metrics_the_page_and_the_endpoint(TestLoops loops) throws Exception {
        loops.advance(Duration.ofMinutes(10));
        assertThat(get(loops, "/actuator/prometheus"))
                .contains("vloop_iteration_seconds_count{")
                .contains("kind=\"digest\"");
        assertThat(get(loops, "/loops/")).contains("outbox");
        assertThat(get(loops, "/actuator/loops")).contains("\"digest\"");
        assertThat(get(loops, "/actuator/health")).contains("UP");
    }

    /** The server's threads are outside of the test's time. */
    private String get(TestLoops loops, String path) throws Exception {
        return loops.external("the web", () -> {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                    .build();
            try (HttpClient client = HttpClient.newHttpClient()) {
                return client.send(request, BodyHandlers.ofString()).body();
            } catch (IOException e) {
                throw new AssertionError(path, e);
            }
        });
    }
}
