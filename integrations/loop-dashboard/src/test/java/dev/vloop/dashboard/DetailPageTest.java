package dev.vloop.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.CutSlots;
import dev.vloop.Iteration;
import dev.vloop.Loop;
import dev.vloop.LoopRuntime;
import dev.vloop.Schedule;
import dev.vloop.testkit.TestCluster;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DetailPageTest extends PageTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private String section(String id, String loop) {
        return all("<section id=" + id + "[^>]*>(.*?)</section>", page("/loop?name=" + loop))
                .getFirst();
    }

    private static void hangsHere(Iteration it) throws InterruptedException {
        it.sleep(seconds(100));
    }

    @Test
    void it_shows_where_the_threads_of_a_loop_are_forks_included() {
        loops.loop("news").every(seconds(1_000)).start(it -> {
            it.fork(() -> {
                hangsHere(it);
                return 0;
            });
            it.sleep(seconds(50));
        });
        loops.settle();
        assertThat(section("d-threads", "news"))
                .contains("<h3><bdi>news</bdi></h3><pre>")
                .contains("<h3><bdi>news/fork-1</bdi></h3><pre>")
                .contains("DetailPageTest.hangsHere(DetailPageTest.java:")
                .doesNotContain("dev.vloop.vthreads.Worker")
                .doesNotContain("VirtualThread.run");
    }

    @Test
    void a_loop_that_waits_and_one_that_does_not_run_have_no_stack() {
        Loop loop = everySecond("news").start(it -> {});
        loops.settle();
        assertThat(section("d-threads", "news"))
                .contains("in the engine: waiting")
                .doesNotContain("<pre>");
        loop.stop();
        loops.settle();
        assertThat(section("d-threads", "news")).contains("It does not run.");
    }

    @Test
    void many_threads_are_not_all_shown() {
        loops.loop("news").every(seconds(1_000)).start(it -> {
            for (int i = 0; i < 30; i++) {
                it.fork(() -> {
                    hangsHere(it);
                    return 0;
                });
            }
        });
        loops.settle();
        assertThat(all("<h3>(.*?)</h3>", section("d-threads", "news"))).hasSize(20);
        assertThat(section("d-threads", "news")).contains("and 11 more threads");
    }

    @Test
    void failures_have_their_stack_and_like_ones_are_counted() {
        everySecond("news").continueOn(IOException.class).start(it -> {
            throw it.index() < 3
                    ? new IOException("down", new IllegalStateException("the cause"))
                    : new IOException("up?");
        });
        loops.advance(Duration.ofMillis(3_500));
        String failures = section("d-fail", "news");
        assertThat(all("<summary>(.*?)</summary>", failures))
                .containsExactly("IOException: up?", "<b>3×</b> IOException: down");
        assertThat(failures)
                .contains("iteration 3, attempt 1: continue")
                .contains("iteration 2, attempt 1: continue")
                .contains("java.io.IOException: down\n    at dev.vloop.dashboard.DetailPageTest")
                .contains("caused by: java.lang.IllegalStateException: the cause")
                .doesNotContain("dev.vloop.vthreads.");
    }

    @Test
    void a_loop_whose_body_is_over_waits_for_its_forks() {
        loops.loop("news").every(seconds(1_000)).start(it -> {
            var unused = it.fork(() -> {
                hangsHere(it);
                return 0;
            });
        });
        loops.settle();
        assertThat(section("d-threads", "news"))
                .contains("<h3><bdi>news</bdi></h3><p>waits for the others</p>")
                .contains("<h3><bdi>news/fork-1</bdi></h3><pre>");
    }

    @Test
    void a_rule_of_health_that_throws_is_named_by_its_type_alone() {
        settings.health(dev.vloop.LoopHealth.standard().grace(loop -> {
            throw new IllegalStateException("inner secret");
        }));
        everySecond("news").start(it -> {});
        loops.settle();
        assertThat(section("d-head", "news"))
                .contains("Health unknown: the rule threw java.lang.IllegalStateException.")
                .doesNotContain("inner secret");
    }

    @Test
    void a_failure_that_came_once_has_one_time_and_marks_the_name() {
        everySecond("news").start(it -> {
            throw new IllegalStateException("broken");
        });
        loops.settle();
        assertThat(all("<time datetime=\"(.*?)\"", section("d-fail", "news"))).containsExactly("2000-01-01T00:00:00Z");
        assertThat(section("d-head", "news")).startsWith("<h1 class=failing>");
    }

    @Test
    void a_retry_says_when_it_comes() {
        everySecond("news").backoff(dev.vloop.Backoff.fixed(seconds(90))).start(it -> {
            throw new IOException("down");
        });
        loops.settle();
        assertThat(section("d-fail", "news")).contains("iteration 0, attempt 1: retry in 1 min 30 s");
    }

    @Test
    void without_a_history_the_status_still_knows_the_last_failure() {
        everySecond("news").start(it -> {
            throw new IllegalStateException("broken");
        });
        loops.settle();
        settings.history = null;
        assertThat(section("d-fail", "news"))
                .contains("IllegalStateException: broken")
                .contains("at dev.vloop.dashboard.");
    }

    @Test
    void ten_slots_are_shown_in_the_zone_with_what_the_clocks_do() {
        loops.advance(Duration.between(ORIGIN, Instant.parse("2000-03-24T12:00:00Z")));
        loops.loop("gap").dailyAt(BERLIN, LocalTime.of(2, 30)).start(it -> {});
        loops.settle();
        String next = section("d-next", "gap");
        assertThat(all("<tr><td>(.*?)<td>", next)).hasSize(10);
        assertThat(next)
                .contains("Sat 25 Mar 2000 01:30:00 Z<td><tr>")
                .contains(
                        "Sun 26 Mar 2000 01:30:00 Z<td>the clocks in Europe/Berlin go from 02:00 to 03:00 on this day: "
                                + "a time that they skip runs 1 h later")
                .contains("Mon 27 Mar 2000 00:30:00 Z<td><tr>")
                .doesNotContain("Approximate:");
    }

    @Test
    void a_time_that_comes_twice_says_which_of_the_two_it_is() {
        loops.advance(Duration.between(ORIGIN, Instant.parse("2000-10-28T12:00:00Z")));
        loops.loop("overlap").dailyAt(BERLIN, LocalTime.of(2, 30)).start(it -> {});
        loops.loop("after").dailyAt(BERLIN, LocalTime.of(9, 0)).start(it -> {});
        loops.settle();
        assertThat(section("d-next", "overlap"))
                .contains(
                        "Sun 29 Oct 2000 01:30:00 Z<td>02:30 comes twice on this day in Europe/Berlin: this is the second");
        assertThat(section("d-next", "after"))
                .contains("the clocks in Europe/Berlin go from 03:00 to 02:00 on this day<");
    }

    @Test
    void slots_that_depend_on_the_run_are_said_to_be_approximate() {
        loops.loop("a").fixedDelay(seconds(5)).start(it -> {});
        loops.loop("b").every(seconds(5)).build(it -> {});
        loops.loop("c").schedule(Schedule.every(seconds(5)).limitedTo(3)).start(it -> {});
        loops.settle();
        assertThat(section("d-next", "a")).contains("Approximate:");
        assertThat(section("d-next", "b")).contains("As if it were started now");
        assertThat(section("d-next", "c")).contains("Approximate:");
        Schedule daily = Schedule.dailyAt(BERLIN, LocalTime.of(9, 0));
        loops.loop("d").schedule(daily.limitedTo(3)).start(it -> {});
        loops.loop("e").schedule(daily).start(it -> {});
        loops.settle();
        assertThat(section("d-next", "d")).contains("Approximate:");
        assertThat(section("d-next", "e")).doesNotContain("Approximate:");
    }

    @Test
    void the_next_slots_of_a_shifted_interval_are_shifted_once() {
        Loop loop = loops.loop("shifted")
                .schedule(Schedule.every(seconds(300)).shiftedBy(seconds(60)))
                .start(it -> {});
        loops.settle();
        assertThat(new Upcoming(settings).of(loop, loop.status(), ORIGIN).slots())
                .hasSize(10)
                .startsWith(ORIGIN.plusSeconds(60), ORIGIN.plusSeconds(360), ORIGIN.plusSeconds(660));
    }

    @Test
    void the_slots_of_an_interval_begin_with_the_one_that_it_waits_for() {
        Loop loop = loops.loop("news").every(Duration.ofMinutes(5)).start(it -> {});
        loops.advance(Duration.ofMinutes(7));
        assertThat(new Upcoming(settings)
                        .of(loop, loop.status(), loops.clock().instant())
                        .slots())
                .hasSize(10)
                .startsWith(ORIGIN.plusSeconds(600), ORIGIN.plusSeconds(900));
    }

    @Test
    void a_schedule_that_throws_or_takes_for_ever_does_not_stop_the_page() {
        everySecond("throws").start(it -> {});
        everySecond("spins").start(it -> {});
        loops.settle();
        loops.get("throws").changeSchedule(at -> {
            throw new IllegalStateException("<no slot>");
        });
        loops.get("throws").pause();
        assertThat(section("d-next", "throws"))
                .contains("The schedule throws java.lang.IllegalStateException: &lt;no slot&gt;");
        Upcoming upcoming = new Upcoming(settings);
        Loop idle = loops.loop("idle")
                .schedule(at -> {
                    while (!Thread.currentThread().isInterrupted()) {
                        Thread.onSpinWait();
                    }
                    throw new IllegalStateException("interrupted");
                })
                .build(it -> {});
        assertThat(upcoming.of(idle, idle.status(), ORIGIN).note())
                .isEqualTo("Not known: the schedule takes more than 500 ms.");
        assertThat(upcoming.of(loops.get("spins"), loops.get("spins").status(), ORIGIN)
                        .slots())
                .hasSize(10);
    }

    @Test
    void a_loop_of_a_cluster_says_who_holds_it() {
        TestCluster cluster = TestCluster.on(loops);
        LoopRuntime one = cluster.instance("a");
        LoopRuntime other = cluster.instance("b");
        for (LoopRuntime instance : List.of(one, other)) {
            instance.loop("news")
                    .every(seconds(100))
                    .oncePerCluster(CutSlots.RUN_AGAIN)
                    .start(it -> it.sleep(seconds(50)));
        }
        loops.advance(seconds(20));
        String holder = other.find("news").cluster().holder();
        DashboardHandler page = new Settings(other).handler();
        String shown = Ask.text(page.handle(Ask.get("/loop?name=news")));
        assertThat(holder).isIn("a", "b");
        assertThat(shown)
                .contains("<dt>this instance</dt><dd><bdi>b</bdi>")
                .contains("<dt>held by</dt><dd><bdi>" + holder + "</bdi>")
                .contains("<dt>heard of it</dt><dd><time datetime=\""
                        + other.find("news").cluster().heardAt() + "\"");
        assertThat(Ask.text(page.handle(Ask.get("/loops.json"))))
                .contains("\"instance\":\"b\",\"heldBy\":\"" + holder + "\"");
    }

    @Test
    void the_updates_of_a_loop_s_page_are_those_of_the_loop_in_its_zone() {
        everySecond("a&b=c d").build(it -> {});
        assertThat(page("/loop?name=a%26b%3Dc+d&zone=Asia/Tokyo"))
                .contains("data-live=\"events?loop=a%26b%3Dc+d&amp;zone=Asia%2FTokyo\"")
                .contains("<a href=\"./?zone=Asia%2FTokyo\">");
    }

    @Test
    void numbers_and_the_last_end_are_those_of_the_status() {
        Loop loop = everySecond("news")
                .maxAttempts(3)
                .backoff(dev.vloop.Backoff.fixed(Duration.ofMillis(100)))
                .start(it -> {
                    if (it.index() == 0 && it.attempt() < 3) {
                        throw new IOException("not yet");
                    }
                    it.sleep(Duration.ofMillis(it.index() == 2 ? 4_200 : 250));
                });
        loops.advance(Duration.ofMillis(3_300));
        assertThat(section("d-head", "news"))
                .contains("<dt>attempt</dt><dd><bdi>1</bdi>")
                .contains("<dt>took</dt><dd><bdi>250 ms</bdi>");
        loops.advance(Duration.ofSeconds(4));
        assertThat(section("d-head", "news"))
                .contains("<dt>iterations</dt><dd><bdi>5</bdi>")
                .contains("<dt>retries</dt><dd><bdi>2</bdi>")
                .contains("<dt>missed slots</dt><dd><bdi>3</bdi>")
                .contains("<dt>failing in a row</dt><dd><bdi>0</bdi>")
                .contains("<dt>kind</dt><dd><bdi>news</bdi>")
                .contains("<dt>next</dt><dd><time datetime=\"2000-01-01T00:00:08Z\"")
                .contains("<dt>last success</dt><dd><time datetime=\"2000-01-01T00:00:07.250Z\"")
                .contains("<dt>last began</dt><dd><time datetime=\"2000-01-01T00:00:07Z\"")
                .contains("<h1><bdi>news</bdi></h1> <span class=\"s waiting\">waiting</span>")
                .doesNotContain("<dt>attempt</dt>")
                .doesNotContain("<dt>last end</dt>");
        loop.cancel();
        loops.settle();
        assertThat(section("d-head", "news")).contains("<dt>last end</dt><dd><bdi>cancelled after 5</bdi>");
        loop.start();
        loops.settle();
        loop.stop();
        loops.advance(seconds(2)); // its iteration ends with its retries
        assertThat(section("d-head", "news")).contains("<dt>last end</dt><dd><bdi>stopped after 1</bdi>");
    }

    @Test
    void there_is_a_button_for_each_thing_that_can_be_done_and_those_that_do_harm_ask_again() {
        Loop loop = everySecond("news").start(it -> {});
        loops.settle();
        assertThat(all("<button type=button (.*?) data-l=\"news\">", section("d-act", "news")))
                .containsExactly(
                        "data-a=trigger",
                        "data-a=pause",
                        "data-c data-a=stop",
                        "data-c data-a=cancel",
                        "data-c data-a=restart",
                        "data-c data-i=interval data-a=interval");
        loop.pause();
        loop.stop();
        loops.settle();
        assertThat(all("data-a=([a-z]+) ", section("d-act", "news"))).containsExactly("start", "resume", "interval");
    }

    @Test
    void a_loop_whose_name_no_page_can_hold_has_no_button_that_would_be_for_another() {
        everySecond("a\u0000").start(it -> {});
        loops.settle();
        assertThat(page("/loop?name=a%00")).contains("<bdi>a\uFFFD</bdi>").doesNotContain("data-l=");
    }

    @Test
    void what_a_schedule_throws_is_redacted() {
        settings.redact(text -> text.replace("hunter2", "***"));
        everySecond("news").start(it -> {});
        loops.settle();
        loops.get("news").pause();
        loops.get("news").changeSchedule(at -> {
            throw new IllegalStateException("calendar of hunter2");
        });
        assertThat(section("d-next", "news")).contains("calendar of ***").doesNotContain("hunter2");
    }

    @Test
    void options_and_facts_are_shown() {
        settings.facts(loop -> Map.of("held by", "instance <7>"));
        everySecond("news").timeout(seconds(30)).kind("digest").build(it -> {});
        assertThat(section("d-opt", "news"))
                .contains("<dt>timeout</dt><dd><bdi>PT30S</bdi>")
                .contains("<dt>schedule</dt><dd><bdi>every(PT1S)</bdi>");
        assertThat(section("d-head", "news")).contains("<dt>held by</dt><dd><bdi>instance &lt;7&gt;</bdi>");
        settings.facts(loop -> {
            throw new IllegalStateException("no facts");
        });
        assertThat(section("d-head", "news")).contains("threw java.lang.IllegalStateException: no facts");
    }

    @Test
    void what_the_user_redacts_is_nowhere() {
        settings.redact(text -> text.replace("hunter2", "***")).facts(loop -> Map.of("password", "hunter2"));
        everySecond("news").start(it -> {
            throw new IllegalStateException("login with hunter2", new IOException("hunter2"));
        });
        loops.settle();
        assertThat(page("/loop?name=news") + page("/") + page("/loops.json") + page("/health"))
                .contains("login with ***")
                .doesNotContain("hunter2");
    }

    @Test
    void a_secret_that_was_cut_with_its_message_is_not_shown_in_part() {
        String secret = "s3cr3t".repeat(7);
        settings.redact(text -> text.replace(secret, "*"));
        everySecond("news").start(it -> {
            throw new IllegalStateException("in " + ("token " + secret + ", ").repeat(1_000));
        });
        loops.settle();
        String shown = page("/loop?name=news") + page("/") + page("/loops.json");
        assertThat(shown).contains("token *, token *").doesNotContain("s3cr3t");
        settings.history = null;
        assertThat(page("/loop?name=news")).contains("token *, token *").doesNotContain("s3cr3t");
    }

    @Test
    void a_short_message_that_ends_with_three_dots_is_shown() {
        settings.redact(text -> text);
        everySecond("news").start(it -> {
            throw new IllegalStateException("loading…");
        });
        loops.settle();
        assertThat(section("d-fail", "news")).contains("IllegalStateException: loading…</summary>");
    }

    @Test
    void a_function_that_redacts_and_fails_shows_nothing() {
        settings.redact(text -> {
            throw new IllegalStateException("cannot");
        });
        everySecond("news").start(it -> {
            throw new IllegalStateException("hunter2");
        });
        loops.settle();
        assertThat(section("d-fail", "news"))
                .contains("not shown: redact(..) threw")
                .doesNotContain("hunter2");
    }

    @Test
    void the_reason_of_bad_health_is_redacted() {
        everySecond("news").start(it -> {
            throw new IllegalStateException("broken");
        });
        loops.settle();
        settings.redact(text -> "[" + text + "]");
        assertThat(section("d-head", "news")).contains("Not well: [").doesNotContain("Not well: f");
        assertThat(page("/health")).contains("\"reason\":\"[");
    }

    @Test
    void health_is_said_with_its_reason() {
        everySecond("news").start(it -> {
            throw new IllegalStateException("broken");
        });
        loops.settle();
        assertThat(section("d-head", "news")).contains("<p class=health>Not well: its run has failed");
    }

    @Test
    void a_loop_that_is_not_there_is_said_to_be_not_there() {
        DashboardResponse answer = answer(Ask.get("/loop?name=%3Cb%3Enone"));
        assertThat(answer.status()).isEqualTo(404);
        assertThat(Ask.text(answer)).contains("<bdi>&lt;b&gt;none</bdi>").contains("knows no loop of this name");
    }

    @Test
    void facts_and_slots_that_no_user_should_return_do_not_stop_the_page() {
        Map<String, String> odd = new java.util.HashMap<>();
        odd.put(null, "no name");
        odd.put("no text", null);
        settings.facts(loop -> odd);
        loops.loop("news").schedule(odd(null)).build(it -> {});
        loops.loop("olds").schedule(odd(java.util.Arrays.asList(ORIGIN, null))).build(it -> {});
        assertThat(section("d-head", "news"))
                .contains("<dt>null</dt><dd><bdi>no name</bdi>")
                .contains("<dt>no text</dt><dd><bdi>null</bdi>");
        assertThat(section("d-next", "news")).contains("The schedule throws java.lang.NullPointerException");
        assertThat(section("d-next", "olds")).contains("The schedule throws java.lang.NullPointerException");
        settings.facts(loop -> new java.util.AbstractMap<>() {
            @Override
            public java.util.Set<Entry<String, String>> entrySet() {
                throw new IllegalStateException("no entries");
            }
        });
        assertThat(section("d-head", "news")).contains("threw java.lang.IllegalStateException: no entries");
    }

    private static Schedule odd(List<Instant> slots) {
        return new Schedule() {
            @Override
            public Instant next(dev.vloop.SlotContext at) {
                return at.now().plusSeconds(60);
            }

            @Override
            public List<Instant> nextRuns(Instant from, int n) {
                return slots;
            }
        };
    }

    @Test
    void a_failure_says_when_the_first_and_the_last_of_its_kind_were() {
        everySecond("news").continueOn(IOException.class).start(it -> {
            throw new IOException("down");
        });
        loops.advance(Duration.ofMillis(2_500));
        assertThat(all("<time datetime=\"(.*?)\"", section("d-fail", "news")))
                .containsExactly("2000-01-01T00:00:02Z", "2000-01-01T00:00:00Z");
    }
}
