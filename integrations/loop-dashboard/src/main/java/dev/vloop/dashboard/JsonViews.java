package dev.vloop.dashboard;

import static java.lang.System.Logger.Level.WARNING;

import dev.vloop.ClusterStatus;
import dev.vloop.LoopEnd;
import dev.vloop.LoopFailure;
import dev.vloop.LoopHealth;
import dev.vloop.LoopStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Writes for programs what the page shows to people. All threads may use it. */
final class JsonViews {
    private static final System.Logger LOG = System.getLogger("dev.vloop.dashboard");

    private final Settings settings;
    private final Health health;

    JsonViews(Settings settings, Health health) {
        this.settings = settings;
        this.health = health;
    }

    DashboardResponse loops(ListQuery query, List<Row> all) {
        List<Row> found = query.select(all);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("now", settings.loops.clock().instant());
        json.put("runtime", settings.loops.name());
        json.put("total", found.size());
        json.put("page", query.pageOf(found.size()));
        json.put("pages", query.pages(found.size()));
        json.put("loops", query.page(found).stream().map(this::loop).toList());
        return DashboardResponse.json(200, Json.of(json));
    }

    private Map<String, Object> loop(Row row) {
        LoopStatus status = row.status();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", row.name());
        json.put("kind", row.kind());
        json.put("state", status.state());
        json.put("paused", status.paused());
        json.put("failing", row.isFailing());
        json.put("schedule", ScheduleWords.textOf(row.loop().schedule()));
        json.put("runs", ScheduleWords.of(row.loop().schedule()));
        put(json, "next", status.nextIteration());
        put(json, "lastSuccess", status.lastSuccess());
        put(json, "lastBegan", status.iterationStartedAt());
        Duration took = row.took();
        put(json, "tookMillis", took == null ? null : took.toNanos() / 1_000_000.0);
        json.put("iterations", status.iterations());
        json.put("attempt", status.attempt());
        json.put("failuresInARow", status.failuresInARow());
        json.put("retries", status.retries());
        json.put("missedSlots", status.missedSlots());
        ClusterStatus cluster = row.loop().cluster();
        if (cluster != null) {
            json.put("instance", cluster.instance());
            put(json, "heldBy", cluster.holder());
        }
        LoopFailure failure = status.lastFailure();
        put(json, "lastFailure", failure == null ? null : failure(failure));
        LoopEnd end = status.lastEnd();
        put(json, "lastEnd", end == null ? null : end.getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT));
        return json;
    }

    private static void put(Map<String, Object> json, String name, @Nullable Object value) {
        if (value != null) {
            json.put(name, value);
        }
    }

    private Map<String, Object> failure(LoopFailure failure) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("at", failure.at());
        json.put("type", failure.cause().getClass().getName());
        String message = FailureRecord.messageOf(failure.cause());
        put(json, "message", message == null ? null : settings.redacted(message));
        json.put("reaction", failure.reaction());
        return json;
    }

    DashboardResponse health() {
        LoopHealth.Report report;
        try {
            report = health.ofAll();
        } catch (TimeoutException | ExecutionException e) {
            LOG.log(WARNING, "the health of the loops is not known", e);
            return DashboardResponse.json(503, "{\"status\":\"UNKNOWN\"}");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return DashboardResponse.json(503, "{\"status\":\"UNKNOWN\"}");
        }
        List<Map<String, Object>> down = new ArrayList<>();
        for (LoopHealth.Verdict verdict : report.down()) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("loop", verdict.loop().name());
            one.put("reason", settings.redacted(verdict.reason()));
            down.add(one);
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("status", report.isUp() ? "UP" : "DOWN");
        json.put("loops", report.loops().size());
        json.put("down", down);
        return DashboardResponse.json(report.isUp() ? 200 : 503, Json.of(json));
    }
}
