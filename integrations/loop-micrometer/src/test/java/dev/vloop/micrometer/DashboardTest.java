package dev.vloop.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The dashboard asks for what is scraped")
class DashboardTest extends Metered {
    private static final Pattern NAME = Pattern.compile("vloop_[a-z_]+");

    /** The labels of {@code by (kind, outcome)}, of a selector's {@code kind=~"x"}, and of a legend's {@code {{kind}}}. */
    private static final Pattern GROUPED = Pattern.compile("by \\(([^)]*)\\)");

    private static final Pattern SELECTED = Pattern.compile("([a-z_]+)(?:=~|=|!=|!~)\"");
    private static final Pattern SHOWN = Pattern.compile("\\{\\{([a-z_]+)}}");
    private static final Pattern SAMPLE = Pattern.compile("(vloop_[a-z_]+)(?:\\{(.*)})? .*");

    private static JsonObject dashboard() throws IOException {
        return JsonParser.parseString(Files.readString(Path.of("../../docs/grafana.json")))
                .getAsJsonObject();
    }

    private static List<JsonObject> targets() throws IOException {
        List<JsonObject> targets = new ArrayList<>();
        for (JsonElement panel : dashboard().getAsJsonArray("panels")) {
            panel.getAsJsonObject().getAsJsonArray("targets").forEach(target -> targets.add(target.getAsJsonObject()));
        }
        return targets;
    }

    /** The labels of each name that a scrape has. */
    private Map<String, Set<String>> labels() {
        loops.loop("feed").every(seconds(10)).start(it -> {});
        loops.settle();
        Map<String, Set<String>> labels = new HashMap<>();
        for (String line : scraped("vloop_")) {
            Matcher sample = SAMPLE.matcher(line);
            assertThat(sample.matches()).as(line).isTrue();
            Set<String> known = labels.computeIfAbsent(sample.group(1), name -> new TreeSet<>());
            if (sample.group(2) != null) {
                SELECTED.matcher(sample.group(2)).results().forEach(label -> known.add(label.group(1)));
            }
        }
        return labels;
    }

    private static List<String> all(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(MatchResult::group).toList();
    }

    @Test
    void names_and_labels_are_scraped() throws IOException {
        Map<String, Set<String>> scraped = labels();
        assertThat(targets()).hasSizeGreaterThan(10);
        for (JsonObject target : targets()) {
            String query = target.get("expr").getAsString();
            List<String> names = all(NAME, query);
            assertThat(names).as(query).isNotEmpty();
            for (String name : names) {
                assertThat(scraped).as(query).containsKey(name);
                Set<String> labels = scraped.get(name);
                GROUPED.matcher(query)
                        .results()
                        .forEach(group -> assertThat(labels)
                                .as(query)
                                .contains(group.group(1).split(", ")));
                SELECTED.matcher(query)
                        .results()
                        .forEach(label -> assertThat(labels).as(query).contains(label.group(1)));
                SHOWN.matcher(target.get("legendFormat").getAsString())
                        .results()
                        .forEach(label -> assertThat(labels).as(query).contains(label.group(1)));
            }
        }
    }

    @Test
    void every_meter_is_on_it() throws IOException {
        Set<String> asked = new TreeSet<>();
        for (JsonObject target : targets()) {
            asked.addAll(all(NAME, target.get("expr").getAsString()));
        }
        Set<String> scraped = labels().keySet();
        scraped.remove("vloop_iteration_active_seconds_sum"); // the sum of what goes on says nothing that its count and
        // longest do not
        assertThat(asked).isEqualTo(new TreeSet<>(scraped));
    }

    @Test
    void the_list_of_kinds_asks_for_a_label_that_every_kind_has() throws IOException {
        loops.loop("feed").every(seconds(10)).build(it -> {});
        String query = dashboard()
                .getAsJsonObject("templating")
                .getAsJsonArray("list")
                .get(1)
                .getAsJsonObject()
                .getAsJsonObject("query")
                .get("query")
                .getAsString();
        assertThat(query).isEqualTo("label_values(vloop_slots_missed_total, kind)");
        assertThat(scraped("vloop_slots_missed_total")).containsExactly("vloop_slots_missed_total{kind=\"feed\"} 0.0");
    }
}
