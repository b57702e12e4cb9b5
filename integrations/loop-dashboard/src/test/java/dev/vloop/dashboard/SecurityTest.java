package dev.vloop.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vloop.Loop;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("attacks on the page")
class SecurityTest extends PageTest {
    private static final String TOKEN = "a-token-of-twenty-letters-or-more";
    private static final String EVIL = "</script><script>alert(1)</script>\"'><img src=x onerror=alert(1)>";

    private final Gate gate = new Gate(settings, TOKEN);
    private final DashboardHandler guarded = new DashboardHandler(settings, gate);

    private String cookie() {
        String set = guarded.handle(Ask.get("/?token=" + TOKEN)).headers().get("Set-Cookie");
        return set.substring(0, set.indexOf(';'));
    }

    private static String nameOf(String cookie) {
        return cookie.substring(0, cookie.indexOf('='));
    }

    private Ask known(Ask ask) {
        return ask.with("Cookie", cookie());
    }

    private int status(Ask ask) {
        return guarded.handle(ask).status();
    }

    // ---- strangers

    @ParameterizedTest
    @ValueSource(
            strings = {"/", "/loop?name=news", "/events", "/loops.json", "/health", "/none", "/?token=wrong", "/?token="
            })
    void nobody_gets_anything_without_the_token(String address) {
        everySecond("news").build(it -> {});
        DashboardResponse answer = guarded.handle(Ask.get(address));
        assertThat(answer.status()).isEqualTo(401);
        assertThat(Ask.text(answer))
                .doesNotContain("news")
                .doesNotContain("bot")
                .doesNotContain(gate.secret());
        assertThat(answer.headers()).doesNotContainKey("Set-Cookie");
    }

    @Test
    void the_link_gives_a_cookie_that_scripts_and_other_sites_do_not_get_and_that_is_not_the_token() {
        DashboardResponse answer = guarded.handle(Ask.get("/?token=" + TOKEN));
        assertThat(answer.headers().get("Set-Cookie"))
                .endsWith("; Max-Age=2592000; HttpOnly; SameSite=Strict")
                .doesNotContain(TOKEN)
                .doesNotContain("Path"); // the browser takes the folder, so that it is right behind a proxy, too
        assertThat(Ask.text(answer)).contains("url=./").doesNotContain(TOKEN);
        assertThat(answer.headers()).containsEntry("Referrer-Policy", "no-referrer");
        everySecond("news").build(it -> {});
        assertThat(Ask.text(guarded.handle(known(Ask.get("/?token=" + TOKEN)))))
                .contains("url=./")
                .doesNotContain("news");
        assertThat(status(Ask.get("/").with("Cookie", "theirs=1; " + cookie() + "; more=2")))
                .isEqualTo(200);
    }

    @Test
    void over_tls_the_cookie_stays_on_tls() {
        DashboardResponse answer = guarded.handle(Ask.get("/?token=" + TOKEN).with("X-Forwarded-Proto", "https"));
        assertThat(answer.headers().get("Set-Cookie")).endsWith("; Secure");
    }

    @Test
    void a_forged_cookie_is_none() {
        String name = nameOf(cookie());
        assertThat(status(Ask.get("/").with("Cookie", name + "="))).isEqualTo(401);
        assertThat(status(Ask.get("/").with("Cookie", name + "=" + TOKEN))).isEqualTo(401);
        assertThat(status(Ask.get("/").with("Cookie", name))).isEqualTo(401);
        assertThat(status(Ask.get("/").with("Cookie", "x" + cookie()))).isEqualTo(401);
        assertThat(status(Ask.get("/").with("Cookie", new Settings(loops).tokenOrRandom())))
                .isEqualTo(401);
    }

    @Test
    void the_token_works_only_where_the_link_leads() {
        assertThat(status(Ask.get("/loops.json?token=" + TOKEN))).isEqualTo(401);
        assertThat(status(Ask.of("POST", "/?token=" + TOKEN))).isEqualTo(401);
    }

    @Test
    void a_program_brings_the_token_as_a_header() {
        assertThat(status(Ask.get("/health").with("Authorization", "Bearer " + TOKEN)))
                .isEqualTo(200);
        assertThat(status(Ask.get("/health").with("Authorization", "bearer " + TOKEN)))
                .isEqualTo(200);
        assertThat(status(Ask.get("/health").with("Authorization", "Bearer " + TOKEN + "x")))
                .isEqualTo(401);
        assertThat(status(Ask.get("/health").with("Authorization", "Basic " + TOKEN)))
                .isEqualTo(401);
    }

    @Test
    void pages_of_two_programs_have_cookies_of_different_names() {
        String other = new DashboardHandler(settings, new Gate(settings, TOKEN + "2"))
                .handle(Ask.get("/?token=" + TOKEN + "2"))
                .headers()
                .get("Set-Cookie");
        assertThat(nameOf(other)).isNotEqualTo(nameOf(cookie()));
    }

