package dev.vloop.tests.conformance;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.vloop.Schedule;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** What was done to discord.py, and the events that came out. */
record Scenario(String name, JsonObject spec, List<JsonObject> trace) {
    /** One attempt of the body. */
    record Attempt(Duration length, String outcome) {}

    /** What is done from outside. */
    record Action(Duration at, String what, JsonObject spec) {}

    static Stream<Scenario> all() {
        return lines().stream().map(line -> {
            JsonObject both = JsonParser.parseString(line).getAsJsonObject();
            JsonObject spec = both.getAsJsonObject("scenario");
            List<JsonObject> trace = objects(both.getAsJsonArray("trace"));
            return new Scenario(spec.get("name").getAsString(), spec, trace);
        });
    }

    private static List<String> lines() {
        try (InputStream in = Scenario.class.getResourceAsStream("/conformance/discordpy-traces.jsonl")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<JsonObject> objects(JsonArray array) {
        return array.asList().stream().map(JsonElement::getAsJsonObject).toList();
    }

    Instant origin() {
        return OffsetDateTime.parse(spec.get("origin").getAsString()).toInstant();
    }

    Schedule schedule() {
        JsonObject schedule = spec.getAsJsonObject("schedule");
        if (schedule.has("every_ms")) {
            return Schedule.every(millis(schedule, "every_ms"));
        }
        Map<ZoneId, List<LocalTime>> times = new LinkedHashMap<>();
        for (JsonObject at : objects(schedule.getAsJsonArray("at"))) {
            times.computeIfAbsent(ZoneId.of(at.get("zone").getAsString()), zone -> new ArrayList<>())
                    .add(LocalTime.parse(at.get("time").getAsString()));
        }
        return Schedule.anyOf(times.entrySet().stream()
                .map(zone -> Schedule.dailyAt(zone.getKey(), zone.getValue().toArray(LocalTime[]::new)))
                .toArray(Schedule[]::new));
    }

    boolean isDaily() {
        return !spec.getAsJsonObject("schedule").has("every_ms");
    }

    boolean retries() {
        return !spec.has("reconnect") || spec.get("reconnect").getAsBoolean();
    }

    long count() {
        return spec.has("count") ? spec.get("count").getAsLong() : Long.MAX_VALUE;
    }

    Duration before() {
        return millis(spec, "before_ms");
    }

    Duration after() {
        return millis(spec, "after_ms");
    }

    Duration horizon() {
        return millis(spec, "horizon_ms");
    }

    List<Attempt> body() {
        return objects(spec.getAsJsonArray("body")).stream()
                .map(attempt -> new Attempt(
                        millis(attempt, "ms"), attempt.get("outcome").getAsString()))
                .toList();
    }

    List<Action> actions() {
        if (!spec.has("actions")) {
            return List.of();
        }
        return objects(spec.getAsJsonArray("actions")).stream()
                .map(action ->
                        new Action(millis(action, "at_ms"), action.get("do").getAsString(), action))
                .toList();
    }

    static Duration millis(JsonObject object, String key) {
        return Duration.ofMillis(object.has(key) ? object.get(key).getAsLong() : 0);
    }

    @Override
    public String toString() {
        return name;
    }
}
