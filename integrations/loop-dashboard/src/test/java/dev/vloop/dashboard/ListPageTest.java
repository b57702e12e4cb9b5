package dev.vloop.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import dev.vloop.Backoff;
import dev.vloop.Loop;
import dev.vloop.LoopEnd;
import dev.vloop.LoopState;
import dev.vloop.LoopStatus;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ListPageTest extends PageTest {
    @Test
    void a_loop_is_shown_with_state_schedule_times_and_length() {
        loops.loop("news").every(Duration.ofMinutes(5)).start(it -> it.sleep(Duration.ofMillis(120)));
        loops.advance(seconds(10));
        assertThat(row("news"))
                .contains(">waiting</span>")
                .contains("title=\"every(PT5M)\">every 5 minutes<")
                .contains("<time datetime=\"2000-01-01T00:05:00Z\" title=\"Sat 1 Jan 2000 00:05:00 Z\">in 290 s</time>"
                        .replace("in 290 s", "in 4 min"))
                .contains("title=\"Sat 1 Jan 2000 00:00:00 Z\">10 s ago</time>")
                .contains(">120 ms<")
                .contains("<path class=ok d=\"M178 18v-18\"/>")
                .doesNotContain("class=bad");
    }

    @Test
    void a_loop_that_fails_is_marked_and_counted() {
        everySecond("news").start(it -> {
            throw new IOException("down");
        });
        loops.settle();
        String page = page("/");
        assertThat(row("news"))
                .startsWith(" class=bad>")
                .contains(">backing off</span>")
                .contains("<td class=r>1");
        assertThat(page).contains("failing\" href=\"./?state=failing&amp;zone=Z\"><b>1</b> failing</a>");
        assertThat(listed("/?state=failing")).containsExactly("news");
    }

    @Test
    void a_loop_that_has_failed_for_good_stays_marked() {
        everySecond("news").start(it -> {
            throw new IllegalStateException("broken");
        });
        loops.settle();
        assertThat(row("news"))
                .startsWith(" class=bad>")
                .contains(">idle</span>")
                .contains("<path class=bad d=");
    }

    @Test
    void a_paused_loop_says_so_in_any_state() {
        Loop waits = everySecond("waits").start(it -> {});
        Loop works = everySecond("works").start(it -> it.sleep(seconds(60)));
        loops.settle();
        waits.pause();
        works.pause();
        loops.settle();
        assertThat(row("waits"))
                .contains("<span class=\"s paused\">paused</span>")
                .contains(">resume</button>");
        assertThat(row("works"))
                .contains(">executing</span> <span class=\"s paused\">")
                .contains(">resume</button>");
        assertThat(listed("/?state=paused")).containsExactly("waits");
    }

    @Test
    void a_search_finds_parts_of_names_and_kinds_in_any_case() {
        everySecond("Guild 42").kind("digest").build(it -> {});
        everySecond("guild 7").build(it -> {});
        everySecond("news").build(it -> {});
        assertThat(listed("/?q=GUILD")).containsExactly("Guild 42", "guild 7");
        assertThat(listed("/?q=digest")).containsExactly("Guild 42");
        assertThat(listed("/?kind=digest")).containsExactly("Guild 42");
        assertThat(page("/?q=nothing")).contains("<nav id=pager>no loop</nav>");
    }

    @Test
    void each_column_sorts_in_both_directions_and_what_is_missing_comes_last() {
        loops.loop("b").every(seconds(5)).start(it -> it.sleep(seconds(2)));
        loops.loop("a").every(seconds(9)).start(it -> it.sleep(seconds(1)));
        loops.loop("c").every(seconds(1)).build(it -> {});
        loops.advance(seconds(3));
        assertThat(listed("/")).containsExactly("a", "b", "c");
        assertThat(listed("/?sort=-name")).containsExactly("c", "b", "a");
        assertThat(listed("/?sort=next")).containsExactly("b", "a", "c");
        assertThat(listed("/?sort=length")).containsExactly("a", "b", "c");
        assertThat(listed("/?sort=success")).containsExactly("a", "b", "c");
        assertThat(listed("/?sort=state")).containsExactly("c", "a", "b");
        assertThat(listed("/?sort=no-such-column")).containsExactly("a", "b", "c");
        assertThat(page("/?sort=next")).contains("href=\"./?sort=-next&amp;zone=Z\">Next ↑</a>");
        assertThat(page("/?sort=-next")).contains("href=\"./?sort=next&amp;zone=Z\">Next ↓</a>");
    }

    @Test
    void failures_sort_too() {
        everySecond("a").start(it -> {});
        everySecond("b").continueOn(IOException.class).start(it -> {
            throw new IOException("down");
        });
        loops.advance(seconds(3));
        assertThat(listed("/?sort=-failures")).containsExactly("b", "a");
    }

    @Test
    void each_outcome_has_a_colour() {
        everySecond("news").continueOn(IOException.class).start(it -> {
            if (it.index() == 1) {
                throw new IOException("down");
            }
            it.sleep(seconds(it.index() == 2 ? 100 : 0));
        });
        loops.advance(seconds(3));
        loops.get("news").cancel();
        loops.settle();
        assertThat(all("<path class=([a-z]+) ", row("news"))).containsExactly("ok", "warn", "cut");
    }

    @Test
    void a_run_that_failed_is_marked_although_no_attempt_did() {
        Loop loop = everySecond("news").build(it -> {});
        LoopEnd failed = new LoopEnd.Failed(0, new OutOfMemoryError("no thread"));
        LoopStatus status = new LoopStatus(
                "news", LoopState.IDLE, 0, 0, 0, 0, 0, null, null, null, null, failed, null, false, null);
        assertThat(new Row(loop, "news", status).isFailing()).isTrue();
    }

    @Test
    void loops_of_a_kind_are_together_under_a_line_that_counts_them() {
        everySecond("z").kind("digest").build(it -> {});
        everySecond("a").kind("digest").build(it -> {});
        everySecond("m").build(it -> {});
        String page = page("/?group=1");
        assertThat(listed("/?group=1")).containsExactly("a", "z", "m");
        assertThat(all("<tr class=g id=\"(.*?)\"", page)).containsExactly("g:digest", "g:m");
        assertThat(page).contains("<bdi>digest</bdi></a> · 2 loops</td>");
        loops.get("m").start();
        everySecond("b").kind("digest").start(it -> {
            throw new IllegalStateException("broken");
        });
        loops.settle();
        assertThat(page("/?group=1"))
                .contains("<bdi>digest</bdi></a> · 3 loops · <b class=failing>1 failing</b></td>")
                .contains("<bdi>m</bdi></a> · 1 loop</td>");
    }

    @Test
    void ten_thousand_loops_are_paged_by_the_server() {
        for (int i = 0; i < 10_000; i++) {
            everySecond("loop %05d".formatted(i)).build(it -> {});
        }
        assertThat(listed("/")).hasSize(50).startsWith("loop 00000").endsWith("loop 00049");
        assertThat(listed("/?page=200")).hasSize(50).endsWith("loop 09999");
        assertThat(listed("/?page=999")).endsWith("loop 09999");
        assertThat(listed("/?size=100000")).hasSize(500);
        assertThat(page("/?page=2"))
                .contains("51–100 of 10,000")
                .contains("<a rel=prev href=\"./?zone=Z\">")
                .contains("<a rel=next href=\"./?page=3&amp;zone=Z\">")
                .contains("<b>10,000</b> loops");
        assertThat(page("/").length()).isLessThan(100_000);
    }

    @Test
    void all_that_was_chosen_is_in_the_links_and_in_the_updates_of_the_page() {
        for (int i = 1; i <= 5; i++) {
            everySecond("guild " + i).kind("digest").build(it -> {});
        }
        String page = page("/?q=guild+&state=idle&kind=digest&sort=-name&group=1&page=2&size=2&zone=Asia/Tokyo");
        String chosen = "q=guild+&amp;state=idle&amp;kind=digest&amp;sort=-name&amp;group=1&amp;";
        String rest = "size=2&amp;zone=Asia%2FTokyo";
        assertThat(page)
                .contains("data-live=\"events?" + chosen + "page=2&amp;" + rest + "\"")
                .contains("3–4 of 5")
                .contains("<a rel=prev href=\"./?" + chosen + rest + "\">")
                .contains("<a rel=next href=\"./?" + chosen + "page=3&amp;" + rest + "\">");
        assertThat(listed("/?q=guild&size=2&page=3")).containsExactly("guild 5");
        assertThat(page("/?q=guild&size=2&page=3")).contains("5–5 of 5").doesNotContain("rel=next");
    }

    @Test
    void a_link_that_changes_the_choice_leads_to_the_first_page() {
        for (int i = 1; i <= 5; i++) {
            everySecond("guild " + i).kind("digest").build(it -> {});
        }
        String page = page("/?group=1&page=2&size=2");
        assertThat(page)
                .contains("<a href=\"./?sort=-name&amp;group=1&amp;size=2&amp;zone=Z\">Loop ↑</a>")
                .contains("<a href=\"./?sort=next&amp;group=1&amp;size=2&amp;zone=Z\">Next</a>")
                .contains("href=\"./?state=idle&amp;group=1&amp;size=2&amp;zone=Z\"><b>5</b> idle</a>")
                .contains("<a href=\"./?kind=digest&amp;group=1&amp;size=2&amp;zone=Z\"><bdi>digest</bdi></a>");
        assertThat(page("/?kind=digest&page=2&size=2"))
                .contains("<a class=chip href=\"./?size=2&amp;zone=Z\">kind <bdi>digest</bdi>");
    }

    @Test
    void a_new_search_keeps_what_else_was_chosen() {
        everySecond("news").kind("digest").build(it -> {});
        assertThat(page("/?kind=digest&sort=-next&size=10&state=idle&group=1&zone=Asia/Tokyo"))
                .contains("<input type=hidden name=kind value=\"digest\">")
                .contains("<input type=hidden name=sort value=\"-next\">")
                .contains("<input type=hidden name=size value=10>")
                .contains("<option selected>idle</option>")
                .contains("name=group value=1 checked>")
                .contains("name=zone list=zones aria-label=\"Time zone\" value=\"Asia/Tokyo\">");
    }

    @Test
    void the_length_of_the_last_iteration_is_shown_while_another_goes_on() {
        loops.loop("news").every(seconds(10)).start(it -> it.sleep(seconds(it.index() == 2 ? 9 : it.index() + 1)));
        loops.advance(seconds(25));
        assertThat(row("news")).contains(">executing</span>").contains("<td class=r>2 s<td");
    }

    @Test
    void times_are_those_of_the_zone_that_somebody_chose() {
        loops.loop("news").every(Duration.ofHours(1)).start(it -> {});
        loops.advance(seconds(1));
        assertThat(page("/?zone=Asia/Tokyo")).contains("title=\"Sat 1 Jan 2000 10:00:00 +09:00\"");
        assertThat(page("/?zone=Mars/Olympus")).contains("title=\"Sat 1 Jan 2000 01:00:00 Z\"");
    }

    @Test
    void everything_is_there_without_a_script_but_the_buttons() {
        everySecond("news").start(it -> {});
        loops.settle();
        String page = page("/");
        assertThat(page).contains("<form id=f action=\"./\" method=get>").contains("<button class=nojs>Show</button>");
        assertThat(page).contains("html:not(.js) .act,.js .nojs{display:none!important}");
        assertThat(all("<td class=act>(.*?)</tr>", page))
                .isEqualTo(List.of("<button type=button data-a=trigger data-l=\"news\">trigger</button>"
                        + "<button type=button data-a=pause data-l=\"news\">pause</button>"));
    }

    @Test
    void all_links_are_relative() {
        everySecond("news").kind("k").start(it -> {});
        loops.settle();
        assertThat(all("(?:href|action|data-live)=\"(.*?)\"", page("/?group=1") + page("/") + page("/loop?name=news")))
                .isNotEmpty()
                .allMatch(link -> !link.startsWith("/") && !link.contains("://"));
    }

    @Test
    void the_page_is_one_small_file_that_loads_nothing() throws IOException {
        try (var file = Page.class.getResourceAsStream("page.html")) {
            byte[] bytes = file.readAllBytes();
            assertThat(bytes.length).isLessThan(40_000);
            assertThat(new String(bytes, java.nio.charset.StandardCharsets.UTF_8))
                    .doesNotContain("://")
                    .doesNotContain(" src=")
                    .doesNotContain("@import");
        }
    }

    @Test
    void a_list_for_programs_says_the_same() {
        everySecond("news").kind("digest").continueOn(IOException.class).start(it -> {
            throw new IOException("<down>");
        });
        loops.advance(Duration.ofMillis(1500));
        var json = JsonParser.parseString(page("/loops.json")).getAsJsonObject();
        assertThat(json.get("total").getAsInt()).isEqualTo(1);
        assertThat(json.get("runtime").getAsString()).isEqualTo("bot");
        var loop = json.getAsJsonArray("loops").get(0).getAsJsonObject();
        assertThat(loop.get("name").getAsString()).isEqualTo("news");
        assertThat(loop.get("kind").getAsString()).isEqualTo("digest");
        assertThat(loop.get("state").getAsString()).isEqualTo("WAITING");
        assertThat(loop.get("failing").getAsBoolean()).isTrue();
        assertThat(loop.get("failuresInARow").getAsInt()).isEqualTo(2);
        assertThat(loop.get("next").getAsString()).isEqualTo("2000-01-01T00:00:02Z");
        assertThat(loop.get("runs").getAsString()).isEqualTo("every second");
        assertThat(loop.getAsJsonObject("lastFailure").get("message").getAsString())
                .isEqualTo("<down>");
        assertThat(page("/loops.json")).doesNotContain("<");
    }

    @Test
    void a_list_for_programs_has_the_numbers_and_times_of_the_status() {
        everySecond("news")
                .maxAttempts(3)
                .retryOn(IOException.class)
                .backoff(Backoff.fixed(Duration.ofMillis(100)))
                .start(it -> {
                    if (it.index() == 0 && it.attempt() < 3) {
                        throw new IOException("not yet");
                    }
                    it.sleep(it.index() == 2 ? seconds(4) : Duration.ofMillis(250));
                });
        loops.advance(Duration.ofMillis(6_300));
        LoopStatus status = loops.get("news").status();
        assertThat(status.missedSlots()).isPositive().isNotEqualTo(status.retries());
        var loop = JsonParser.parseString(page("/loops.json"))
                .getAsJsonObject()
                .getAsJsonArray("loops")
                .get(0)
                .getAsJsonObject();
        assertThat(loop.get("tookMillis").getAsDouble()).isEqualTo(250);
        assertThat(loop.get("iterations").getAsLong()).isEqualTo(status.iterations());
        assertThat(loop.get("attempt").getAsInt()).isZero();
        assertThat(loop.get("retries").getAsLong()).isEqualTo(2);
        assertThat(loop.get("missedSlots").getAsLong()).isEqualTo(status.missedSlots());
        assertThat(loop.get("lastSuccess").getAsString()).isEqualTo(String.valueOf(status.lastSuccess()));
        assertThat(loop.get("lastBegan").getAsString()).isEqualTo(String.valueOf(status.iterationStartedAt()));
        assertThat(loop.get("paused").getAsBoolean()).isFalse();
        assertThat(loop.has("lastEnd")).isFalse();
        loops.get("news").stop();
        loops.settle();
        assertThat(page("/loops.json")).contains("\"lastEnd\":\"stopped\"").doesNotContain("\"next\"");
    }

    @Test
    void a_list_for_programs_has_the_pages_of_what_it_was_asked_for() {
        for (String name : List.of("guild 1", "guild 2", "guild 3", "news", "weather")) {
            everySecond(name).build(it -> {});
        }
        var json = JsonParser.parseString(page("/loops.json?q=guild&size=2&page=9"))
                .getAsJsonObject();
        assertThat(json.get("total").getAsInt()).isEqualTo(3);
        assertThat(json.get("page").getAsInt()).isEqualTo(2);
        assertThat(json.get("pages").getAsInt()).isEqualTo(2);
        assertThat(json.getAsJsonArray("loops")).hasSize(1);
        assertThat(json.get("now").getAsString()).isEqualTo("2000-01-01T00:00:00Z");
    }

    @Test
    void health_is_an_answer_of_its_own() {
        everySecond("news").start(it -> {});
        loops.settle();
        assertThat(answer(Ask.get("/health")).status()).isEqualTo(200);
        everySecond("bad").start(it -> {
            throw new IllegalStateException("secret");
        });
        loops.settle();
        DashboardResponse answer = answer(Ask.get("/health"));
        assertThat(answer.status()).isEqualTo(503);
        assertThat(Ask.text(answer))
                .contains("\"status\":\"DOWN\"")
                .contains("\"loops\":2")
                .contains("\"loop\":\"bad\"")
                .doesNotContain("secret");
    }
}
