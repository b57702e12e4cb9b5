package dev.vloop.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.vloop.Loop;
import dev.vloop.LoopRuntime;
import dev.vloop.Schedule;
import dev.vloop.dashboard.LoopDashboard;
import dev.vloop.dashboard.LoopHistory;
import dev.vloop.vthreads.VirtualLoops;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** What a person does with the page, and what others try to do with that person's browser. */
class PageBrowserTest {
    private static final String EVIL = "<img src=x onerror=\"window.hacked=1\"><script>window.hacked=1</script>";

    private final LoopHistory history = new LoopHistory();
    private final LoopRuntime loops =
            VirtualLoops.builder().name("bot").listener(history).create();
    private LoopDashboard page;
    private Chrome chrome;

    @BeforeEach
    void open() throws IOException {
        page = LoopDashboard.builder(loops).history(history).start();
        chrome = new Chrome();
    }

    @AfterEach
    void close() {
        chrome.close();
        page.close();
        loops.close();
    }

    private Loop hourly(String name) {
        return loops.loop(name).every(Duration.ofHours(1)).start(it -> {});
    }

    /** Opens the link, and waits until the page is live. */
    private void enter() {
        chrome.open(page.link());
        chrome.await(() -> chrome.text("#live").equals("live"));
    }

    private static String button(String row, String action) {
        return "tr[id='l:" + row + "'] button[data-a=" + action + "]";
    }

    @Test
    void the_link_leads_in_and_the_address_keeps_no_token() {
        hourly("news");
        enter();
        assertThat(chrome.driver.getCurrentUrl()).isEqualTo(page.uri().toString());
        assertThat(chrome.texts("tbody a.l")).containsExactly("news");
        assertThat(chrome.script("return document.cookie")).isEqualTo("");
        chrome.open(page.uri() + "?q=new");
        assertThat(chrome.texts("tbody a.l")).containsExactly("news");
        assertThat(chrome.complaints()).isEmpty();
    }

    @Test
    void going_back_does_not_lead_to_the_token_and_the_page_tells_other_sites_nothing_of_itself() {
        enter();
        assertThat(chrome.script("return document.referrer + performance.getEntriesByType('navigation')[0].name"))
                .isEqualTo(page.uri().toString());
        chrome.driver.navigate().back();
        assertThat(chrome.driver.getCurrentUrl()).doesNotContain("token");
    }

    @Test
    void a_failing_loop_turns_red_without_a_reload_and_back() {
        AtomicBoolean broken = new AtomicBoolean();
        Loop loop = loops.loop("news")
                .every(Duration.ofHours(1))
                .continueOn(IOException.class)
                .start(it -> {
                    if (broken.get()) {
                        throw new IOException("down");
                    }
                });
        enter();
        chrome.script("window.same = true");
        String calm = chrome.find("tr[id='l:news']").getCssValue("background-color");
        broken.set(true);
        loop.trigger();
        chrome.await(() -> !chrome.driver.findElements(By.cssSelector("tr.bad")).isEmpty());
        assertThat(chrome.find("tr.bad").getCssValue("background-color")).isNotEqualTo(calm);
        assertThat(chrome.text(".chip.failing")).isEqualTo("1 failing");
        broken.set(false);
        loop.trigger();
        chrome.await(() -> chrome.driver.findElements(By.cssSelector("tr.bad")).isEmpty());
        assertThat(chrome.script("return window.same")).isEqualTo(true);
    }

    @Test
    void the_buttons_of_a_row_trigger_pause_and_resume() {
        Loop loop = hourly("news");
        enter();
        chrome.click(button("news", "trigger"));
        chrome.await(() -> loop.status().iterations() == 2);
        chrome.await(() -> chrome.text("#msg").equals("trigger of loop 'news': done"));
        chrome.click(button("news", "pause"));
        chrome.find(button("news", "resume")); // the row has changed by itself
        assertThat(loop.status().paused()).isTrue();
        assertThat(chrome.text("tr[id='l:news'] .s")).isEqualTo("paused");
        chrome.click(button("news", "resume"));
        chrome.find(button("news", "pause"));
        assertThat(loop.status().paused()).isFalse();
    }

    @Test
    void what_hurts_asks_once_more() {
        Loop loop = hourly("news");
        enter();
        chrome.click("tbody a.l");
        WebElement cancel = chrome.find("#d-act button[data-a=cancel]");
        cancel.click();
        assertThat(cancel.getText()).isEqualTo("sure?");
        assertThat(loop.isRunning()).isTrue();
        cancel.click();
        chrome.find("#d-act button[data-a=start]");
        assertThat(loop.isRunning()).isFalse();
        assertThat(chrome.text("#d-threads")).contains("It does not run.");
    }

