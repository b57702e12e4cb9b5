package dev.vloop.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.Loop;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Those who look at the same moment share one look at all loops. */
class SharedLookTest extends PageTest {
    @Test
    void within_a_moment_all_see_the_same_and_after_it_what_is_new() {
        Snapshots shared = new Snapshots(settings.period(Duration.ofHours(2)));
        everySecond("a").build(it -> {});
        List<Row> first = shared.rows();
        everySecond("b").build(it -> {});
        assertThat(shared.rows()).isSameAs(first).extracting(Row::name).containsExactly("a");
        shared.forget();
        assertThat(shared.rows()).extracting(Row::name).containsExactly("a", "b");
        Snapshots old = new Snapshots(settings.period(Duration.ZERO));
        assertThat(old.rows()).isNotSameAs(old.rows());
    }

    @Test
    void who_has_pressed_a_button_sees_what_it_did_although_others_look() {
        Gate gate = new Gate(settings.period(Duration.ofHours(2)), null);
        DashboardHandler page = new DashboardHandler(settings, gate);
        Loop loop = everySecond("news").build(it -> {});
        assertThat(Ask.text(page.handle(Ask.get("/")))).doesNotContain(">resume</button>");
        loop.pause();
        assertThat(Ask.text(page.handle(Ask.get("/")))).doesNotContain(">resume</button>");
        page.handle(Ask.post("action=none").with("X-Vloop-Secret", gate.secret()));
        assertThat(Ask.text(page.handle(Ask.get("/")))).contains(">resume</button>");
    }
}
