package dev.vloop.testkit;

import dev.vloop.internal.DurationText;
import dev.vloop.testkit.TimelineEntry.What;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A timeline as text: one row per instant, one column per loop. Where many rows in a line say the same, only the first and the last are
 * shown. Confined to one thread.
 */
final class TimelineTable {
    /** With more loops than this, all share one column. */
    private static final int MOST_COLUMNS = 5;

    /** With more rows than this, the first ones are left out. */
    private static final int MOST_ROWS = 60;

    /** How many rows that say the same are folded. */
    private static final int FOLD_FROM = 5;

    /** The widest text of a cell. */
    private static final int WIDEST = 72;

    private final String title;
    private final long forgotten;
    private final Duration now;
    private final @Nullable String failure;
    private final List<String> columns;
    private final List<Row> rows = new ArrayList<>();

    /**
     * One instant.
     *
     * @param cells what happened, by column
     * @param bad whether it is marked as a failure
     * @param regular whether it may be folded: one loop, and an iteration without a failure
     */
    private record Row(Duration at, List<String> cells, boolean bad, boolean regular) {
        /** {@return the first cell with a text} */
        String only() {
            return cells.stream().filter(cell -> !cell.isEmpty()).findFirst().orElse("");
        }

        /** {@return the column of that cell} */
        int column() {
            return cells.indexOf(only());
        }
    }

    TimelineTable(String title, List<TimelineEntry> entries, long forgotten, Duration now, @Nullable String failure) {
        this.title = title;
        this.forgotten = forgotten;
        this.now = now;
        this.failure = failure;
        List<String> names = entries.stream()
                .map(TimelineEntry::loop)
                .filter(name -> !name.isEmpty())
                .distinct()
                .toList();
        columns = names.size() > MOST_COLUMNS ? List.of("") : names.isEmpty() ? List.of("") : names;
        collect(entries);
    }

    private void collect(List<TimelineEntry> entries) {
        for (int from = 0; from < entries.size(); ) {
            int to = from;
            Duration at = entries.get(from).at();
            while (to < entries.size() && entries.get(to).at().equals(at)) {
                to++;
            }
            addRows(at, entries.subList(from, to));
            from = to;
        }
    }

    /** Adds one row for an instant. If all loops share a column, it is one row for each loop. */
    private void addRows(Duration at, List<TimelineEntry> entries) {
        Map<String, List<TimelineEntry>> byLoop = entries.stream()
                .collect(Collectors.groupingBy(TimelineEntry::loop, LinkedHashMap::new, Collectors.toList()));
        List<TimelineEntry> clock = byLoop.remove("");
        if (clock != null) {
            String[] cells = emptyCells();
            cells[0] = "-- " + clock.stream().map(TimelineEntry::detail).collect(Collectors.joining(", ")) + " --";
            rows.add(new Row(at, List.of(cells), false, false));
        }
        boolean shared = columns.equals(List.of(""));
        String[] cells = emptyCells();
        boolean bad = false;
        boolean any = false;
        boolean regular = byLoop.size() == 1;
        for (Map.Entry<String, List<TimelineEntry>> of : byLoop.entrySet()) {
            boolean itsBad = of.getValue().stream().anyMatch(TimelineTable::isBad);
            boolean itsRegular = of.getValue().stream()
                    .allMatch(entry -> entry.what() == What.ITERATION || entry.what() == What.SUCCESS);
            if (shared) {
                rows.add(new Row(at, List.of(of.getKey() + ": " + words(of.getValue())), itsBad, false));
            } else {
                cells[columns.indexOf(of.getKey())] = words(of.getValue());
                bad |= itsBad;
                any = true;
                regular &= itsRegular;
            }
        }
        if (any) {
            rows.add(new Row(at, List.of(cells), bad, regular && !bad));
        }
    }

    private static boolean isBad(TimelineEntry entry) {
        return entry.what() == What.FAILURE
                || (entry.what() == What.END && entry.detail().startsWith("failed"));
    }

    private String[] emptyCells() {
        String[] cells = new String[columns.size()];
        Arrays.fill(cells, "");
        return cells;
    }

