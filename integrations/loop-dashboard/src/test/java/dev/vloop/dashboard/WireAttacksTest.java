package dev.vloop.dashboard;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.Loop;
import dev.vloop.LoopRuntime;
import dev.vloop.vthreads.VirtualLoops;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("attacks on the server, byte by byte")
@Tag("real-time")
class WireAttacksTest {
    private static final String TOKEN = "a-token-of-twenty-letters-or-more";
    private static final String LAST = "GET / HTTP/1.1\nHost: localhost\nConnection: close\n\n";

    private final LoopRuntime loops = VirtualLoops.builder().name("bot").create();
    private final Loop loop = loops.loop("news")
            .every(Duration.ofHours(1))
            .initialDelay(Duration.ofHours(1))
            .start(it -> {});
    private final List<Socket> open = new ArrayList<>();
    private LoopDashboard page;

    @BeforeEach
    void start() throws IOException {
        start(Duration.ofSeconds(10));
    }

    /** A busy machine may take long to read what is there already: so only tests of slow clients have less patience. */
    private void impatient() throws IOException {
        page.close();
        start(Duration.ofSeconds(2));
    }

    private void start(Duration patience) throws IOException {
        page = new Settings(loops).patience(patience).token(TOKEN).start();
    }

    @AfterEach
    void close() throws IOException {
        for (Socket socket : open) {
            socket.close();
        }
        page.close();
        loops.close();
    }

