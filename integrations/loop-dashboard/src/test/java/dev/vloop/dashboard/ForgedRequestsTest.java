package dev.vloop.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vloop.Loop;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("requests that somebody else has made up")
class ForgedRequestsTest extends PageTest {
    private static final String TOKEN = "a-token-of-twenty-letters-or-more";

    private Gate gate = new Gate(settings, TOKEN);

    private DashboardResponse ask(Ask ask) {
        return new DashboardHandler(settings, gate).handle(ask);
    }

    private String cookie() {
        String set = ask(Ask.get("/?token=" + TOKEN)).headers().get("Set-Cookie");
        return set.substring(0, set.indexOf(';'));
    }

    private Ask known(Ask ask) {
        return ask.with("Cookie", cookie());
    }

    // ---- tokens, cookies and secrets

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/?token=wrong&token=" + TOKEN,
                "/?Token=" + TOKEN,
                "/?token=" + TOKEN + "%00",
                "/?token=" + TOKEN + "%",
                "/?token%00=" + TOKEN,
                "/?token=%20" + TOKEN,
                "//?token=" + TOKEN,
                "/loop?token=" + TOKEN
            })
    void a_token_that_is_nearly_right_or_not_where_it_belongs_opens_nothing(String address) {
        DashboardResponse answer = ask(Ask.get(address));
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.headers()).doesNotContainKey("Set-Cookie");
    }

    @Test
    void a_token_from_another_site_s_host_or_script_gives_no_cookie() {
        assertThat(ask(Ask.get("/?token=" + TOKEN).with("Host", "evil.example")).headers())
                .doesNotContainKey("Set-Cookie");
        assertThat(ask(Ask.get("/?token=" + TOKEN).with("Origin", "http://evil.example"))
                        .headers())
                .doesNotContainKey("Set-Cookie");
        assertThat(ask(Ask.get("/?token=" + TOKEN)
                                .with("Sec-Fetch-Site", "cross-site")
                                .with("Sec-Fetch-Mode", "no-cors"))
                        .headers())
                .doesNotContainKey("Set-Cookie");
        assertThat(ask(Ask.get("/?token=" + TOKEN)
                                .with("Sec-Fetch-Site", "cross-site")
                                .with("Sec-Fetch-Mode", "navigate"))
                        .headers())
                .containsKey("Set-Cookie"); // the link, clicked on in a chat
    }

    @Test
    void the_page_that_takes_the_token_cannot_be_framed_or_stored_and_tells_it_to_nobody() {
        assertThat(ask(Ask.get("/?token=" + TOKEN)).headers())
                .containsEntry("X-Frame-Options", "DENY")
                .containsEntry("Cache-Control", "no-store")
                .containsEntry("Referrer-Policy", "no-referrer");
    }

    @Test
    void a_cookie_of_the_same_name_that_another_port_has_set_locks_nobody_out() {
        String ours = cookie();
        String name = ours.substring(0, ours.indexOf('='));
        String many = "x=1; ".repeat(50) + name + "=theirs; " + name + "; " + ours + "; " + name + "=after";
        assertThat(ask(Ask.get("/").with("Cookie", many)).status()).isEqualTo(200);
        assertThat(ask(Ask.get("/").with("Cookie", name + "=theirs," + ours)).status())
                .isEqualTo(200);
        assertThat(ask(Ask.get("/").with("Cookie", name + "=theirs")).status()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https", "HTTPS", "https,http", "https, http", " https "})
    void a_cookie_that_came_by_tls_stays_there_behind_one_proxy_or_several(String protocol) {
        assertThat(ask(Ask.get("/?token=" + TOKEN).with("X-Forwarded-Proto", protocol))
                        .headers()
                        .get("Set-Cookie"))
                .endsWith("; SameSite=Strict; Secure");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "http,https", "", "httpsx"})
    void without_tls_a_cookie_must_work_too(String protocol) {
        assertThat(ask(Ask.get("/?token=" + TOKEN).with("X-Forwarded-Proto", protocol))
                        .headers()
                        .get("Set-Cookie"))
                .endsWith("; SameSite=Strict");
    }

    @Test
    void the_secret_is_in_no_answer_but_the_page_s_own() {
        everySecond("news").build(it -> {});
        for (String address : new String[] {"/loops.json", "/health", "/none"}) {
            assertThat(Ask.text(ask(known(Ask.get(address))))).as(address).doesNotContain(gate.secret());
        }
        assertThat(Ask.text(ask(Ask.get("/")))).doesNotContain(gate.secret());
        assertThat(Ask.text(ask(known(Ask.get("/"))))).contains(gate.secret());
        assertThat(gate.secret()).hasSize(43).isNotEqualTo(new Gate(settings, TOKEN).secret());
    }

    // ---- simple requests, which a browser sends for any site without asking before

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x",
                "text/plain",
                "application/json"
            })
    void no_form_of_another_site_does_anything(String type) {
        Loop loop = everySecond("news").start(it -> {});
        loops.settle();
        gate = new Gate(settings, null); // not even where a framework's cookie comes along
        Ask form = Ask.post("action=cancel&loop=news").with("Content-Type", type);
        assertThat(ask(form.with("Origin", "http://evil.example")).status()).isEqualTo(403);
        assertThat(ask(form.with("Origin", "null")).status()).isEqualTo(403);
        assertThat(ask(form.with("Origin", null)).status()).isEqualTo(403); // a browser that sends none: no secret
        assertThat(ask(form.with("X-Vloop-Secret", gate.secret())
                                .with("Sec-Fetch-Site", "cross-site")
                                .with("Sec-Fetch-Mode", "navigate"))
                        .status())
                .isEqualTo(403);
        loops.settle();
        assertThat(loop.isRunning()).isTrue();
    }

    @Test
    void another_port_of_an_allowed_host_can_neither_read_nor_act() {
        settings.allowHost("bots.example");
        gate = new Gate(settings, null);
        Ask read = Ask.get("/loops.json")
                .with("Host", "bots.example")
                .with("Origin", "https://bots.example:3000")
                .with("Sec-Fetch-Site", "same-site")
                .with("Sec-Fetch-Mode", "cors");
        assertThat(ask(read).status()).isEqualTo(403);
        Ask act = Ask.post("action=pause-all").with("Host", "bots.example").with("Origin", "https://bots.example:3000");
        assertThat(ask(act).status()).isEqualTo(403); // by a browser that does not say which site asks
        assertThat(ask(act.with("X-Vloop-Secret", "guess").with("Sec-Fetch-Site", "same-site"))
                        .status())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http://localhost:7000,http://evil.example | 403",
                "http://localhost:7000 http://evil.example | 403",
                "HTTP://LOCALHOST:7000 | 403", // no browser writes it so
                "http://LOCALHOST:7000 | 200",
                "http://localhost:7000 | 200"
            })
    void an_origin_is_compared_as_a_whole(String origin, int status) {
        assertThat(ask(known(Ask.get("/loops.json")).with("Origin", origin)).status())
                .isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"same-origin,cross-site", "Cross-Site", "x", ""})
    void what_a_browser_says_of_the_site_must_be_what_it_can_say(String site) {
        assertThat(ask(known(Ask.get("/loops.json"))
                                .with("Sec-Fetch-Site", site)
                                .with("Sec-Fetch-Mode", "cors"))
                        .status())
                .isEqualTo(403);
    }

    // ---- read-only

    @Test
    void no_button_no_method_and_no_address_changes_anything_on_a_read_only_page() {
        Loop loop = everySecond("news").start(it -> {});
        loops.settle();
        settings.readOnly(true);
        for (String action : new String[] {
            "trigger",
            "pause",
            "resume",
            "start",
            "restart",
            "stop",
            "cancel",
            "interval",
            "pause-all",
            "resume-all",
            "x"
        }) {
            Ask ask = known(Ask.post("action=" + action + "&loop=news&interval=9s"))
                    .with("X-Vloop-Secret", gate.secret())
                    .with("X-HTTP-Method-Override", "POST");
            assertThat(ask(ask).status()).as(action).isEqualTo(403);
        }
        ask(known(Ask.get("/do?action=cancel&loop=news")).with("X-HTTP-Method-Override", "POST"));
        loops.settle();
        assertThat(loop.isRunning()).isTrue();
        assertThat(loop.status().paused()).isFalse();
        assertThat(loop.status().iterations()).isEqualTo(1);
        assertThat(audited()).hasSize(11).allMatch(line -> line.endsWith("refused: this page is read-only"));
    }

    // ---- what the log and strangers get to know

    @Test
    void what_a_stranger_sends_is_not_in_the_answer() {
        String mark = "ZZmarkZZ";
        for (Ask ask : new Ask[] {
            Ask.get("/" + mark + "?q=" + mark),
            Ask.get("/").with("Host", mark),
            Ask.get("/").with("Origin", "http://" + mark),
            Ask.get("/").with("Cookie", mark),
            Ask.get("/").with("Authorization", "Bearer " + mark),
            Ask.of(mark, "/"),
            Ask.post(mark)
        }) {
            DashboardResponse answer = ask(ask);
            assertThat(Ask.text(answer) + answer.headers()).doesNotContain(mark);
            assertThat(answer.status()).isBetween(400, 499);
        }
    }

    @Test
    void a_name_is_text_also_where_threads_are() {
        loops.loop("<script>alert(1)</script>").every(seconds(100)).start(it -> it.sleep(seconds(50)));
        loops.settle();
        String page = page("/loop?name=" + Html.inQuery("<script>alert(1)</script>"));
        assertThat(all("<h3>(.*?)</h3>", page)).isNotEmpty().allMatch(name -> !name.contains("<script>"));
        assertThat(all("(<script)", page)).hasSize(1);
    }

    // ---- settings

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bots.example:8443",
                "https://bots.example",
                "bots.example/loops",
                "*",
                "a,b",
                "me@bots.example",
                "::1",
                "[::1]:80",
                "a b"
            })
    void a_host_that_no_request_can_name_is_refused(String host) {
        assertThatThrownBy(() -> settings.allowHost(host))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("host must be a name or an address")
                .hasMessageEndingWith("but is " + host);
    }

    @Test
    void allowed_hosts_and_all_other_settings_reach_the_page() {
        settings.allowHost(" Bots.Example ").allowHost("[FD00::1]").allowHost("192.0.2.9");
        for (String host : new String[] {"bots.example", "BOTS.example:443", "[fd00::1]:7001", "192.0.2.9"}) {
            assertThat(answer(Ask.get("/").with("Host", host)).status())
                    .as(host)
                    .isEqualTo(200);
        }
        assertThatThrownBy(() -> settings.allowHost(" ")).hasMessageContaining("host must not be blank");
        assertThatThrownBy(() -> settings.userHeader(" ")).hasMessageContaining("header must not be blank");
    }

    @ParameterizedTest
    @CsvSource({
        "::1, [::1]",
        "::, [::]",
        "fd00::5, [fd00::5]",
        "fd00:0:0:1:0:0:0:5, [fd00:0:0:1::5]",
        "fd00:0:0:1:0:0:2:5, [fd00::1:0:0:2:5]",
        "fd00:0:1:2:3:4:5:6, [fd00:0:1:2:3:4:5:6]",
        "fe80::1:0, [fe80::1:0]",
        "192.0.2.9, 192.0.2.9"
    })
    void an_address_is_written_as_browsers_write_it_so_that_its_link_works(String address, String host)
            throws IOException {
        assertThat(JdkServer.hostOf(InetAddress.getByName(address))).isEqualTo(host);
        settings.address(InetAddress.getByName(address));
        int status = answer(Ask.get("/").with("Host", host + ":7001")).status();
        assertThat(status).isEqualTo(address.equals("::") ? 421 : 200); // that one is all addresses, and none
    }

    @Test
    void a_port_is_one_that_there_is() {
        for (int port : new int[] {-1, 65_536}) {
            assertThatThrownBy(() -> settings.port(port))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("port must be from 0 to 65535, but is " + port);
        }
        settings.port(0).port(65_535);
    }

    @Test
    void what_is_null_is_refused_with_its_name() {
        LoopDashboard.Builder builder = settings;
        Map<String, Runnable> calls = Map.of(
                "history", () -> builder.history(null),
                "rule", () -> builder.health(null),
                "address", () -> builder.address(null),
                "token", () -> builder.token(null),
                "host", () -> builder.allowHost(null),
                "header", () -> builder.userHeader(null),
                "zone", () -> builder.zone(null),
                "redact", () -> builder.redact(null),
                "facts", () -> builder.facts(null),
                "loops", () -> LoopDashboard.builder(null));
        calls.forEach((name, call) -> assertThatThrownBy(call::run)
                .isInstanceOf(NullPointerException.class)
                .hasMessage(name + " must not be null"));
    }
}
