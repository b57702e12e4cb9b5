package dev.vloop.deep;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.vloop.testkit.LoopTest;
import dev.vloop.testkit.TestLoops;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The code of the chapter on deep virtual time in {@code docs/testing.md}: the testkit's TestingGuideTest compares. */
class DeepGuideTest {
    private final List<Object> said = new ArrayList<>();
    private FlakyServer server;

    private void print(Object what) {
        said.add(what);
    }

    @BeforeEach
    void startServer() throws IOException {
        server = new FlakyServer();
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    @LoopTest
    void sleeps_for_six_hours_a_day(TestLoops loops) {
        List<Instant> awake = new ArrayList<>();
        loops.loop("sleeper").every(Duration.ofDays(1)).start(it -> {
            Thread.sleep(Duration.ofHours(6));
            awake.add(Instant.now());
        });
        loops.advance(Duration.ofDays(2)); // takes no time
        assertThat(awake).containsExactly(Instant.parse("2000-01-01T06:00:00Z"), Instant.parse("2000-01-02T06:00:00Z"));
    }

    /** It knows nothing of tests. */
    static final class PriceBot {
        private final HttpClient client = HttpClient.newHttpClient();
        private final Cache<String, String> cache =
                Caffeine.newBuilder().expireAfterWrite(Duration.ofMinutes(10)).build();
        private final Retry retry = Retry.of(
                "price",
                RetryConfig.custom().waitDuration(Duration.ofSeconds(30)).build());
        private final URI uri;

        PriceBot(URI uri) {
            this.uri = uri;
        }

        String price() throws Exception {
            String cached = cache.getIfPresent("price");
            if (cached != null) {
                return cached;
            }
            String price = retry.executeCallable(this::ask);
            cache.put("price", price);
            return price;
        }

        private String ask() throws IOException, InterruptedException {
            HttpResponse<String> response =
                    client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IOException("status " + response.statusCode());
            }
            return response.body();
        }
    }

    @LoopTest
    void a_bot_that_knows_nothing_of_tests(TestLoops loops) {
        PriceBot bot = new PriceBot(server.uri()); // a real server, which refuses its first request
        loops.loop("prices").every(Duration.ofMinutes(1)).start(it -> print(bot.price() + " at " + Instant.now()));
        loops.advance(Duration.ofMinutes(20));
        assertThat(said).first().isEqualTo("42 at 2000-01-01T00:00:30Z"); // Resilience4j has waited 30 s
        assertThat(said).hasSize(21);
        assertThat(server.requests()).isEqualTo(3); // Caffeine's entry has expired once
    }
}
