package dev.vloop.dashboard;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.vloop.LoopState;
import java.net.URLDecoder;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the list of loops. All threads may use it. */
final class ListView {
    /** The columns that can be sorted by: the name in the address, and the caption. */
    private static final String[][] COLUMNS = {
        {"name", "Loop"},
        {"state", "State"},
        {"", "Runs"},
        {"next", "Next"},
        {"success", "Last success"},
        {"length", "Took"},
        {"failures", "Failing"},
        {"", "Last 60"},
        {"", ""}
    };

    private static final String[] STATES = {
        "failing", "waiting", "executing", "backing-off", "paused", "starting", "ending", "idle"
    };

    private final Settings settings;
    private final Snapshots snapshots;

    ListView(Settings settings, Snapshots snapshots) {
        this.settings = settings;
        this.snapshots = snapshots;
    }

    /** @param now to which times are relative; null for an update */
    View of(ListQuery query, @Nullable Instant now) {
        List<Row> all = snapshots.rows();
        List<Row> found = query.select(all);
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("sum", summary(query, all));
        parts.put("head", head(query));
        parts.put("pager", pager(query, found.size()));
        List<String> order = new ArrayList<>();
        String kind = null;
        for (Row row : query.page(found)) {
            if (query.grouped() && !row.kind().equals(kind)) {
                kind = row.kind();
                add(parts, order, "g:" + kind, group(query, kind, found));
            }
            add(parts, order, "l:" + row.name(), row(query, row, now));
        }
        return new View(parts, order);
    }

    private static void add(Map<String, String> parts, List<String> order, String id, String html) {
        parts.put(id, html);
        order.add(id);
    }

    /** {@return the whole of it for a page, with the form above the table} */
    String main(ListQuery query, View view) {
        Html html = new Html();
        form(html, query);
        html.raw("<div id=sum class=sum>").raw(view.part("sum")).raw("</div>");
        html.raw("<div class=scroll><table><thead id=head>")
                .raw(view.part("head"))
                .raw("</thead><tbody id=rows>");
        view.order().forEach(id -> html.raw(view.part(id)));
        html.raw("</tbody></table></div><nav id=pager>").raw(view.part("pager")).raw("</nav>");
        return html.toString();
    }

    private void form(Html html, ListQuery query) {
        html.raw("<form id=f action=\"./\" method=get><input type=search name=q placeholder=\"Search ( / )\" ")
                .raw("aria-label=Search autocomplete=off maxlength=200 value=\"")
                .text(query.text())
                .raw("\"><select name=state aria-label=State><option value=\"\">all states</option>");
        for (String state : STATES) {
            html.raw("<option")
                    .raw(state.equals(query.state()) ? " selected>" : ">")
                    .raw(state)
                    .raw("</option>");
        }
        html.raw("</select>");
        if (!query.kind().isEmpty()) {
            html.raw("<input type=hidden name=kind value=\"")
                    .text(query.kind())
                    .raw("\"><a class=chip href=\"")
                    .text(query.with("kind", ""))
                    .raw("\">kind ")
                    .name(query.kind())
                    .raw(" ✕</a>");
        }
        html.raw("<label><input type=checkbox name=group value=1").raw(query.grouped() ? " checked" : "");
        html.raw(">by kind</label><input name=zone list=zones aria-label=\"Time zone\" value=\"")
                .text(query.zone().getId())
                .raw("\"><datalist id=zones><option>UTC</option><option>")
                .text(ZoneId.systemDefault().getId())
                .raw("</option></datalist><input type=hidden name=sort value=\"")
                .text(query.sort())
                .raw("\"><input type=hidden name=size value=" + query.size() + "><button class=nojs>Show</button>");
        if (!settings.readOnly) {
            html.raw("<span class=\"act end\"><button type=button data-a=pause-all data-c>pause all</button>")
                    .raw("<button type=button data-a=resume-all data-c>resume all</button></span>");
        }
        html.raw("</form>");
    }

