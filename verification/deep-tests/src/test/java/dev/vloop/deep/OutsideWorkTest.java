package dev.vloop.deep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.vloop.testkit.LoopTest;
import dev.vloop.testkit.TestLoops;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Work that a body hands to threads outside is done before time moves, and time limits of waits for the outside are real. */
@SuppressWarnings("FutureReturnValueIgnored")
class OutsideWorkTest extends DeepFixture {
    /** Takes much longer than a body needs until it waits. */
    private static final long SLOW_ROUNDS = 5_000_000;

    private HttpServer server;
    private HttpRequest request;

    @BeforeEach
    void start() throws IOException {
        serve(null);
    }

    private void serve(Executor executor) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(executor);
        server.createContext("/", exchange -> {
            pause();
            exchange.sendResponseHeaders(200, 2);
            exchange.getResponseBody().write("ok".getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        server.start();
        request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/"))
                .build();
    }

    /** As a server does that plays a slow one. */
    private static void pause() throws IOException {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private static int compute() {
        int sum = 0;
        for (long i = 0; i < SLOW_ROUNDS; i++) {
            sum += Long.hashCode(i * sum + 1);
        }
        return sum & 1 | 2;
    }

    @LoopTest
    void a_request_whose_answer_is_a_future(TestLoops loops) {
        HttpClient client = HttpClient.newHttpClient();
        assertThat(takes(loops, () -> {
                    HttpResponse<String> response =
                            client.sendAsync(request, BodyHandlers.ofString()).get(10, TimeUnit.SECONDS);
                    assertThat(response.body()).isEqualTo("ok");
                }))
                .isEqualTo(Duration.ZERO);
        assertThat(takes(loops, () -> {
                    String body = client.sendAsync(request, BodyHandlers.ofString())
                            .orTimeout(10, TimeUnit.SECONDS)
                            .thenApply(HttpResponse::body)
                            .join();
                    assertThat(body).isEqualTo("ok");
                }))
                .isEqualTo(Duration.ZERO);
    }

    @LoopTest
    void work_on_the_common_pool(TestLoops loops) {
        assertThat(takes(
                        loops,
                        () -> assertThat(CompletableFuture.supplyAsync(OutsideWorkTest::compute)
                                        .get(1, TimeUnit.SECONDS))
                                .isPositive()))
                .isEqualTo(Duration.ZERO);
        assertThat(takes(
                        loops,
                        () -> assertThat(CompletableFuture.completedFuture(1)
                                        .thenApplyAsync(one -> one + compute())
                                        .thenApplyAsync(more -> more + compute())
                                        .join())
                                .isPositive()))
                .isEqualTo(Duration.ZERO);
    }

    @LoopTest
    void work_on_the_common_pool_after_a_delay(TestLoops loops) {
        Executor later = CompletableFuture.delayedExecutor(1, TimeUnit.MINUTES);
        assertThat(takes(
                        loops,
                        () -> assertThat(CompletableFuture.supplyAsync(OutsideWorkTest::compute, later)
                                        .get(2, TimeUnit.MINUTES))
                                .isPositive()))
                .isEqualTo(Duration.ofMinutes(1));
    }

    @LoopTest
    void work_of_a_future_on_a_pool_with_threads_of_its_own(TestLoops loops) {
        try (ExecutorService pool =
                Executors.newFixedThreadPool(1, Thread.ofPlatform().factory())) {
            assertThat(takes(
                            loops,
                            () -> assertThat(CompletableFuture.supplyAsync(OutsideWorkTest::compute, pool)
                                            .get(1, TimeUnit.SECONDS))
                                    .isPositive()))
                    .isEqualTo(Duration.ZERO);
        }
    }

    /** If time waited for work that is never done, each refusal would cost two real seconds. */
    @LoopTest
    void work_that_a_pool_refuses_holds_no_time(TestLoops loops) {
        ExecutorService pool =
                Executors.newFixedThreadPool(1, Thread.ofPlatform().factory());
        pool.shutdown();
        assertThat(takes(loops, () -> {
                    for (int i = 0; i < 20; i++) {
                        assertThatThrownBy(() -> CompletableFuture.runAsync(() -> {}, pool))
                                .isInstanceOf(RejectedExecutionException.class);
                        Thread.sleep(Duration.ofMinutes(1));
                    }
                }))
                .isEqualTo(Duration.ofMinutes(20));
    }

    @LoopTest
    void such_work_reads_the_clock_of_the_test(TestLoops loops) {
        takes(loops, () -> {
            Thread.sleep(Duration.ofDays(3));
            Instant now = loops.clock().instant();
            assertThat(CompletableFuture.supplyAsync(Instant::now).join()).isEqualTo(now);
            long before = System.nanoTime();
            long there = CompletableFuture.completedFuture(0L)
                    .thenApplyAsync(zero -> zero)
                    .thenApplyAsync(zero -> System.nanoTime())
                    .join();
            assertThat(there).isEqualTo(before);
        });
    }

    /** Nobody can see that it waits for the test. */
    @LoopTest
    void work_that_waits_for_the_test_does_not_hold_time_for_ever(TestLoops loops) {
        CountDownLatch latch = new CountDownLatch(1);
        takes(
                loops,
                () -> CompletableFuture.runAsync(() -> {
                    try {
                        latch.await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                }));
        loops.advance(Duration.ofHours(1));
        latch.countDown();
    }

    @LoopTest
    void the_end_of_a_process(TestLoops loops) {
        assertThat(takes(loops, () -> {
                    Process process = new ProcessBuilder("sleep", "0").start(); // much shorter than the patience
                    process.onExit().get(1, TimeUnit.SECONDS);
                    assertThat(process.isAlive()).isFalse();
                }))
                .isEqualTo(Duration.ZERO);
    }

    @LoopTest
    void limits_of_waits_for_the_outside_are_real(TestLoops loops) {
        CountDownLatch latch = new CountDownLatch(1);
        assertThat(takes(loops, () -> {
                    var task = ForkJoinPool.commonPool().submit(() -> {
                        latch.await();
                        return "";
                    });
                    assertThatThrownBy(() -> task.get(20, TimeUnit.MILLISECONDS))
                            .isInstanceOf(TimeoutException.class);
                    latch.countDown();
                }))
                .isEqualTo(Duration.ZERO);
        assertThat(takes(loops, () -> {
                    Process process = new ProcessBuilder("sleep", "20").start();
                    assertThat(process.waitFor(20, TimeUnit.MILLISECONDS)).isFalse();
                    process.destroyForcibly().waitFor();
                }))
                .isEqualTo(Duration.ZERO);
    }

    @LoopTest
    void a_server_whose_pool_the_test_has_made(TestLoops loops) throws IOException {
        server.stop(0);
        try (ExecutorService pool = Executors.newFixedThreadPool(2)) {
            serve(pool);
            HttpClient client = HttpClient.newHttpClient();
            assertAnswersAtOnce(loops, client);
            server.stop(0);
        }
    }

    @LoopTest
    void a_client_whose_pool_the_test_has_made(TestLoops loops) {
        HttpClient client = HttpClient.newBuilder()
                .executor(Executors.newFixedThreadPool(2))
                .build();
        assertAnswersAtOnce(loops, client);
    }

    private void assertAnswersAtOnce(TestLoops loops, HttpClient client) {
        assertThat(takes(
                        loops,
                        () -> assertThat(client.send(request, BodyHandlers.ofString())
                                        .body())
                                .isEqualTo("ok")))
                .isEqualTo(Duration.ZERO);
    }
}
