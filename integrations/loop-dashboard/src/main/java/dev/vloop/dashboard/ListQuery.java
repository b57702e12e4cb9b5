package dev.vloop.dashboard;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which loops somebody wants to see, and in which order.
 *
 * @param text is in the name or the kind; empty for all
 * @param state a state's name, or {@code failing}; empty for all
 * @param kind the kind; empty for all
 * @param sort a column; with a minus before it, backwards
 * @param grouped whether loops of a kind are together
 * @param page the number of the page, from 1
 * @param size how many loops a page has
 * @param zone in which times are shown
 */
record ListQuery(
        String text, String state, String kind, String sort, boolean grouped, int page, int size, ZoneId zone) {
    private static final Comparator<Row> BY_NAME = Comparator.comparing(Row::name);

    private static final Map<String, Comparator<Row>> ORDERS = Map.of(
            "name", BY_NAME,
            "state", Comparator.comparing(Row::state),
            "next", nullsLast(row -> row.status().nextIteration()),
            "success", ListQuery.<Instant>nullsLast(row -> row.status().lastSuccess()),
            "length", ListQuery.<Duration>nullsLast(Row::took),
            "failures", Comparator.comparingInt(row -> row.status().failuresInARow()));

    private static <T extends Comparable<T>> Comparator<Row> nullsLast(Function<Row, @Nullable T> key) {
        return Comparator.comparing(key, Comparator.nullsLast(Comparator.naturalOrder()));
    }

    static ListQuery of(Query query, ZoneId zone) {
        String sort = query.get("sort", "name");
        return new ListQuery(
                Html.cut(query.get("q", ""), 200),
                query.get("state", ""),
                query.get("kind", ""),
                ORDERS.containsKey(column(sort)) ? sort : "name",
                query.get("group", "").equals("1"),
                query.number("page", 1, 1, 1_000_000),
                query.number("size", 50, 1, 500),
                zoneOf(query, zone));
    }

    static ZoneId zoneOf(Query query, ZoneId otherwise) {
        String asked = query.get("zone", "").strip();
        try {
            return asked.isEmpty() || asked.length() > 60 ? otherwise : ZoneId.of(asked);
        } catch (DateTimeException e) {
            return otherwise;
        }
    }

    private static String column(String sort) {
        return sort.startsWith("-") ? sort.substring(1) : sort;
    }

    /** {@return the loops that it asks for, in order, of all pages} */
    List<Row> select(List<Row> all) {
        String wanted = text.toLowerCase(Locale.ROOT);
        List<Row> found = new ArrayList<>();
        for (Row row : all) {
            if ((kind.isEmpty() || row.kind().equals(kind)) && isIn(row) && contains(row, wanted)) {
                found.add(row);
            }
        }
        Comparator<Row> order = ORDERS.getOrDefault(column(sort), BY_NAME);
        if (sort.startsWith("-")) {
            order = order.reversed();
        }
        order = order.thenComparing(BY_NAME);
        found.sort(grouped ? Comparator.comparing(Row::kind).thenComparing(order) : order);
        return found;
    }

    private boolean isIn(Row row) {
        return switch (state) {
            case "" -> true;
            case "failing" -> row.isFailing();
            default -> row.state().equals(state);
        };
    }

    private static boolean contains(Row row, String wanted) {
        return wanted.isEmpty()
                || row.name().toLowerCase(Locale.ROOT).contains(wanted)
                || row.kind().toLowerCase(Locale.ROOT).contains(wanted);
    }

    /** {@return the loops of this page, or of the last one if there are not so many} */
    List<Row> page(List<Row> found) {
        int from = (pageOf(found.size()) - 1) * size;
        return found.subList(from, Math.min(found.size(), from + size));
    }

    int pages(int found) {
        return Math.max(1, (found + size - 1) / size);
    }

    int pageOf(int found) {
        return Math.min(page, pages(found));
    }

    /** {@return the address of the same list with one thing changed; a change of the choice leads back to the first page} */
    String with(String name, String value) {
        StringBuilder address = new StringBuilder("./?");
        append(address, "q", name.equals("q") ? value : text, "");
        append(address, "state", name.equals("state") ? value : state, "");
        append(address, "kind", name.equals("kind") ? value : kind, "");
        append(address, "sort", name.equals("sort") ? value : sort, "name");
        append(address, "group", name.equals("group") ? value : grouped ? "1" : "", "");
        append(address, "page", name.equals("page") ? value : "", "1");
        append(address, "size", Integer.toString(size), "50");
        append(address, "zone", zone.getId(), "");
        return address.substring(0, address.length() - 1);
    }

    private static void append(StringBuilder address, String name, String value, String left) {
        if (!value.isEmpty() && !value.equals(left)) {
            address.append(name).append('=').append(Html.inQuery(value)).append('&');
        }
    }
}