    private static String summary(ListQuery query, List<Row> all) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        int failing = 0;
        for (Row row : all) {
            counts.merge(row.state(), 1, Integer::sum);
            failing += row.isFailing() ? 1 : 0;
        }
        counts.put("failing", failing);
        Html html = new Html();
        chip(html, query, "", all.size() == 1 ? "loop" : "loops", all.size());
        for (String state : STATES) {
            int count = counts.getOrDefault(state, 0);
            if (count > 0) {
                chip(html, query, state, state.replace('-', ' '), count);
            }
        }
        return html.toString();
    }

    private static void chip(Html html, ListQuery query, String state, String word, int count) {
        html.raw("<a class=\"chip ")
                .raw(state.equals(query.state()) ? "on " : "")
                .raw(state)
                .raw("\" href=\"")
                .text(query.with("state", state))
                .raw("\"><b>")
                .raw(number(count))
                .raw("</b> ")
                .raw(word)
                .raw("</a>");
    }

    private static String head(ListQuery query) {
        Html html = new Html().raw("<tr>");
        for (String[] column : COLUMNS) {
            html.raw("<th>");
            if (column[0].isEmpty()) {
                html.raw(column[1]);
                continue;
            }
            boolean by = query.sort().endsWith(column[0]);
            boolean down = query.sort().startsWith("-");
            String next = by && !down ? "-" + column[0] : column[0];
            html.raw("<a href=\"").text(query.with("sort", next)).raw("\">").raw(column[1]);
            html.raw(by ? down ? " ↓</a>" : " ↑</a>" : "</a>");
        }
        return html.raw("</tr>").toString();
    }

    private static String group(ListQuery query, String kind, List<Row> found) {
        int count = 0;
        int failing = 0;
        for (Row row : found) {
            if (row.kind().equals(kind)) {
                count++;
                failing += row.isFailing() ? 1 : 0;
            }
        }
        Html html = new Html().raw("<tr class=g id=\"g:").text(kind).raw("\"><td colspan=9><a href=\"");
        html.text(query.with("kind", kind)).raw("\">").name(kind).raw("</a> · " + number(count));
        return html.raw(count == 1 ? " loop" : " loops")
                .raw(failing == 0 ? "" : " · <b class=failing>" + number(failing) + " failing</b>")
                .raw("</td></tr>")
                .toString();
    }

    private String row(ListQuery query, Row row, @Nullable Instant now) {
        LoopRecord known = settings.history == null ? null : settings.history.of(row.loop());
        Html html = new Html()
                .raw("<tr id=\"l:")
                .text(row.name())
                .raw(row.isFailing() ? "\" class=bad><td class=n>" : "\"><td class=n>");
        link(html, query, row);
        if (!row.kind().equals(row.name()) && !query.grouped()) {
            html.raw(" <a class=k href=\"")
                    .text(query.with("kind", row.kind()))
                    .raw("\">")
                    .name(row.kind())
                    .raw("</a>");
        }
        html.raw("<td>");
        state(html, row);
        html.raw("<td class=w title=\"")
                .text(Html.cut(ScheduleWords.textOf(row.loop().schedule()), 300))
                .raw("\">")
                .text(ScheduleWords.of(row.loop().schedule()))
                .raw("<td>");
        TimeText.element(html, row.status().nextIteration(), now, query.zone()).raw("<td>");
        TimeText.element(html, row.status().lastSuccess(), now, query.zone()).raw("<td class=r>");
        html.raw(length(row.took(), known)).raw("<td class=r>");
        int failures = row.status().failuresInARow();
        html.raw(failures == 0 ? "" : number(failures))
                .raw("<td>")
                .raw(Sparkline.of(known))
                .raw("<td class=act>");
        if (!settings.readOnly && isAddressable(row.name())) {
            boolean runs = row.status().state() != LoopState.IDLE;
            button(html, runs ? "trigger" : "start", row.name());
            button(html, row.status().paused() ? "resume" : "pause", row.name());
        }
        return html.raw("</tr>").toString();
    }

    static void button(Html html, String action, String loop) {
        html.raw("<button type=button data-a=" + action + " data-l=\"")
                .text(loop)
                .raw("\">" + action + "</button>");
    }

    private static void link(Html html, ListQuery query, Row row) {
        if (!isAddressable(row.name())) {
            html.name(row.name());
            return;
        }
        html.raw("<a class=l href=\"loop?name=")
                .text(Html.inQuery(row.name()))
                .raw("&amp;zone=")
                .text(Html.inQuery(query.zone().getId()))
                .raw("\">")
                .name(row.name())
                .raw("</a>");
    }

    /**
     * {@return whether an address and a page can hold the name} Half a surrogate, or a control character, would become another character, and
     * a button would be for another loop. Such a loop is shown, and nothing more.
     */
    static boolean isAddressable(String name) {
        return name.length() <= 2_000
                && name.chars().noneMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\t')
                && URLDecoder.decode(Html.inQuery(name), UTF_8).equals(name);
    }

    static void state(Html html, Row row) {
        html.raw("<span class=\"s ")
                .raw(row.state())
                .raw("\">")
                .raw(row.state().replace('-', ' '))
                .raw("</span>");
        if (row.status().paused() && !row.state().equals("paused")) {
            html.raw(" <span class=\"s paused\">paused</span>");
        }
    }

    /** {@return how long the last iteration took; from the history while another goes on} */
    static String length(@Nullable Duration took, @Nullable LoopRecord known) {
        if (took != null) {
            return TimeText.length(took);
        }
        long[] last = known == null ? new long[0] : known.iterations();
        return last.length == 0
                ? ""
                : TimeText.length(Duration.ofNanos(LoopRecord.micros(last[last.length - 1]) * 1_000));
    }

    private static String pager(ListQuery query, int found) {
        int page = query.pageOf(found);
        int pages = query.pages(found);
        Html html = new Html();
        int from = (page - 1) * query.size();
        html.raw(
                found == 0
                        ? "no loop"
                        : number(from + 1) + "–" + number(Math.min(found, from + query.size())) + " of "
                                + number(found));
        if (page > 1) {
            html.raw(" <a rel=prev href=\"")
                    .text(query.with("page", Integer.toString(page - 1)))
                    .raw("\">← previous</a>");
        }
        if (page < pages) {
            html.raw(" <a rel=next href=\"")
                    .text(query.with("page", Integer.toString(page + 1)))
                    .raw("\">next →</a>");
        }
        return html.toString();
    }

    static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
