package dev.vloop.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vloop.Loop;
import dev.vloop.LoopState;
import dev.vloop.Schedule;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ActionsTest extends PageTest {
    private DashboardResponse post(String form) {
        DashboardHandler handler = settings.handler();
        String secret = all("name=vloop-secret content=\"(.*?)\"", Ask.text(handler.handle(Ask.get("/"))))
                .getFirst();
        return handler.handle(Ask.post(form).with("X-Vloop-Secret", secret));
    }

    private void done(String form) {
        DashboardResponse answer = post(form);
        assertThat(answer.status()).as(Ask.text(answer)).isEqualTo(200);
        loops.settle();
    }

    @Test
    void each_button_does_what_it_says() {
        Loop loop = everySecond("news").start(it -> {});
        loops.settle();
        done("action=pause&loop=news");
        assertThat(loop.status().paused()).isTrue();
        done("action=trigger&loop=news");
        assertThat(loop.status().iterations()).isEqualTo(2);
        done("action=resume&loop=news");
        assertThat(loop.status().paused()).isFalse();
        done("action=interval&loop=news&interval=1m30s");
        assertThat(loop.schedule()).isEqualTo(Schedule.every(seconds(90)));
        done("action=stop&loop=news");
        assertThat(loop.status().state()).isEqualTo(LoopState.IDLE);
        done("action=start&loop=news");
        assertThat(loop.isRunning()).isTrue();
        done("action=restart&loop=news");
        assertThat(loop.totals().runs()).isEqualTo(3);
        assertThat(loop.isRunning()).isTrue();
        done("action=cancel&loop=news");
        assertThat(loop.status().lastEnd()).isInstanceOf(dev.vloop.LoopEnd.Cancelled.class);
    }

    @Test
    void all_are_paused_and_resumed_at_once() {
        Loop one = everySecond("one").start(it -> {});
        Loop two = everySecond("two").start(it -> {});
        loops.settle();
        done("action=pause-all");
        assertThat(one.status().paused() && two.status().paused()).isTrue();
        done("action=resume-all");
        assertThat(one.status().paused() || two.status().paused()).isFalse();
    }

    @Test
    void who_did_what_and_when_is_logged() {
        everySecond("news").start(it -> {});
        loops.settle();
        loops.advance(seconds(5));
        done("action=pause&loop=news");
        assertThat(audited()).containsExactly("INFO 2000-01-01T00:00:05Z 192.0.2.7: pause of loop 'news': done");
    }

    @Test
    void the_user_is_the_framework_s_or_the_one_of_the_header_that_was_named() {
        everySecond("news").build(it -> {});
        DashboardHandler handler = settings.userHeader("X-Forwarded-User").handler();
        String secret = all("name=vloop-secret content=\"(.*?)\"", Ask.text(handler.handle(Ask.get("/"))))
                .getFirst();
        handler.handle(Ask.post("action=pause&loop=news")
                .with("X-Vloop-Secret", secret)
                .as("ada"));
        handler.handle(Ask.post("action=pause&loop=news")
                .with("X-Vloop-Secret", secret)
                .with("X-Forwarded-User", "bob\nforged"));
        assertThat(audited())
                .containsExactly(
                        "INFO 2000-01-01T00:00:00Z user 'ada' at 192.0.2.7: pause of loop 'news': done",
                        "INFO 2000-01-01T00:00:00Z user 'bob\\nforged' at 192.0.2.7: pause of loop 'news': done");
    }

    @Test
    void what_cannot_be_done_is_said_and_logged() {
        everySecond("news").build(it -> {});
        DashboardResponse answer = post("action=trigger&loop=news");
        assertThat(answer.status()).isEqualTo(409);
        assertThat(Ask.text(answer)).contains("is not running: start it first");
        assertThat(audited())
                .singleElement()
                .asString()
                .startsWith("WARNING ")
                .contains("trigger of loop 'news': refused: loop");
        assertThat(post("action=pause&loop=none").status()).isEqualTo(404);
        assertThat(post("action=pause").status()).isEqualTo(404);
        assertThat(post("action=explode&loop=news").status()).isEqualTo(404);
        assertThat(post("").status()).isEqualTo(404);
        assertThat(post("action=interval&loop=news&interval=soon").status()).isEqualTo(400);
        assertThat(post("action=interval&loop=news&interval=-5s").status()).isEqualTo(400);
        assertThat(post("action=interval&loop=news").status()).isEqualTo(400);
    }

    @Test
    void a_read_only_page_changes_nothing_whoever_asks() {
        Loop loop = everySecond("news").start(it -> {});
        loops.settle();
        settings.readOnly(true);
        assertThat(page("/"))
                .contains("Read-only")
                .doesNotContain("<button type=button")
                .contains("vloop-secret content=\"\"");
        assertThat(page("/loop?name=news")).doesNotContain("<button type=button");
        Gate gate = new Gate(settings, null);
        DashboardResponse refused = new DashboardHandler(settings, gate)
                .handle(Ask.post("action=cancel&loop=news").with("X-Vloop-Secret", gate.secret()));
        assertThat(refused.status()).isEqualTo(403);
        loops.settle();
        assertThat(loop.isRunning()).isTrue();
        assertThat(audited()).singleElement().asString().contains("refused: this page is read-only");
    }

    @ParameterizedTest
    @CsvSource({"30s,PT30S", "5m,PT5M", "1h30m,PT1H30M", "2d,PT48H", "1d12h,PT36H", "PT0.5S,PT0.5S", "' 10 S ',PT10S"})
    void an_interval_is_written_as_people_do(String text, Duration length) {
        assertThat(Actions.duration(text)).isEqualTo(length);
    }

    @ParameterizedTest
    @CsvSource({"''", "soon", "5", "1x", "PT", "99999999999999999999h"})
    void another_interval_is_refused_with_what_it_must_be(String text) {
        assertThatThrownBy(() -> Actions.duration(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("interval must be a length of time")
                .hasMessageContaining("'" + text + "'");
    }
}