    // ---- DNS rebinding

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:7000",
                "localhost.evil.example",
                "127.0.0.1.evil.example",
                "localhost@evil.example",
                "localhost:7000,evil.example",
                "localhost:x",
                "localhost.",
                "192.0.2.1",
                "[::2]",
                "[::1",
                "[::1]x",
                "",
                " ",
                "localhost:"
            })
    void a_forged_host_is_refused_even_with_the_cookie(String host) {
        assertThat(status(known(Ask.get("/")).with("Host", host))).isEqualTo(421);
    }

    @Test
    void a_request_without_a_host_is_refused() {
        assertThat(status(known(Ask.get("/")).with("Host", null))).isEqualTo(421);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST:9", "127.0.0.1:7000", "[::1]:7000"})
    void the_loopback_has_several_names_and_through_a_tunnel_any_port(String host) {
        assertThat(status(known(Ask.get("/")).with("Host", host))).isEqualTo(200);
    }

    @Test
    void a_host_that_was_allowed_is_let_in_and_no_other() {
        settings.allowHost("Bots.Example");
        DashboardHandler open = new DashboardHandler(settings, new Gate(settings, null));
        assertThat(open.handle(Ask.get("/").with("Host", "bots.example")).status())
                .isEqualTo(200);
        assertThat(open.handle(Ask.get("/").with("Host", "x.bots.example")).status())
                .isEqualTo(421);
    }

    // ---- other sites in the user's browser

    private Ask action() {
        return known(Ask.post("action=cancel&loop=news")).with("X-Vloop-Secret", gate.secret());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example",
                "null",
                "http://localhost",
                "http://localhost:3000",
                "http://127.0.0.1:7000",
                "http://localhost:7000.evil.example",
                "http://localhost:7000@evil.example",
                "file://",
                "",
                "http://",
                "chrome-extension://localhost:7000"
            })
    void another_origin_cannot_act_even_with_cookie_and_secret(String origin) {
        Loop loop = everySecond("news").start(it -> {});
        loops.settle();
        assertThat(status(action().with("Origin", origin))).isEqualTo(403);
        loops.settle();
        assertThat(loop.isRunning()).isTrue();
        assertThat(status(known(Ask.get("/loops.json")).with("Origin", origin))).isEqualTo(403);
    }

    @Test
    void the_page_itself_can_act() {
        Loop loop = everySecond("news").start(it -> {});
        loops.settle();
        assertThat(status(action().with("Sec-Fetch-Site", "same-origin"))).isEqualTo(200);
        loops.settle();
        assertThat(loop.isRunning()).isFalse();
    }

    @Test
    void behind_a_proxy_that_changes_the_host_the_allowed_name_is_the_page_s_own_origin() {
        settings.allowHost("bots.example");
        Gate behind = new Gate(settings, null);
        Ask ask = Ask.post("action=pause-all")
                .with("X-Vloop-Secret", behind.secret())
                .with("Origin", "https://bots.example");
        assertThat(new DashboardHandler(settings, behind).handle(ask).status()).isEqualTo(200);
    }

    @Test
    void what_a_browser_fetches_for_another_site_is_refused() {
        for (String site : new String[] {"cross-site", "same-site"}) { // another port of localhost is the same site
            assertThat(status(known(Ask.get("/loops.json"))
                            .with("Sec-Fetch-Site", site)
                            .with("Sec-Fetch-Mode", "no-cors")))
                    .isEqualTo(403);
            assertThat(status(action().with("Origin", null)
                            .with("Sec-Fetch-Site", site)
                            .with("Sec-Fetch-Mode", "navigate")))
                    .isEqualTo(403);
        }
        assertThat(status(
                        known(Ask.get("/")).with("Sec-Fetch-Site", "cross-site").with("Sec-Fetch-Mode", "navigate")))
                .isEqualTo(200); // a link in a chat
        assertThat(status(known(Ask.get("/")).with("Sec-Fetch-Site", "none"))).isEqualTo(200);
    }

    @Test
    void a_post_without_the_secret_or_with_a_wrong_one_is_refused() {
        assertThat(status(action().with("X-Vloop-Secret", null))).isEqualTo(403);
        assertThat(status(action().with("X-Vloop-Secret", ""))).isEqualTo(403);
        assertThat(status(action().with("X-Vloop-Secret", new Gate(settings, TOKEN).secret())))
                .isEqualTo(403);
        assertThat(audited()).isEmpty();
    }

    @Test
    void a_form_of_another_site_has_no_such_header_and_no_get_changes_anything() {
        Loop loop = everySecond("news").start(it -> {});
        loops.settle();
        assertThat(status(known(Ask.get("/do?action=cancel&loop=news")))).isEqualTo(404);
        assertThat(status(known(Ask.of("POST", "/?action=cancel&loop=news")).with("X-Vloop-Secret", gate.secret())))
                .isEqualTo(404);
        loops.settle();
        assertThat(loop.isRunning()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"OPTIONS", "PUT", "DELETE", "TRACE", "HEAD", "get"})
    void other_methods_are_refused_so_no_preflight_succeeds(String method) {
        DashboardResponse answer = guarded.handle(known(Ask.of(method, "/do")));
        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.headers().keySet()).noneMatch(header -> header.startsWith("Access-Control"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/loop?name=x", "/events", "/loops.json", "/health", "/none"})
    void every_answer_forbids_frames_sniffing_caches_and_other_sites(String address) {
        Map<String, String> headers = guarded.handle(known(Ask.get(address))).headers();
        assertThat(headers)
                .containsEntry("X-Frame-Options", "DENY")
                .containsEntry("X-Content-Type-Options", "nosniff")
                .containsEntry("Cache-Control", "no-store")
                .containsEntry("Cross-Origin-Resource-Policy", "same-origin")
                .containsEntry("Cross-Origin-Opener-Policy", "same-origin")
                .containsEntry("Referrer-Policy", "no-referrer");
        assertThat(headers.get("Content-Security-Policy"))
                .contains("default-src 'none'")
                .contains("frame-ancestors 'none'");
        assertThat(headers.keySet()).noneMatch(header -> header.startsWith("Access-Control"));
    }

    @Test
    void scripts_need_a_nonce_that_is_new_each_time() {
        DashboardResponse answer = guarded.handle(known(Ask.get("/")));
        String policy = answer.headers().get("Content-Security-Policy");
        String nonce = all("script-src 'nonce-(.*?)'", policy).getFirst();
        assertThat(policy).doesNotContain("unsafe");
        String page = Ask.text(answer);
        assertThat(all("(<script[^>]*>)", page)).hasSize(1);
        assertThat(page)
                .contains("<script nonce=\"" + nonce + "\">")
                .doesNotContain(" onclick")
                .doesNotContain("style=");
        assertThat(guarded.handle(known(Ask.get("/"))).headers().get("Content-Security-Policy"))
                .doesNotContain(nonce);
    }

    // ---- what users write

    @Test
    void text_of_users_is_text_wherever_it_is_shown() {
        settings.facts(loop -> Map.of(EVIL, EVIL)).redact(text -> text + EVIL);
        Loop loop = loops.loop("loop " + EVIL)
                .kind("kind " + EVIL)
                .schedule(new dev.vloop.Schedule() {
                    @Override
                    public java.time.Instant next(dev.vloop.SlotContext at) {
                        return at.lastSlot() == null ? at.now() : at.lastSlot().plusSeconds(60);
                    }

                    @Override
                    public String toString() {
                        return "schedule " + EVIL;
                    }
                })
                .backoff(new dev.vloop.Backoff() {
                    @Override
                    public java.time.Duration delay(dev.vloop.LoopFailure f, java.util.random.RandomGenerator r) {
                        return seconds(60);
                    }

                    @Override
                    public String toString() {
                        return "backoff " + EVIL;
                    }
                })
                .start(it -> {
                    throw new IOException("message " + EVIL, new IllegalStateException("cause " + EVIL));
                });
        loops.settle();
        String name = Html.inQuery(loop.name());
        for (String address : new String[] {
            "/",
            "/?group=1",
            "/?kind=" + Html.inQuery(loop.kind()),
            "/?q=" + Html.inQuery(EVIL),
            "/?state=" + Html.inQuery(EVIL),
            "/?sort=" + Html.inQuery(EVIL),
            "/?zone=" + Html.inQuery(EVIL),
            "/loop?name=" + name,
            "/loop?name=none" + name,
            "/loop?name=" + name + "&zone=" + Html.inQuery(EVIL),
            "/loops.json",
            "/health"
        }) {
            String page = page(address);
            assertThat(page)
                    .as(address)
                    .doesNotContain("<script>")
                    .doesNotContain("<img")
                    .doesNotContain("\"'>");
            assertThat(all("(<script)", page)).as(address).hasSizeLessThanOrEqualTo(1);
        }
        assertThat(page("/loop?name=" + name))
                .contains("message &lt;/script&gt;")
                .contains("cause &lt;/script&gt;")
                .contains("schedule &lt;/script&gt;")
                .contains("backoff &lt;/script&gt;");
    }

    @Test
    void the_page_s_template_is_not_filled_with_what_users_write() {
        everySecond("{{secret}} $1 \\").build(it -> {});
        DashboardHandler handler = new DashboardHandler(settings, gate);
        String page = Ask.text(handler.handle(known(Ask.get("/"))));
        assertThat(page).contains("<bdi>{{secret}} $1 \\</bdi>");
        assertThat(all("(" + gate.secret() + ")", page)).hasSize(1);
    }

    @Test
    void letters_of_other_directions_and_control_characters_turn_nothing_around() {
        everySecond("a\u202Eb\u0000\r\nc").build(it -> {});
        String page = page("/");
        assertThat(page).contains("<bdi>a\u202Eb\uFFFD\uFFFD\nc</bdi>");
        assertThat(all("(<a class=l)", page)).isEmpty(); // no address and no button could name this loop
        assertThat(all("(data-l=)", page)).isEmpty();
    }

    @Test
    void half_a_letter_has_no_button_that_would_be_for_another_loop() {
        everySecond("x\uD800").build(it -> {});
        Loop other = everySecond("x?").build(it -> {});
        assertThat(all("data-l=\"(.*?)\"", page("/"))).containsExactly("x?", "x?"); // two buttons of one loop
        assertThat(other.name()).isEqualTo("x?");
    }

    @Test
    void a_huge_name_or_message_is_cut() {
        everySecond("n".repeat(1_000_000)).start(it -> {
            throw new IllegalStateException("m".repeat(1_000_000));
        });
        loops.settle();
        assertThat(page("/?q=nnn").length()).isLessThan(1_100_000 + 100_000); // its id alone is whole
        everySecond("news").start(it -> {
            throw new IllegalStateException("m".repeat(1_000_000));
        });
        loops.settle();
        assertThat(page("/loop?name=news").length()).isLessThan(60_000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/?page=-1",
                "/?page=99999999999999999999",
                "/?size=0",
                "/?size=-5",
                "/?size=2147483647",
                "/?page=1000000&size=500",
                "/?q=%",
                "/?q=%ff%fe",
                "/?%3D=&&&=&a",
                "/?zone=../../etc/passwd",
                "/?sort=-",
                "/?sort=--name",
                "/loop",
                "/loop?name="
            })
    void nonsense_in_an_address_breaks_nothing(String address) {
        everySecond("news").build(it -> {});
        assertThat(answer(Ask.get(address)).status()).isIn(200, 404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/../", "//", "/page.html", "/%2e%2e/", "/do", "/loop/", "/LOOP", "", "/static/x"})
    void no_file_is_served(String path) {
        assertThat(status(known(Ask.get(path)))).isEqualTo(404);
    }

    @Test
    void a_long_body_is_not_read_to_its_end() {
        assertThat(status(known(Ask.post("action=pause&loop=" + "x".repeat(20_000)))
                        .with("X-Vloop-Secret", gate.secret())))
                .isEqualTo(413);
    }

    @Test
    void what_fails_within_the_page_is_told_to_the_log_and_not_to_strangers() {
        List<String> logged = new CopyOnWriteArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord line) {
                logged.add(line.getLevel().getName());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger log = Logger.getLogger("dev.vloop.dashboard");
        log.addHandler(handler);
        try {
            failWithin(logged);
        } finally {
            log.removeHandler(handler);
        }
    }

    private void failWithin(List<String> logged) {
        settings.health(dev.vloop.LoopHealth.standard().grace(loop -> {
            throw new IllegalStateException("inner secret");
        }));
        everySecond("news").start(it -> {});
        loops.settle();
        DashboardResponse answer = answer(Ask.get("/health"));
        assertThat(answer.status()).isEqualTo(503);
        assertThat(Ask.text(answer)).isEqualTo("{\"status\":\"UNKNOWN\"}");
        DashboardHandler broken = new DashboardHandler(settings, new Gate(settings, null));
        DashboardResponse failed = broken.handle(new Ask.Broken());
        assertThat(failed.status()).isEqualTo(500);
        assertThat(logged).containsExactly("WARNING", "SEVERE"); // of the owner's log, which may know
        assertThat(Ask.text(failed)).doesNotContain("inner secret").doesNotContain("Exception");
        assertThat(answer(Ask.get("/loop?name=news")).status()).isEqualTo(200);
    }

    // ---- settings

    @Test
    void a_short_token_is_refused_and_not_repeated() {
        assertThatThrownBy(() -> new Settings(loops).token("hunter2"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("token must have at least 20 characters, but has 7");
        assertThatThrownBy(() -> new Settings(loops).token("x".repeat(19))).hasMessageEndingWith("has 19");
        assertThat(new Settings(loops).token("x".repeat(20)).tokenOrRandom()).isEqualTo("x".repeat(20));
    }

    @Test
    void another_address_needs_a_token_of_one_s_own() throws IOException {
        var everywhere = new Settings(loops).address(java.net.InetAddress.getByName("0.0.0.0"));
        assertThatThrownBy(everywhere::start)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("needs a token");
    }
}