    @Test
    void an_interval_is_changed_by_its_field() {
        Loop loop = hourly("news");
        enter();
        chrome.click("tbody a.l");
        chrome.find("#interval").sendKeys("90s");
        WebElement change = chrome.find("button[data-a=interval]");
        change.click();
        change.click();
        chrome.await(() -> loop.schedule().equals(Schedule.every(Duration.ofSeconds(90))));
        chrome.await(() -> chrome.text("#d-head").contains("every 90 seconds"));
        chrome.find("#interval").clear();
        chrome.find("#interval").sendKeys("soon");
        change = chrome.find("button[data-a=interval]");
        change.click();
        change.click();
        chrome.await(() -> chrome.text("#msg").contains("must be a length of time"));
    }

    @Test
    void the_stack_of_a_fork_that_hangs_is_read_on_its_loop_s_page() throws Exception {
        CountDownLatch hung = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        loops.loop("news")
                .every(Duration.ofHours(1))
                .start(it -> it.fork(() -> {
                    hung.countDown();
                    waitsForTheDatabase(end);
                    return 0;
                }));
        hung.await();
        enter();
        chrome.click("tbody a.l");
        chrome.await(() -> chrome.text("#d-threads").contains("news/fork-1"));
        chrome.await(() -> chrome.text("#d-threads").contains("PageBrowserTest.waitsForTheDatabase"));
        end.countDown();
        chrome.await(() -> chrome.text("#d-threads").contains("in the engine: waiting"));
    }

    private static void waitsForTheDatabase(CountDownLatch end) throws InterruptedException {
        end.await();
    }

    @Test
    void the_keyboard_is_enough() {
        Loop first = hourly("a");
        Loop second = hourly("b");
        enter();
        WebElement body = chrome.find("body");
        body.sendKeys("/");
        chrome.driver.switchTo().activeElement().sendKeys("b");
        chrome.await(() -> chrome.texts("tbody a.l").equals(java.util.List.of("b")));
        chrome.driver.switchTo().activeElement().sendKeys(Keys.ESCAPE);
        body.sendKeys("j");
        chrome.driver.switchTo().activeElement().sendKeys("t");
        chrome.await(() -> second.status().iterations() == 2);
        chrome.driver.switchTo().activeElement().sendKeys("p");
        chrome.await(() -> second.status().paused());
        chrome.driver.switchTo().activeElement().sendKeys(Keys.ENTER);
        chrome.await(() -> chrome.text("h1").equals("b"));
        chrome.find("body").sendKeys("p");
        chrome.await(() -> !second.status().paused());
        chrome.find("body").sendKeys("u");
        chrome.await(() -> chrome.texts("tbody a.l").equals(java.util.List.of("a", "b")));
        assertThat(first.status().iterations()).isOne();
    }

    @Test
    void a_loop_that_comes_and_one_that_goes_are_seen_without_a_reload() {
        hourly("b");
        enter();
        Loop first = hourly("a");
        chrome.await(() -> chrome.texts("tbody a.l").equals(java.util.List.of("a", "b")));
        first.remove();
        chrome.await(() -> chrome.texts("tbody a.l").equals(java.util.List.of("b")));
    }

    @Test
    void without_a_script_all_can_be_read_and_nothing_done() {
        hourly("news");
        chrome.close();
        chrome = new Chrome(false);
        chrome.open(page.link());
        chrome.await(() -> chrome.texts("tbody a.l").equals(java.util.List.of("news")));
        assertThat(chrome.text("tr[id='l:news']"))
                .contains("waiting")
                .contains("every hour")
                .contains("in 59 min");
        assertThat(chrome.find("button[data-a=pause]").isDisplayed()).isFalse();
        chrome.find("input[name=q]").sendKeys("other");
        chrome.click("button.nojs");
        chrome.await(() -> chrome.texts("tbody a.l").isEmpty());
        chrome.click(".chip"); // all loops, and still the search
        assertThat(chrome.driver.getCurrentUrl()).contains("q=other");
    }

    @Test
    void a_script_in_a_loop_s_name_kind_or_failure_does_not_run() {
        loops.loop("bad " + EVIL)
                .kind("kind " + EVIL)
                .every(Duration.ofHours(1))
                .start(it -> {
                    throw new IllegalStateException("message " + EVIL);
                });
        enter();
        assertThat(chrome.texts("tbody a.l")).containsExactly("bad " + EVIL);
        hourly("later " + EVIL); // by an update
        chrome.await(() -> chrome.texts("tbody a.l").size() == 2);
        chrome.click("tbody a.l");
        chrome.await(() -> chrome.text("#d-fail").contains("message " + EVIL));
        chrome.await(() -> chrome.text("#live").equals("live"));
        assertThat(chrome.script("return window.hacked")).isNull();
        assertThat(chrome.driver.findElements(By.cssSelector("img"))).isEmpty();
        assertThat(chrome.complaints()).isEmpty();
    }

    @Test
    void if_html_of_a_user_came_through_the_policy_would_still_stop_it() {
        enter();
        chrome.script("document.querySelector('main').innerHTML = arguments[0]", EVIL);
        assertThat(chrome.asyncScript("setTimeout(() => arguments[0](window.hacked || 'no'), 200)"))
                .isEqualTo("no");
        assertThat(chrome.complaints()).isNotEmpty();
    }