    /** {@return the text of a cell} An iteration that begins and succeeds at one instant is told once. */
    private static String words(List<TimelineEntry> entries) {
        List<String> words = new ArrayList<>();
        for (TimelineEntry entry : entries) {
            String begun = "#" + entry.iteration() + " begins";
            switch (entry.what()) {
                case START -> words.add("starts");
                case ITERATION -> words.add(begun);
                case SUCCESS -> {
                    words.remove(begun);
                    words.add("#" + entry.iteration() + " ok");
                }
                case RETRY -> words.add("#" + entry.iteration() + " " + entry.detail());
                case CANCELLED -> {
                    words.remove(begun);
                    words.add("#" + entry.iteration() + " cut short");
                }
                case FAILURE -> {
                    words.remove(begun);
                    words.add((entry.iteration() < 0 ? "" : "#" + entry.iteration() + " ") + entry.detail());
                }
                case MISSED, CLOCK -> words.add(entry.detail());
                case END -> words.add("=> " + entry.detail());
            }
        }
        String text = String.join(", ", words).replace('\n', ' ');
        return text.length() <= WIDEST ? text : text.substring(0, WIDEST - 3) + "...";
    }

    String text() {
        List<String[]> lines = lines();
        int[] widths = new int[columns.size() + 1];
        List<String[]> all =
                Stream.concat(Stream.<String[]>of(heading()), lines.stream()).toList();
        for (String[] line : all) {
            for (int i = 1; i < line.length; i++) {
                widths[i - 1] = Math.max(widths[i - 1], line[i].length());
            }
        }
        StringBuilder text = new StringBuilder(title);
        if (forgotten > 0) {
            text.append("\n  (").append(forgotten).append(" older entries are forgotten)");
        }
        all.forEach(line -> text.append('\n').append(aligned(line, widths).stripTrailing()));
        if (failure != null) {
            text.append("\n>>> ").append(DurationText.asClock(now)).append("  ").append(failure);
        }
        return text.toString();
    }

    private String[] heading() {
        return Stream.concat(Stream.of("", "time"), columns.stream()).toArray(String[]::new);
    }

    private static String aligned(String[] line, int[] widths) {
        StringBuilder text = new StringBuilder(String.format("%-4s", line[0]));
        for (int i = 1; i < line.length; i++) {
            text.append(line[i]).append(" ".repeat(Math.max(0, widths[i - 1] - line[i].length()) + 2));
        }
        return text.toString();
    }

    private List<String[]> lines() {
        List<String[]> lines = new ArrayList<>();
        for (int i = 0; i < rows.size(); ) {
            int end = regularUntil(i);
            if (end - i < FOLD_FROM) {
                lines.add(line(rows.get(i)));
                i++;
            } else {
                Row last = rows.get(end - 1);
                lines.add(line(rows.get(i)));
                String[] cells = emptyCells();
                cells[last.column()] = ": " + (end - i - 2) + " more, every " + DurationText.inShort(gap(i + 1));
                lines.add(line("", ":", cells));
                lines.add(line(last));
                i = end;
            }
        }
        if (lines.size() > MOST_ROWS) {
            int left = lines.size() - MOST_ROWS;
            lines = new ArrayList<>(lines.subList(left, lines.size()));
            String[] cells = emptyCells();
            cells[0] = ": " + left + " rows before";
            lines.add(0, line("", ":", cells));
        }
        return lines;
    }

    /** {@return the end of the rows that say the same as the one at this place, at equal distances} */
    private int regularUntil(int from) {
        int end = from + 1;
        while (end < rows.size()
                && rows.get(from).regular
                && rows.get(end).regular
                && rows.get(end).column() == rows.get(from).column()
                && gap(end).equals(gap(from + 1))
                && kind(rows.get(end)).equals(kind(rows.get(from)))) {
            end++;
        }
        return end;
    }

    private static String kind(Row row) {
        return row.only().replaceAll("#\\d+", "#");
    }

    private Duration gap(int at) {
        return rows.get(at).at.minus(rows.get(at - 1).at);
    }

    private String[] line(Row row) {
        return line(row.bad ? "  !" : "", DurationText.asClock(row.at), row.cells.toArray(String[]::new));
    }

    private static String[] line(String margin, String time, String[] cells) {
        return Stream.concat(Stream.of(margin, time), Arrays.stream(cells)).toArray(String[]::new);
    }
}
