package dev.vloop.dashboard;

import dev.vloop.ClusterStatus;
import dev.vloop.Loop;
import dev.vloop.LoopEnd;
import dev.vloop.LoopFailure;
import dev.vloop.LoopState;
import dev.vloop.LoopStatus;
import dev.vloop.Schedule;
import dev.vloop.internal.SafeText;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the page of one loop, for one viewer. Used by one thread. */
final class DetailView {
    private static final int MOST_THREADS = 20;

    private static final String[] SECTIONS = {"d-head", "d-act", "d-threads", "d-fail", "d-next", "d-opt"};

    private final Settings settings;
    private final Upcoming upcoming;
    private final Health health;
    private final String name;
    private final ZoneId zone;

    /** The schedule for which the next slots were last computed. They are computed again only when it, or the next slot, has changed. */
    private @Nullable Schedule slotsOf;

    private @Nullable Instant slotsFrom;
    private String slots = "";

    DetailView(Settings settings, Upcoming upcoming, Health health, String name, ZoneId zone) {
        this.settings = settings;
        this.upcoming = upcoming;
        this.health = health;
        this.name = name;
        this.zone = zone;
    }

    /** @param now to which times are relative; null for an update */
    View view(@Nullable Instant now) {
        Map<String, String> parts = new LinkedHashMap<>();
        Loop loop = settings.loops.find(name);
        if (loop == null) {
            for (String section : SECTIONS) {
                parts.put(section, "");
            }
            parts.put(
                    "d-head",
                    new Html()
                            .raw("<h1>")
                            .name(name)
                            .raw("</h1><p>The runtime knows no loop of this name (any more).</p>")
                            .toString());
            return new View(parts, List.of());
        }
        Row row = Row.of(loop);
        LoopRecord known = settings.history == null ? null : settings.history.of(loop);
        parts.put("d-head", head(row, known, now));
        parts.put("d-act", settings.readOnly ? "" : actions(row));
        parts.put("d-threads", threads(loop, row));
        parts.put("d-fail", failures(row, known, now));
        parts.put("d-next", next(loop, row.status(), now));
        parts.put("d-opt", options(loop));
        return new View(parts, List.of());
    }

    /** {@return the whole of it for a page} */
    String main(View view) {
        Html html = new Html();
        html.raw("<p class=up><a href=\"./?zone=")
                .text(Html.inQuery(zone.getId()))
                .raw("\">← all loops</a></p>");
        html.raw("<section id=d-head class=wide>").raw(view.part("d-head")).raw("</section>");
        html.raw("<section id=d-act class=\"wide act\">")
                .raw(view.part("d-act"))
                .raw("</section><div class=cols><div>");
        html.raw("<section id=d-threads>").raw(view.part("d-threads")).raw("</section>");
        html.raw("<section id=d-fail>").raw(view.part("d-fail")).raw("</section></div><div>");
        html.raw("<section id=d-next>").raw(view.part("d-next")).raw("</section>");
        html.raw("<section id=d-opt>").raw(view.part("d-opt")).raw("</section></div></div>");
        return html.toString();
    }

    private String head(Row row, @Nullable LoopRecord known, @Nullable Instant now) {
        LoopStatus status = row.status();
        Html html = new Html()
                .raw(row.isFailing() ? "<h1 class=failing>" : "<h1>")
                .name(row.name())
                .raw("</h1> ");
        ListView.state(html, row);
        html.raw(" <span class=w title=\"")
                .text(ScheduleWords.textOf(row.loop().schedule()))
                .raw("\">");
        html.text(ScheduleWords.of(row.loop().schedule())).raw("</span> ").raw(Sparkline.of(known));
        html.raw("<p class=health>").text(health.of(row.loop())).raw("</p><dl>");
        fact(html, "kind", row.kind());
        time(html, "next", status.nextIteration(), now);
        time(html, "last success", status.lastSuccess(), now);
        time(html, "last began", status.iterationStartedAt(), now);
        fact(html, "took", ListView.length(row.took(), known));
        fact(html, "iterations", ListView.number(status.iterations()));
        fact(html, "attempt", status.attempt() == 0 ? "" : Integer.toString(status.attempt()));
        fact(html, "failing in a row", Integer.toString(status.failuresInARow()));
        fact(html, "retries", ListView.number(status.retries()));
        fact(html, "missed slots", ListView.number(status.missedSlots()));
        fact(html, "last end", end(status.lastEnd()));
        cluster(html, row.loop().cluster(), now);
        settings.factsOf(row.loop()).forEach((fact, text) -> fact(html, fact, settings.redacted(text)));
        return html.raw("</dl>").toString();
    }

    private void cluster(Html html, @Nullable ClusterStatus cluster, @Nullable Instant now) {
        if (cluster == null) {
            return;
        }
        fact(html, "this instance", cluster.instance());
        fact(html, "held by", cluster.holder() == null ? "nobody" : cluster.holder());
        time(html, "cluster's next", cluster.nextSlot(), now);
        time(html, "heard of it", cluster.heardAt(), now);
    }

    private static void fact(Html html, String name, String text) {
        if (!text.isEmpty()) {
            html.raw("<div><dt>")
                    .text(Html.cut(name, 100))
                    .raw("</dt><dd>")
                    .name(text)
                    .raw("</dd></div>");
        }
    }

    private void time(Html html, String name, @Nullable Instant at, @Nullable Instant now) {
        html.raw("<div><dt>").text(name).raw("</dt><dd>");
        TimeText.element(html, at, now, zone);
        if (at != null) {
            html.raw(" <small>").text(TimeText.absolute(at, zone)).raw("</small>");
        }
        html.raw("</dd></div>");
    }

