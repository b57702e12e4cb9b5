package dev.vloop.tests.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.vloop.Backoff;
import dev.vloop.tests.support.CapturedLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Section 7: our loops do what discord.py's did, to the millisecond. Left out of the comparison is what the README of the traces
 * names: the time at which a completed count is over, and a next slot that only one of the two knows.
 */
@DisplayName("Section 7: conformance with discord.py")
class DiscordConformanceTest {
    /** A row of section 7: discord.py's backoff goes on doubling after a success, ours begins afresh. */
    private static final Set<String> REMEMBERS_FAILURES = Set.of("cancel-008");

    private static final Backoff DOUBLING =
            (failure, random) -> Duration.ofSeconds(1L << Math.min(10, failure.inARow()));

    private final CapturedLog log = new CapturedLog();

    @AfterEach
    void showTheLogAgain() {
        log.close();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.vloop.tests.conformance.Scenario#all")
    void a_loop_does_what_it_does_in_discord_py(Scenario scenario) {
        Backoff backoff = REMEMBERS_FAILURES.contains(scenario.name()) ? new DiscordBackoff() : DOUBLING;
        List<Map<String, @Nullable Object>> ours = Replay.run(scenario, backoff);
        List<Map<String, @Nullable Object>> theirs =
                scenario.trace().stream().map(DiscordConformanceTest::values).toList();
        assertThat(lines(normalised(ours, theirs, scenario))).isEqualTo(lines(normalised(theirs, ours, scenario)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rememberingFailures")
    void a_success_resets_our_backoff_but_not_that_of_discord_py(Scenario scenario) {
        String ours = lines(Replay.run(scenario, DOUBLING));
        assertThat(ours).isNotEqualTo(lines(Replay.run(scenario, new DiscordBackoff())));
        assertThat(ours).contains("t=857300, e=end, outcome=io").contains("t=859300, e=body");
    }

    static Stream<Scenario> rememberingFailures() {
        return Scenario.all().filter(scenario -> REMEMBERS_FAILURES.contains(scenario.name()));
    }

    @Test
    void there_are_138_scenarios() {
        assertThat(Scenario.all()).hasSize(138);
    }

    private static String lines(List<Map<String, @Nullable Object>> events) {
        StringBuilder lines = new StringBuilder();
        for (Map<String, @Nullable Object> event : events) {
            lines.append(event).append('\n');
        }
        return lines.toString();
    }

    private static List<Map<String, @Nullable Object>> normalised(
            List<Map<String, @Nullable Object>> events, List<Map<String, @Nullable Object>> other, Scenario scenario) {
        List<Map<String, @Nullable Object>> normalised = new ArrayList<>();
        for (int i = 0; i < events.size(); i++) {
            Map<String, @Nullable Object> event = new LinkedHashMap<>(events.get(i));
            boolean afterCount = scenario.count() != Long.MAX_VALUE
                    && (isCompletion(event, "after", "failed", false)
                            || isCompletion(event, "done", "how", "completed"));
            if (afterCount) {
                event.remove("t");
            }
            if (event.get("e").equals("body") && i < other.size() && onlyOneKnowsNext(event, other.get(i))) {
                event.remove("next");
            }
            normalised.add(event);
        }
        return normalised;
    }

    private static boolean isCompletion(Map<String, @Nullable Object> event, String name, String key, Object value) {
        return name.equals(event.get("e"))
                && value.equals(event.get(key))
                && !Boolean.TRUE.equals(event.get("cancelled"));
    }

    private static boolean onlyOneKnowsNext(Map<String, @Nullable Object> event, Map<String, @Nullable Object> other) {
        return event.get("next") == null || other.get("next") == null;
    }

    private static Map<String, @Nullable Object> values(JsonObject event) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        event.entrySet().forEach(entry -> values.put(entry.getKey(), value(entry.getValue())));
        return values;
    }

    private static @Nullable Object value(JsonElement value) {
        if (value.isJsonNull()) {
            return null;
        }
        if (value.getAsJsonPrimitive().isBoolean()) {
            return value.getAsBoolean();
        }
        return value.getAsJsonPrimitive().isNumber() ? (Object) value.getAsLong() : value.getAsString();
    }
}