    @Test
    void a_post_without_the_secret_is_refused() {
        Loop loop = hourly("news");
        enter();
        String post = "const done = arguments[1]; fetch('do', {method: 'POST', headers: arguments[0], "
                + "body: new URLSearchParams({action: 'cancel', loop: 'news'})}).then(r => done(r.status))";
        assertThat(chrome.asyncScript(post, java.util.Map.of())).isEqualTo(403L);
        assertThat(chrome.asyncScript(post, java.util.Map.of("X-Vloop-Secret", "guess")))
                .isEqualTo(403L);
        assertThat(loop.isRunning()).isTrue();
    }

    @Test
    void a_host_that_was_given_this_address_is_refused() {
        hourly("news");
        chrome.close();
        chrome = new Chrome("--host-resolver-rules=MAP evil.example 127.0.0.1");
        enter();
        chrome.open("http://evil.example:" + page.uri().getPort() + "/"
                + page.link().toString().replaceFirst("^[^?]*", ""));
        assertThat(chrome.find("body").getText())
                .contains("does not answer to that host")
                .doesNotContain("news");
    }

    /** Another port of the same machine is the same site: the browser sends the cookie along with what its pages ask. */
    @Test
    void a_page_on_another_port_can_neither_read_nor_act_nor_frame() throws Exception {
        Loop loop = hourly("news");
        enter();
        String target = page.uri().toString();
        HttpServer other = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        other.createContext("/", exchange -> {
            byte[] html = ("<!doctype html><title>other</title><form id=g method=post action='" + target
                            + "do'><input name=action value=cancel><input name=loop value=news></form><iframe src='"
                            + target + "'></iframe>")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/html");
            exchange.sendResponseHeaders(200, html.length);
            exchange.getResponseBody().write(html);
            exchange.close();
        });
        other.start();
        try {
            chrome.open("http://127.0.0.1:" + other.getAddress().getPort() + "/");
            String ask =
                    "const done = arguments[2]; fetch(arguments[0], arguments[1]).then(r => r.text()).then(done, () => done('blocked'))";
            assertThat(chrome.asyncScript(ask, target + "loops.json", java.util.Map.of("credentials", "include")))
                    .isEqualTo("blocked");
            assertThat(chrome.asyncScript(
                            ask,
                            target + "do",
                            java.util.Map.of(
                                    "method",
                                    "POST",
                                    "credentials",
                                    "include",
                                    "headers",
                                    java.util.Map.of("X-Vloop-Secret", "x"))))
                    .isEqualTo("blocked");
            assertThat(chrome.asyncScript(
                            "const done = arguments[1]; const s = document.createElement('script'); s.src = arguments[0] + 'loops.json';"
                                    + "s.onload = () => done('loaded'); s.onerror = () => done('blocked'); document.head.append(s)",
                            target))
                    .isEqualTo("blocked");
            assertThat(chrome.asyncScript(
                            "const done = arguments[1]; const e = new EventSource(arguments[0] + 'events', {withCredentials: true});"
                                    + "e.onmessage = () => done('read'); e.onerror = () => done('blocked')",
                            target))
                    .isEqualTo("blocked");
            chrome.driver.switchTo().frame(0);
            assertThat(chrome.driver.findElements(By.cssSelector("tbody"))).isEmpty();
            chrome.driver.switchTo().defaultContent();
            chrome.script("document.getElementById('g').submit()");
            chrome.await(() -> chrome.driver.getCurrentUrl().endsWith("/do"));
            chrome.await(() -> chrome.text("body").contains("Another site must not ask this."));
            assertThat(loop.isRunning()).isTrue();
        } finally {
            other.stop(0);
        }
    }

    @Test
    void ten_thousand_loops_are_searched_as_one_types() {
        for (int i = 0; i < 10_000; i++) {
            loops.loop("guild %05d".formatted(i))
                    .kind("digest")
                    .every(Duration.ofHours(1))
                    .build(it -> {});
        }
        enter();
        assertThat(chrome.text("#pager")).startsWith("1–50 of 10,000");
        System.out.println("first paint with 10,000 loops, ms: "
                + chrome.script(
                        "return Math.round(performance.getEntriesByName('first-contentful-paint')[0].startTime)"));
        chrome.find("input[name=q]").sendKeys("07777");
        chrome.await(() -> chrome.texts("tbody a.l").equals(java.util.List.of("guild 07777")));
        chrome.find("input[name=q]").clear();
        chrome.find("input[name=q]").sendKeys("guild");
        chrome.await(() -> chrome.text("#pager").startsWith("1–50 of 10,000"));
        chrome.click("a[rel=next]");
        chrome.await(() -> chrome.text("tbody a.l").equals("guild 00050"));
    }
}
