package dev.vloop.dashboard;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vloop.LoopRuntime;
import dev.vloop.vthreads.VirtualLoops;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The page on the JDK's own server, in real time: it is a server that is tested. */
@Tag("real-time")
@Timeout(30)
class ServerTest {
    private final LoopHistory history = new LoopHistory();
    private final LoopRuntime loops =
            VirtualLoops.builder().name("bot").listener(history).create();
    private final HttpClient client = HttpClient.newHttpClient();
    private final Set<Thread> before = Thread.getAllStackTraces().keySet();
    private LoopDashboard page;

    private LoopDashboard start() throws IOException {
        page = LoopDashboard.builder(loops).history(history).start();
        return page;
    }

    @AfterEach
    void close() {
        if (page != null) {
            page.close();
        }
        loops.close();
    }

    private HttpResponse<String> get(String address, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(page.uri().resolve(address));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private String cookie() throws Exception {
        HttpResponse<String> entered =
                client.send(HttpRequest.newBuilder(page.link()).build(), BodyHandlers.ofString());
        String cookie = entered.headers().firstValue("Set-Cookie").orElseThrow();
        return cookie.substring(0, cookie.indexOf(';'));
    }

    /** {@return the first line of the answer to a request as it is written here} */
    private String raw(String request) throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), page.uri().getPort())) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(request.replace("\n", "\r\n").getBytes(UTF_8));
            socket.getOutputStream().flush();
            return String.valueOf(new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8)).readLine());
        }
    }

    @Test
    void the_link_leads_in_and_the_address_alone_does_not() throws Exception {
        loops.loop("news").every(Duration.ofHours(1)).build(it -> {});
        start();
        assertThat(page.link().toString()).startsWith(page.uri() + "?token=");
        assertThat(get("/").statusCode()).isEqualTo(401);
        HttpResponse<String> list = get("/", "Cookie", cookie());
        assertThat(list.statusCode()).isEqualTo(200);
        assertThat(list.body()).contains("<bdi>news</bdi>");
        assertThat(list.headers().firstValue("Content-Security-Policy")).isPresent();
    }

    @Test
    void a_forged_host_is_refused_on_the_wire() throws Exception {
        start();
        String cookie = "\nCookie: " + cookie() + "\nConnection: close\n\n";
        assertThat(raw("GET / HTTP/1.1\nHost: localhost" + cookie)).contains(" 200 ");
        assertThat(raw("GET / HTTP/1.1\nHost: evil.example" + cookie)).contains(" 421 ");
        // The server of newer JDKs refuses these two by itself.
        assertThat(raw("GET / HTTP/1.1\nHost: localhost\nHost: evil.example" + cookie))
                .containsAnyOf(" 421 ", " 400 ");
        assertThat(raw("GET / HTTP/1.0" + cookie)).containsAnyOf(" 421 ", " 400 ");
        assertThat(raw("GET http://localhost/ HTTP/1.1\nHost: evil.example" + cookie))
                .contains(" 421 ");
    }

    @Test
    void a_button_works_with_the_secret_and_not_without() throws Exception {
        var loop = loops.loop("news").every(Duration.ofHours(1)).build(it -> {});
        start();
        String cookie = cookie();
        String body = get("/", "Cookie", cookie).body();
        String secret =
                PageTest.all("name=vloop-secret content=\"(.*?)\"", body).getFirst();
        HttpRequest.Builder post = HttpRequest.newBuilder(page.uri().resolve("do"))
                .headers("Cookie", cookie, "Origin", "http://" + page.uri().getAuthority())
                .POST(HttpRequest.BodyPublishers.ofString("action=pause&loop=news"));
        assertThat(client.send(post.build(), BodyHandlers.ofString()).statusCode())
                .isEqualTo(403);
        assertThat(loop.status().paused()).isFalse();
        post.header("X-Vloop-Secret", secret);
        assertThat(client.send(post.build(), BodyHandlers.ofString()).body())
                .isEqualTo("{\"done\":\"pause of loop \\u0027news\\u0027: done\"}");
        assertThat(loop.status().paused()).isTrue();
    }

    @Test
    void a_failure_is_seen_at_once_by_who_listens_and_the_end_ends_the_stream() throws Exception {
        CountDownLatch listening = new CountDownLatch(1);
        loops.loop("news").every(Duration.ofHours(1)).start(it -> {
            listening.await();
            throw new IllegalStateException("broken");
        });
        start();
        var events = client.send(
                HttpRequest.newBuilder(page.uri().resolve("events"))
                        .header("Cookie", cookie())
                        .build(),
                BodyHandlers.ofLines());
        assertThat(events.headers().firstValue("Content-Type")).contains("text/event-stream; charset=utf-8");
        var lines = events.body().iterator();
        while (!lines.next().contains("executing")) {}
        listening.countDown();
        while (!lines.next().contains("class=bad")) {}
        page.close();
        assertThatThrownBy(() -> {
                    while (lines.hasNext()) {
                        lines.next();
                    }
                    throw new IOException("ended"); // an orderly end is as good
                })
                .isInstanceOfAny(IOException.class, java.io.UncheckedIOException.class);
    }

    @Test
    void it_listens_on_the_loopback_alone() throws Exception {
        start();
        assertThat(InetAddress.getByName(page.uri().getHost()).isLoopbackAddress())
                .isTrue();
        List<InetAddress> others = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
                .toList();
        for (InetAddress other : others) { // a machine may have none
            assertThatThrownBy(() -> new Socket(other, page.uri().getPort()).close())
                    .isInstanceOf(IOException.class);
        }
    }

    private Set<Thread> newThreads() {
        Set<Thread> threads = new HashSet<>(Thread.getAllStackTraces().keySet());
        threads.removeAll(before);
        threads.removeIf(thread -> !thread.getName().startsWith("HTTP-Dispatcher")
                && !thread.getName().contains("-dashboard")
                && !thread.getName().startsWith("idle-timeout-task")
                && !thread.getName().startsWith("req-rsp-timeout"));
        return threads;
    }

    @Test
    void its_threads_are_daemons_inherit_nothing_and_end_with_it() throws Exception {
        InheritableThreadLocal<String> inherited = new InheritableThreadLocal<>();
        ThreadGroup plugins = new ThreadGroup("plugins");
        ClassLoader plugin = new URLClassLoader("plugin", new URL[0], null);
        FutureTask<LoopDashboard> starting = new FutureTask<>(() -> {
            Thread.currentThread().setContextClassLoader(plugin);
            inherited.set("secret");
            LoopDashboard started = start();
            get("/");
            return started;
        });
        Thread starter = new Thread(plugins, starting);
        starter.setDaemon(false);
        starter.setPriority(Thread.MIN_PRIORITY);
        starter.start();
        starting.get();
        starter.join();
        Set<Thread> threads = newThreads();
        assertThat(threads)
                .extracting(Thread::getName)
                .anyMatch("HTTP-Dispatcher"::equals)
                .anyMatch("bot-dashboard-1"::equals);
        assertThat(threads).allMatch(Thread::isDaemon);
        assertThat(threads).allMatch(thread -> thread.getContextClassLoader() != plugin);
        assertThat(threads).allMatch(thread -> thread.getThreadGroup() != plugins);
        assertThat(threads).allMatch(thread -> thread.getPriority() == Thread.NORM_PRIORITY);
        page.close();
        for (Thread thread : threads) {
            thread.join(Duration.ofSeconds(60));
            assertThat(thread.isAlive()).as(thread.getName()).isFalse();
        }
        page.close(); // a second call does nothing
    }

    @Test
    void while_nobody_looks_no_thread_of_ours_is_there() throws Exception {
        start();
        assertThat(newThreads()).extracting(Thread::getName).noneMatch(name -> name.matches("bot-dashboard-[0-9]+"));
    }

    @Test
    void a_port_that_is_taken_is_said_at_the_start() throws Exception {
        start();
        LoopDashboard.Builder second =
                LoopDashboard.builder(loops).port(page.uri().getPort());
        assertThatThrownBy(second::start).isInstanceOf(IOException.class).hasMessageContaining("cannot listen");
    }

    @Test
    void one_s_own_token_outlives_a_restart() throws Exception {
        LoopDashboard.Builder builder = LoopDashboard.builder(loops).token("my own token of some length");
        page = builder.start();
        String cookie = cookie();
        URI link = page.link();
        page.close();
        page = builder.start();
        assertThat(get("/", "Cookie", cookie).statusCode()).isEqualTo(200);
        assertThat(page.link().getQuery()).isEqualTo(link.getQuery());
        assertThat(LoopDashboard.builder(loops).toString()).doesNotContain("my own token");
    }
}