    /** Sends something, with the line ends of HTTP, and leaves the connection open. */
    private Socket send(String request) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), page.uri().getPort());
        open.add(socket);
        socket.setSoTimeout(30_000);
        socket.getOutputStream().write(request.replace("\n", "\r\n").getBytes(ISO_8859_1));
        socket.getOutputStream().flush();
        return socket;
    }

    /** {@return what the server sends until it hangs up} */
    private static String rest(Socket socket) throws IOException {
        StringBuilder text = new StringBuilder();
        try {
            for (int c = socket.getInputStream().read();
                    c >= 0;
                    c = socket.getInputStream().read()) {
                text.append((char) c);
            }
        } catch (SocketException e) { // hung up all the same
            return text.toString();
        }
        return text.toString();
    }

    /** {@return the status of each answer to what is sent on one connection} */
    private List<String> statuses(String requests) throws IOException {
        return PageTest.all("HTTP/1[.]1 ([0-9]+)", rest(send(requests)));
    }

    private String cookie() throws IOException {
        String answer = rest(send("GET /?token=" + TOKEN + " HTTP/1.1\nHost: localhost\nConnection: close\n\n"));
        return "Cookie: " + PageTest.all("(?i)Set-Cookie: ([^;]*)", answer).getFirst() + "\n";
    }

    // ---- slow ones, that hold threads

    @Test
    void half_a_request_does_not_keep_a_thread() throws IOException {
        impatient();
        List<Socket> slow = new ArrayList<>();
        for (int i = 0; i < DaemonThreads.MOST; i++) {
            slow.add(send("GET / HTTP/1.1\nHost: local"));
        }
        assertThat(statuses(LAST)).containsExactly("401");
        for (Socket socket : slow) {
            assertThat(rest(socket)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "HEAD"})
    void a_body_that_does_not_come_does_not_keep_a_thread(String method) throws IOException {
        impatient();
        List<Socket> slow = new ArrayList<>();
        for (int i = 0; i < DaemonThreads.MOST; i++) {
            slow.add(send(method + " /do HTTP/1.1\nHost: localhost\nContent-Length: 9000\n\naction="));
        }
        assertThat(statuses(LAST)).containsExactly("401");
        for (Socket socket : slow) {
            assertThat(rest(socket)).contains(" 401 ");
        }
    }

    @Test
    void half_a_form_does_nothing_even_of_somebody_who_is_known() throws Exception {
        impatient();
        String cookie = cookie();
        String list = rest(send("GET / HTTP/1.1\nHost: localhost\nConnection: close\n" + cookie + "\n"));
        String secret =
                PageTest.all("name=vloop-secret content=\"(.*?)\"", list).getFirst();
        String head = "POST /do HTTP/1.1\nHost: localhost\nX-Vloop-Secret: " + secret + "\n" + cookie;
        rest(send(head + "Content-Length: 9000\n\naction=cancel&loop=news"));
        assertThat(loop.isRunning()).isTrue();
        rest(send(head + "Transfer-Encoding: chunked\n\n17\naction=cancel&loop=news\n"));
        assertThat(loop.isRunning()).isTrue();
        assertThat(statuses(head + "Connection: close\nContent-Length: 23\n\naction=cancel&loop=news"))
                .containsExactly("200");
        assertThat(loop.join(Duration.ofSeconds(30))).isNotNull();
    }

    @Test
    void listeners_leave_threads_for_others_and_further_ones_are_told() throws IOException {
        String cookie = cookie();
        for (int i = 0; i < LiveUpdates.MOST + 5; i++) {
            BufferedReader events = new BufferedReader(new InputStreamReader(
                    send("GET /events HTTP/1.1\nHost: localhost\n" + cookie + "\n")
                            .getInputStream(),
                    ISO_8859_1));
            String line = events.readLine();
            while (!line.startsWith("retry: ")) {
                line = events.readLine();
            }
            assertThat(line).isEqualTo(i < LiveUpdates.MOST ? "retry: 2000" : "retry: 10000");
        }
        assertThat(statuses(LAST.replace("Host", cookie + "Host"))).containsExactly("200");
    }

    // ---- requests within requests

    @Test
    void the_body_of_a_refused_request_is_not_taken_for_a_request() throws IOException {
        String inner = "GET /loops.json HTTP/1.1\r\nHost: localhost\r\n\r\n";
        assertThat(statuses("POST /do HTTP/1.1\nHost: evil.example\nContent-Length: " + inner.length() + "\n\n"
                        + inner.replace("\r\n", "\n") + LAST))
                .containsExactly("421", "401");
        assertThat(statuses("GET /none HTTP/1.1\nHost: localhost\nContent-Length: " + inner.length() + "\n\n"
                        + inner.replace("\r\n", "\n") + LAST))
                .containsExactly("401", "401");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 5\nTransfer-Encoding: chunked",
                "Transfer-Encoding: chunked\nContent-Length: 5",
                "Content-Length: 5\nContent-Length: 50",
                "Content-Length: -5",
                "Content-Length: 5, 50",
                "Transfer-Encoding: chunked, chunked",
                "Transfer-Encoding: xchunked",
                "Transfer-Encoding: chunked\nTransfer-Encoding: identity"
            })
    void a_body_of_two_lengths_ends_the_connection(String lengths) throws IOException {
        assertThat(statuses("POST /do HTTP/1.1\nHost: localhost\n" + lengths + "\n\n0\n\n" + LAST))
                .hasSizeLessThanOrEqualTo(1)
                .allMatch(status -> status.equals("400") || status.equals("501"));
    }

    // ---- what is too large, or no request

    @Test
    void a_header_without_end_is_not_read_to_its_end() throws IOException {
        List<String> statuses;
        try {
            statuses = statuses("GET / HTTP/1.1\nHost: localhost\nX: " + "x".repeat(2_000_000) + "\n\n");
        } catch (SocketException e) { // hung up while it was sent
            statuses = List.of();
        }
        assertThat(statuses).doesNotContain("401");
        assertThat(statuses(LAST)).containsExactly("401");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u0000\u0001\u0002\n\n",
                "GET\n\n",
                "GET / \nConnection: close\n\n",
                "GET /%zz HTTP/1.1\nHost: localhost\n\n",
                "GET /\u00ff\u00fe HTTP/1.1\nHost: localhost\nConnection: close\n\n",
                "CONNECT evil.example:443 HTTP/1.1\nHost: evil.example:443\nConnection: close\n\n",
                "OPTIONS * HTTP/1.1\nHost: localhost\nConnection: close\n\n",
                "PRI * HTTP/2.0\nHost: localhost\nConnection: close\n\n",
                "GET /events HTTP/1.1\nHost: localhost\nOrigin: http://evil.example\nConnection: close\nUpgrade: websocket\n\n"
            })
    void nonsense_is_refused_and_harms_nobody(String request) throws IOException {
        assertThat(statuses(request)).allMatch(status -> status.startsWith("4"));
        assertThat(statuses(LAST)).containsExactly("401");
    }

    /** Of somebody who is known: others get the same answer for all paths. The server of JDK 21 refuses some by itself. */
    @ParameterizedTest
    @CsvSource({
        "/%2e%2e/%2e%2e/etc/passwd, 404",
        "/../../etc/passwd, 404",
        "/..;/, 404",
        "/;jsessionid=1, 404",
        "/loops.json;jsessionid=1, 404",
        "/loops.json/, 404",
        "/loops.json%00, 404",
        "/%6coops.json, 404",
        "/./loops.json, 404",
        "/do%2F, 404",
        "//, 400",
        "//evil.example/loops.json, 421 or 400",
        "http://evil.example/loops.json, 421",
        "http://localhost/loops.json, 200",
        "/loops.json, 200"
    })
    void a_path_is_taken_as_it_is_written(String path, String status) throws IOException {
        List<String> told =
                statuses("GET " + path + " HTTP/1.1\nHost: localhost\nConnection: close\n" + cookie() + "\n");
        assertThat(told).hasSize(1).isSubsetOf(status.split(" or ", -1));
    }

    @Test
    void a_head_is_answered_without_a_body_and_says_nothing_in_the_log() throws IOException {
        List<String> logged = new CopyOnWriteArrayList<>();
        Logger logger = Logger.getLogger("com.sun.net.httpserver");
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord line) {
                if (line.getLevel().intValue() >= Level.INFO.intValue()) {
                    logged.add(line.getMessage());
                }
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        logger.addHandler(handler);
        try {
            assertThat(statuses("HEAD / HTTP/1.1\nHost: localhost\n\n" + LAST)).containsExactly("401", "401");
            assertThat(rest(send("HEAD / HTTP/1.1\nHost: localhost\nConnection: close\n\n")))
                    .startsWith("HTTP/1.1 401 ")
                    .endsWith("\r\n\r\n")
                    .doesNotContain("Open the link");
        } finally {
            logger.removeHandler(handler);
        }
        assertThat(logged).isEmpty();
    }

    @Test
    void a_trace_does_not_show_the_cookie_of_whoever_asks() throws IOException {
        String cookie = cookie();
        assertThat(rest(send("TRACE / HTTP/1.1\nHost: localhost\nConnection: close\n" + cookie + "\n")))
                .startsWith("HTTP/1.1 405 ")
                .doesNotContain(cookie.strip());
    }

    @Test
    void a_refusal_has_the_same_headers_as_any_answer() throws IOException {
        assertThat(rest(send(LAST.replace("localhost", "evil.example"))))
                .startsWith("HTTP/1.1 421 ")
                .containsIgnoringCase("\r\nX-Frame-Options: DENY\r\n")
                .containsIgnoringCase("\r\nCache-Control: no-store\r\n")
                .containsIgnoringCase("\r\nContent-Security-Policy: default-src 'none'");
    }

    // ---- starting

    @Test
    void an_interrupt_while_it_starts_leaves_no_server_behind() throws IOException {
        Thread.currentThread().interrupt();
        try (LoopDashboard second = LoopDashboard.builder(loops).start()) {
            assertThat(Thread.interrupted()).isTrue();
            assertThat(second.uri().getPort()).isPositive();
        } finally {
            Thread.interrupted();
        }
    }
}
