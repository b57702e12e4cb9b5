package dev.vloop.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.Iteration;
import dev.vloop.IterationOutcome;
import dev.vloop.Loop;
import dev.vloop.LoopListener;
import dev.vloop.LoopRuntime;
import dev.vloop.cron.Cron;
import dev.vloop.dashboard.LoopDashboard;
import dev.vloop.dashboard.LoopHistory;
import dev.vloop.testkit.Finding;
import dev.vloop.testkit.TestLoops;
import dev.vloop.vthreads.VirtualLoops;
import java.io.IOException;
import java.sql.SQLTransientException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.WebElement;

/** Takes the pictures of the documentation, into target/screenshots, and sees that both colour schemes are there. */
class ScreenshotTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private static void pictures(Chrome chrome, String name) throws Exception {
        String[] backgrounds = new String[2];
        for (String scheme : new String[] {"light", "dark"}) {
            chrome.scheme(scheme);
            WebElement body = chrome.find("body");
            backgrounds[scheme.equals("dark") ? 1 : 0] = body.getCssValue("background-color");
            chrome.screenshot(name + "-" + scheme);
        }
        assertThat(backgrounds[0]).isNotEqualTo(backgrounds[1]);
    }

    @Test
    void the_list() throws Exception {
        LoopHistory history = new LoopHistory();
        TestLoops loops = TestLoops.builder()
                .startAt(Instant.parse("2026-11-27T09:00:00Z"))
                .settings(builder -> builder.name("bot").listener(history))
                .tolerate(Finding.UNSEEN_FAILURE)
                .create();
        try (LoopDashboard page = LoopDashboard.builder(loops)
                        .history(history)
                        .zone(BERLIN)
                        .start();
                Chrome chrome = new Chrome()) {
            fill(loops);
            loops.advance(Duration.ofMinutes(100));
            loops.get("presence").pause();
            loops.advance(Duration.ofMinutes(30).plusSeconds(23));
            chrome.open(page.link());
            chrome.await(() -> chrome.text("#live").equals("live"));
            pictures(chrome, "dashboard-list");
        } finally {
            loops.close();
        }
    }

    private static void fill(LoopRuntime loops) {
        for (String guild : new String[] {"Ada's garden", "Chess & tea", "Night owls", "Retro radio"}) {
            loops.loop("greeter " + guild)
                    .kind("guild-greeter")
                    .every(Duration.ofMinutes(2))
                    .continueOn(IOException.class)
                    .start(it -> {
                        it.sleep(Duration.ofMillis(80 + it.index() * 37 % 90 + guild.length()));
                        if (guild.startsWith("Night") && it.index() % 17 == 9) {
                            throw new IOException("429 Too Many Requests");
                        }
                    });
        }
        loops.loop("news").kind("feeds").every(Duration.ofMinutes(1)).start(it -> {
            it.sleep(Duration.ofMillis(300 + it.index() * 53 % 400));
            if (it.index() > 126) {
                throw new IOException("feeds.example: connection reset");
            }
        });
        loops.loop("prices")
                .kind("feeds")
                .every(Duration.ofSeconds(30))
                .continueOn(IOException.class)
                .start(it -> {
                    it.sleep(Duration.ofMillis(120 + it.index() * 31 % 200));
                    if (it.index() % 40 > 36) {
                        throw new IOException("timeout");
                    }
                });
        loops.loop("digest")
                .dailyAt(BERLIN, LocalTime.of(9, 0), LocalTime.of(18, 0))
                .start(it -> {});
        loops.loop("backup").schedule(Cron.parse("0 3 * * MON-FRI", BERLIN)).start(it -> {});
        loops.loop("reindex").every(Duration.ofHours(2)).start(it -> it.sleep(Duration.ofMinutes(40)));
        loops.loop("presence")
                .every(Duration.ofMinutes(5))
                .start(it -> it.sleep(Duration.ofMillis(45 + it.index() * 7 % 20)));
        loops.loop("migrate").every(Duration.ofMinutes(10)).start(it -> {
            it.sleep(Duration.ofSeconds(2));
            if (it.index() == 7) {
                throw new IllegalStateException("column 'guild' is missing");
            }
        });
        loops.loop("cache sweep")
                .fixedDelay(Duration.ofMinutes(3))
                .start(it -> it.sleep(Duration.ofMillis(15 + it.index() % 7)));
        loops.loop("seasonal").every(Duration.ofHours(6)).build(it -> {});
    }

    @Test
    void one_loop() throws Exception {
        LoopHistory history = new LoopHistory();
        Semaphore ended = new Semaphore(0);
        CountDownLatch hangs = new CountDownLatch(1);
        try (LoopRuntime loops = VirtualLoops.builder()
                        .name("bot")
                        .listener(history)
                        .listener(new LoopListener() {
                            @Override
                            public void onIterationEnd(Iteration last, IterationOutcome outcome, Duration took) {
                                ended.release();
                            }
                        })
                        .create();
                LoopDashboard page = LoopDashboard.builder(loops)
                        .history(history)
                        .zone(BERLIN)
                        .start();
                Chrome chrome = new Chrome("--window-size=1280,1080")) {
            Loop loop = loops.loop("prices")
                    .kind("feeds")
                    .dailyAt(BERLIN, LocalTime.of(2, 30), LocalTime.of(14, 0))
                    .continueOn(Exception.class)
                    .maxAttempts(1)
                    .timeout(Duration.ofMinutes(5))
                    .start(it -> {
                        it.sleep(Duration.ofMillis(5 + it.index() * 13 % 23));
                        if (it.index() % 25 == 17) {
                            throw new SQLTransientException("deadlock found when trying to get lock");
                        }
                        if (it.index() % 30 > 27 && it.index() < 58) {
                            throw new IOException("prices.example: connection reset");
                        }
                        if (it.index() == 58) {
                            it.fork(() -> new Exchange().quote("EUR", hangs));
                            it.fork(() -> new Exchange().quote("JPY", hangs));
                        }
                    });
            for (int i = 0; i < 58; i++) {
                loop.trigger();
                ended.acquire();
            }
            loop.trigger();
            chrome.open(page.link());
            chrome.open(page.uri() + "loop?name=prices&zone=Europe/Berlin");
            chrome.await(() -> chrome.text("#d-threads").contains("prices/fork-2"));
            chrome.await(() -> chrome.text("#live").equals("live"));
            pictures(chrome, "dashboard-loop");
            hangs.countDown();
        }
    }

    /** Something that a body asks, and that does not answer. */
    private static final class Exchange {
        int quote(String currency, CountDownLatch answer) throws InterruptedException {
            return read(currency, answer);
        }

        private int read(String currency, CountDownLatch answer) throws InterruptedException {
            answer.await();
            return currency.length();
        }
    }
}