    private String end(@Nullable LoopEnd end) {
        return switch (end) {
            case null -> "";
            case LoopEnd.Completed completed -> "completed after " + completed.iterations();
            case LoopEnd.Stopped stopped -> "stopped after " + stopped.iterations();
            case LoopEnd.Cancelled cancelled -> "cancelled after " + cancelled.iterations();
            case LoopEnd.Failed failed ->
                "failed after " + failed.iterations() + ": "
                        + failed.cause().getClass().getName();
        };
    }

    private String actions(Row row) {
        if (!ListView.isAddressable(row.name())) {
            return "";
        }
        Html html = new Html();
        boolean runs = row.status().state() != LoopState.IDLE;
        if (runs) {
            ListView.button(html, "trigger", row.name());
        } else {
            ListView.button(html, "start", row.name());
        }
        ListView.button(html, row.status().paused() ? "resume" : "pause", row.name());
        if (runs) {
            for (String action : new String[] {"stop", "cancel", "restart"}) {
                html.raw("<button type=button data-c data-a=" + action + " data-l=\"")
                        .text(row.name())
                        .raw("\">" + action + "</button>");
            }
        }
        html.raw("<span class=i><input id=interval size=8 placeholder=\"30s, 5m\" aria-label=\"New interval\">");
        return html.raw("<button type=button data-c data-i=interval data-a=interval data-l=\"")
                .text(row.name())
                .raw("\">change interval</button></span>")
                .toString();
    }

    private String threads(Loop loop, Row row) {
        List<Thread> threads = loop.threads();
        Html html = new Html().raw("<h2>Where its threads are now</h2>");
        if (threads.isEmpty()) {
            return html.raw("<p>It does not run.</p>").toString();
        }
        for (Thread thread : threads.subList(0, Math.min(MOST_THREADS, threads.size()))) {
            String stack = StackText.of(thread.getStackTrace());
            html.raw("<h3>").name(thread.getName()).raw("</h3>");
            if (stack.isEmpty()) {
                boolean forks = row.status().state() == LoopState.EXECUTING && threads.size() > 1;
                html.raw(
                        forks
                                ? "<p>waits for the others</p>"
                                : "<p>in the engine: " + row.state().replace('-', ' ') + "</p>");
            } else {
                html.raw("<pre>").text(stack).raw("</pre>");
            }
        }
        if (threads.size() > MOST_THREADS) {
            html.raw("<p>and " + ListView.number(threads.size() - MOST_THREADS) + " more threads</p>");
        }
        return html.toString();
    }

    private String failures(Row row, @Nullable LoopRecord known, @Nullable Instant now) {
        Html html = new Html().raw("<h2>Last failures</h2>");
        List<FailureRecord> failures = known == null ? List.of() : known.failures();
        LoopFailure last = row.status().lastFailure();
        if (failures.isEmpty() && last != null) {
            FailureRecord one = FailureRecord.of(last);
            one.stack = StackText.of(last.cause());
            failures = List.of(one);
        }
        if (failures.isEmpty()) {
            return html.raw("<p>None that is known.</p>").toString();
        }
        String open = " open";
        for (FailureRecord failure : failures) {
            html.raw("<details" + open + "><summary>")
                    .raw(failure.times == 1 ? "" : "<b>" + ListView.number(failure.times) + "×</b> ");
            html.text(simple(failure.type)).raw(": ");
            html.text(failure.message == null ? "no message" : Html.cut(settings.redacted(failure.message), 300))
                    .raw("</summary><p>");
            TimeText.element(html, failure.last, now, zone).raw(", ").text(failure.circumstances);
            if (failure.times > 1) {
                TimeText.element(html.raw("; the first "), failure.first, now, zone);
            }
            String stack = failure.stack;
            html.raw("</p><pre>")
                    .text(stack == null ? "(its stack is not kept any more)" : settings.redacted(stack))
                    .raw("</pre></details>");
            open = "";
        }
        return html.toString();
    }

    private static String simple(String type) {
        return type.substring(type.lastIndexOf('.') + 1);
    }

    private String next(Loop loop, LoopStatus status, @Nullable Instant now) {
        Schedule schedule = loop.schedule();
        Instant from = status.nextIteration();
        if (schedule == slotsOf && from != null && from.equals(slotsFrom)) {
            return slots;
        }
        Upcoming.Slots told = upcoming.of(loop, status, settings.loops.clock().instant());
        Html html = new Html().raw("<h2>Next " + Upcoming.SLOTS + " slots</h2>");
        if (!told.note().isEmpty()) {
            html.raw("<p>").text(Html.cut(settings.redacted(told.note()), 500)).raw("</p>");
        }
        html.raw("<table class=slots>");
        for (Instant slot : told.slots()) {
            TimeText.element(html.raw("<tr><td>"), slot, now, zone)
                    .raw("<td>")
                    .text(TimeText.absolute(slot, zone))
                    .raw("<td>");
            html.text(SlotRemarks.of(slot, zones(schedule)));
        }
        slotsOf = schedule;
        slotsFrom = from;
        slots = html.raw("</table>").toString();
        return slots;
    }

    private static java.util.Set<ZoneId> zones(Schedule schedule) {
        try {
            return java.util.Set.copyOf(schedule.zones());
        } catch (RuntimeException e) { // a schedule of the user's
            return java.util.Set.of();
        }
    }

    private String options(Loop loop) {
        Html html = new Html().raw("<h2>Options</h2><dl>");
        fact(html, "schedule", Html.cut(SafeText.inOneLine(SafeText.of(loop.schedule())), 500));
        loop.describe().forEach((option, text) -> fact(html, option, settings.redacted(text)));
        return html.raw("</dl>").toString();
    }
}
