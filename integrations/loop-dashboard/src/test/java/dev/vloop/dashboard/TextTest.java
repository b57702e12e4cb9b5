package dev.vloop.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextTest {
    private static final Instant NOW = Instant.parse("2000-01-01T00:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "PT0S,0 µs",
        "PT0.00012S,120 µs",
        "PT0.12S,120 ms",
        "PT1S,1 s",
        "PT1.55S,1.5 s",
        "PT65S,1 min 5 s",
        "PT1H,1 h",
        "PT25H,1 d 1 h",
        "PT-5S,-5 s"
    })
    void lengths(Duration length, String text) {
        assertThat(TimeText.length(length)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "PT0S,now",
        "PT0.4S,now",
        "PT12S,in 12 s",
        "PT-12S,12 s ago",
        "PT119S,in 119 s",
        "PT120S,in 2 min",
        "PT2H,in 2 h",
        "PT-47H,47 h ago",
        "PT48H,in 2 d"
    })
    void distances(Duration distance, String text) {
        assertThat(TimeText.relative(NOW.plus(distance), NOW)).isEqualTo(text);
    }

    @Test
    void the_end_of_time_has_a_text() {
        assertThat(TimeText.absolute(Instant.MAX, ZoneOffset.MAX)).isEqualTo(Instant.MAX.toString());
        assertThat(SlotRemarks.of(Instant.MAX, Set.of(ZoneId.of("Europe/Berlin"))))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "2018-11-04T03:00:00Z,': a time that they skip runs 1 h later'",
        "2018-11-04T03:59:59Z,': a time that they skip runs 1 h later'",
        "2018-11-04T04:00:00Z,''",
        "2018-11-05T01:59:59Z,''"
    })
    void a_clock_that_changes_at_midnight_changes_on_the_day_that_begins_then(Instant slot, String skipped) {
        assertThat(SlotRemarks.of(slot, Set.of(ZoneId.of("America/Sao_Paulo"))))
                .isEqualTo("the clocks in America/Sao_Paulo go from 00:00 to 01:00 on this day" + skipped);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2018-11-04T02:59:59Z", "2018-11-05T02:00:00Z"})
    void nothing_is_special_on_the_days_around_it(Instant slot) {
        assertThat(SlotRemarks.of(slot, Set.of(ZoneId.of("America/Sao_Paulo")))).isEmpty();
    }

    @Test
    void a_slot_has_the_remarks_of_all_zones() {
        Instant slot = Instant.parse("2000-03-26T12:00:00Z");
        assertThat(SlotRemarks.of(slot, Set.of(ZoneId.of("Europe/Berlin"), ZoneId.of("Europe/London"), ZoneOffset.UTC))
                        .split("; "))
                .containsExactlyInAnyOrder(
                        "the clocks in Europe/Berlin go from 02:00 to 03:00 on this day",
                        "the clocks in Europe/London go from 01:00 to 02:00 on this day");
    }

    @Test
    void json_is_safe_in_html_and_in_an_event() {
        assertThat(Json.of(List.of("a\"\\\n\r<>&'\u2028\uD800é", 1, true, List.of(), java.util.Map.of())))
                .isEqualTo("[\"a\\\"\\\\\\n\\u000d\\u003c\\u003e\\u0026\\u0027\\u2028\\ud800é\",1,true,[],{}]");
        assertThat(Json.of(null)).isEqualTo("null");
    }

    @Test
    void html_escapes_what_ends_an_element_or_an_attribute() {
        assertThat(new Html().text("<a href='x'>&\"\u0000\n").toString())
                .isEqualTo("&lt;a href=&#39;x&#39;&gt;&amp;&quot;\uFFFD\n");
        assertThat(new Html().name("x".repeat(300)).toString()).isEqualTo("<bdi>" + "x".repeat(200) + "…</bdi>");
    }

    private static StackTraceElement frame(String type) {
        return new StackTraceElement(type, "m", "F.java", 1);
    }

    private static List<String> shown(String... types) {
        return StackText.of(Arrays.stream(types).map(TextTest::frame).toArray(StackTraceElement[]::new))
                .lines()
                .map(line -> line.strip().replace("at ", "").replace(".m(F.java:1)", ""))
                .toList();
    }

    @Test
    void of_a_stack_the_engine_beneath_the_user_s_code_is_left_out() {
        assertThat(shown(
                        "java.lang.Park",
                        "dev.vloop.vthreads.Wait",
                        "my.Body",
                        "dev.vloop.vthreads.Run",
                        "java.lang.VirtualThread"))
                .containsExactly("java.lang.Park", "dev.vloop.vthreads.Wait", "my.Body");
        assertThat(shown("java.lang.Park", "dev.vloop.vthreads.Run", "java.lang.VirtualThread"))
                .isEmpty();
        assertThat(shown(
                        "my.Interceptor",
                        "dev.vloop.vthreads.Chain",
                        "my.Outer",
                        "dev.vloop.vthreads.Run",
                        "java.lang.VirtualThread"))
                .containsExactly("my.Interceptor", "dev.vloop.vthreads.Chain", "my.Outer");
        assertThat(shown()).isEmpty();
        assertThat(shown("my.Thread", "java.lang.Thread")).containsExactly("my.Thread", "java.lang.Thread");
    }
}
