package dev.vloop.deep;

import static dev.vloop.testkit.LoopAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.failsafe.Failsafe;
import dev.failsafe.RetryPolicy;
import dev.vloop.Loop;
import dev.vloop.testkit.Finding;
import dev.vloop.testkit.LoopTest;
import dev.vloop.testkit.TestLoops;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.mockito.Mockito;
import org.springframework.http.MediaType;
import org.springframework.test.web.client.ExpectedCount;
import org.springframework.test.web.client.MockRestServiceServer;
import org.springframework.test.web.client.match.MockRestRequestMatchers;
import org.springframework.test.web.client.response.MockRestResponseCreators;
import org.springframework.web.client.RestClient;

/** Other people's libraries in the bodies of loops, and in tests, without a change. */
@SuppressWarnings("DirectInvocationOnMock") // it is a loop that does
class LibrariesTest extends DeepFixture {
    private final AtomicInteger calls = new AtomicInteger();

    private String flaky() {
        if (calls.incrementAndGet() % 3 != 0) {
            throw new IllegalStateException("flaky");
        }
        return "ok";
    }

    @LoopTest
    void a_cache_of_caffeine_expires(TestLoops loops) {
        LoadingCache<String, Integer> cache =
                Caffeine.newBuilder().expireAfterWrite(Duration.ofMinutes(10)).build(key -> calls.incrementAndGet());
        loops.loop("reader").every(Duration.ofMinutes(1)).start(it -> cache.get("key"));
        loops.advance(Duration.ofMinutes(29));
        assertThat(calls.get()).isEqualTo(3);
    }

    /** It loads anew on the common pool, which notes when that was. */
    @LoopTest
    void a_cache_of_caffeine_is_refreshed(TestLoops loops) {
        LoadingCache<String, Integer> cache =
                Caffeine.newBuilder().refreshAfterWrite(Duration.ofMinutes(10)).build(key -> calls.incrementAndGet());
        loops.loop("reader").every(Duration.ofMinutes(1)).start(it -> cache.get("key"));
        loops.advance(Duration.ofMinutes(29));
        assertThat(calls.get()).isEqualTo(3);
    }

    @LoopTest
    void a_retry_of_resilience4j_waits(TestLoops loops) {
        Retry retry = Retry.of(
                "retry",
                RetryConfig.custom()
                        .maxAttempts(3)
                        .waitDuration(Duration.ofSeconds(30))
                        .build());
        loops.loop("poster").every(Duration.ofMinutes(5)).start(it -> said.add(retry.executeSupplier(this::flaky)));
        loops.advance(Duration.ofSeconds(59));
        assertThat(said).isEmpty();
        loops.advance(Duration.ofSeconds(1));
        assertThat(said).containsExactly("ok");
    }

    @LoopTest
    void a_retry_of_failsafe_waits(TestLoops loops) {
        RetryPolicy<String> policy = RetryPolicy.<String>builder()
                .withDelay(Duration.ofSeconds(30))
                .withMaxRetries(3)
                .build();
        loops.loop("poster")
                .every(Duration.ofMinutes(5))
                .start(it -> said.add(Failsafe.with(policy).get(this::flaky)));
        loops.advance(Duration.ofMinutes(1));
        assertThat(said).containsExactly("ok");
    }

    @LoopTest
    void a_mock_of_mockito_is_called(TestLoops loops) throws IOException {
        Appendable channel = Mockito.mock(Appendable.class);
        Mockito.when(channel.append("hello")).thenThrow(new IOException("down")).thenReturn(channel);
        loops.loop("poster").every(Duration.ofMinutes(1)).start(it -> channel.append("hello"));
        loops.advance(Duration.ofMinutes(3));
        Mockito.verify(channel, Mockito.atLeast(4)).append("hello");
    }

    @LoopTest
    void a_verification_of_mockito_waits_in_virtual_time(TestLoops loops) throws IOException {
        Appendable channel = Mockito.mock(Appendable.class);
        loops.loop("poster").every(Duration.ofSeconds(1)).start(it -> channel.append("hello"));
        Mockito.verify(channel, Mockito.timeout(2000).atLeast(3)).append("hello");
        assertThat(loops.elapsed()).isBetween(Duration.ofSeconds(2), Duration.ofMillis(2100));
    }

    /** It asks the clock again and again, and sleeps only if something is wrong. */
    @LoopTest
    void a_verification_of_mockito_that_nothing_happens_moves_time(TestLoops loops) {
        Runnable mock = Mockito.mock(Runnable.class);
        Runnable other = Mockito.mock(Runnable.class);
        loops.loop("runner").every(Duration.ofSeconds(1)).start(it -> (it.index() < 100 ? mock : other).run());
        Mockito.verify(other, Mockito.after(2000).never()).run();
        assertThat(loops.elapsed()).isBetween(Duration.ofSeconds(2), Duration.ofMillis(2100));
        Mockito.verify(mock, Mockito.times(3)).run();
    }

    @LoopTest
    void awaitility_waits_in_virtual_time(TestLoops loops) {
        loops.loop("ticker").every(Duration.ofMinutes(1)).start(it -> said.add("tick"));
        Awaitility.await().atMost(Duration.ofMinutes(5)).until(() -> said.size() >= 3);
    }

    @LoopTest
    void a_database_in_memory_is_written(TestLoops loops) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:deep")) {
            execute(connection, "create table t(id identity primary key, at timestamp default current_timestamp)");
            loops.loop("writer").every(Duration.ofMinutes(1)).start(it -> {
                try (Connection own = DriverManager.getConnection("jdbc:h2:mem:deep")) {
                    execute(own, "insert into t default values");
                }
            });
            loops.advance(Duration.ofMinutes(10));
            try (Statement count = connection.createStatement();
                    ResultSet result = count.executeQuery("select count(*) from t where at < '2000-01-03 00:00:00'")) {
                assertThat(result.next()).isTrue();
                assertThat(result.getInt(1)).isEqualTo(11);
            }
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @LoopTest
    void a_server_that_spring_plays_is_asked(TestLoops loops) {
        RestClient.Builder builder = RestClient.builder().baseUrl("http://bot");
        MockRestServiceServer server = MockRestServiceServer.bindTo(builder).build();
        server.expect(ExpectedCount.times(3), MockRestRequestMatchers.requestTo("http://bot/users"))
                .andRespond(MockRestResponseCreators.withSuccess("ok", MediaType.TEXT_PLAIN));
        RestClient client = builder.build();
        Loop reader = loops.loop("reader")
                .every(Duration.ofSeconds(30))
                .start(it -> said.add(client.get().uri("/users").retrieve().body(String.class)));
        loops.advance(Duration.ofMinutes(1));
        server.verify();
        assertThat(reader).hasIterations(3);
    }

    @LoopTest(tolerate = Finding.REAL_DELAY)
    void a_timer_keeps_real_time_which_a_test_may_tolerate(TestLoops loops) {
        java.util.Timer timer = new java.util.Timer(true);
        loops.loop("poster")
                .every(Duration.ofMinutes(1))
                .start(it -> timer.schedule(
                        new java.util.TimerTask() {
                            @Override
                            public void run() {
                                said.add("too late");
                            }
                        },
                        60_000));
        loops.advance(Duration.ofMinutes(2));
        assertThat(said).isEmpty();
        timer.cancel();
    }
}
