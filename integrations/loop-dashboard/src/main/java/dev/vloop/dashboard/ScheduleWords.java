package dev.vloop.dashboard;

import dev.vloop.Schedule;
import dev.vloop.internal.SafeText;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Says in words when a loop runs. It reads the text of a schedule, such as {@code every(PT5M).between(UTC, 20:00, 07:00)}. A test tries it
 * on all kinds of schedules. A text that it does not know is shown as it is.
 */
final class ScheduleWords {
    private static final String WEEKDAYS = "MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY";

    private ScheduleWords() {}

    static String of(Schedule schedule) {
        String text = textOf(schedule);
        try {
            return Html.cut(words(text), 300);
        } catch (RuntimeException | StackOverflowError e) { // a text that only looks like one of ours
            return Html.cut(text, 300);
        }
    }

    /** {@return the schedule's own text, on one line} */
    static String textOf(Schedule schedule) {
        String text = SafeText.inOneLine(SafeText.of(schedule));
        int lambda = text.indexOf("$$Lambda");
        String type = schedule.getClass().getName();
        return lambda >= 0 && text.startsWith(type.substring(0, Math.min(type.length(), lambda)))
                ? "own schedule in " + text.substring(text.lastIndexOf('.', lambda) + 1, lambda)
                : text;
    }

    private static String words(String text) {
        Parts parts = new Parts(text);
        String words = base(parts.name, parts.inside, parts);
        if (words == null) {
            return text;
        }
        StringBuilder all = new StringBuilder(words);
        for (Parts more = parts.next(); more != null; more = more.next()) {
            all.append(addition(more));
        }
        return all.toString();
    }

    private static @Nullable String base(String name, String inside, Parts parts) {
        List<String> arguments = split(inside);
        return switch (name) {
            case "every" -> every(Duration.parse(inside));
            case "fixedDelay" -> length(Duration.parse(inside)) + " after each iteration";
            case "once" -> "once, at " + inside;
            case "never" -> "only when triggered";
            case "cron" -> cron(inside);
            case "anyOf" -> arguments.stream().map(ScheduleWords::words).collect(Collectors.joining("; and "));
            case "dailyAt" -> daily(arguments.get(0), arguments.get(1), parts);
            default -> null;
        };
    }

    /** The expression may have commas, the zone has none. */
    private static String cron(String inside) {
        int comma = inside.lastIndexOf(", ");
        return "cron " + inside.substring(0, comma) + " (" + inside.substring(comma + 2) + ")";
    }

    private static String every(Duration interval) {
        for (Unit unit : Unit.values()) {
            if (interval.toMillis() == unit.millis) {
                return "every " + unit.word;
            }
        }
        return "every " + length(interval);
    }

    private enum Unit {
        SECOND("second", 1_000L),
        MINUTE("minute", 60_000L),
        HOUR("hour", 3_600_000L),
        DAY("day", 86_400_000L);

        final String word;
        final long millis;

        Unit(String word, long millis) {
            this.word = word;
            this.millis = millis;
        }
    }

    /** {@return a length in one plural if it is a whole number of a unit, as in "5 minutes"; otherwise in two units} */
    private static String length(Duration length) {
        for (int i = Unit.values().length - 1; i >= 0; i--) {
            Unit unit = Unit.values()[i];
            if (length.toNanos() % (unit.millis * 1_000_000L) == 0 && length.toMillis() > unit.millis) {
                return length.toMillis() / unit.millis + " " + unit.word + "s";
            }
        }
        return TimeText.length(length);
    }

    private static String daily(String zone, String times, Parts parts) {
        List<String> days = new ArrayList<>();
        for (Parts more = parts.next(); more != null; more = more.next()) {
            if (more.name.equals("onDays")) {
                days.add(more.inside.equals(WEEKDAYS) ? "weekdays" : shortDays(more.inside));
            } else if (more.name.equals("onDaysOfMonth")) {
                days.add("day " + more.inside.replaceAll("(?<![0-9])-1(?![0-9])", "last") + " of the month");
            }
        }
        String when = days.isEmpty() ? "daily" : String.join(", ", days);
        return when + " at " + inner(times) + " (" + zone + ")";
    }

    private static String shortDays(String days) {
        return split(days).stream()
                .map(day -> day.charAt(0) + day.substring(1, 3).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }

    private static String addition(Parts part) {
        List<String> arguments = split(part.inside);
        return switch (part.name) {
            case "limitedTo" -> ", at most " + part.inside + " times";
            case "until" -> ", until " + part.inside;
            case "startingAt" -> ", from " + part.inside + " on";
            case "shiftedBy" -> ", " + length(Duration.parse(part.inside)) + " later";
            case "jitter" -> ", up to " + length(Duration.parse(arguments.get(0))) + " later";
            case "exceptOn" -> ", except on some days";
            case "onlyOn" -> ", only on some days";
            case "between" ->
                ", between " + arguments.get(1) + " and " + arguments.get(2) + " (" + arguments.get(0) + ")";
            case "inGap", "inOverlap", "onDays", "onDaysOfMonth" -> "";
            default -> "." + part.name + "(" + part.inside + ")";
        };
    }

    private static String inner(String brackets) {
        return brackets.substring(1, brackets.length() - 1);
    }

    /** {@return what is between the commas that are in no brackets} */
    private static List<String> split(String text) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int begin = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            depth += c == '(' || c == '[' ? 1 : c == ')' || c == ']' ? -1 : 0;
            if (c == ',' && depth == 0) {
                parts.add(text.substring(begin, i).strip());
                begin = i + 1;
            }
        }
        parts.add(text.substring(begin).strip());
        return parts;
    }

    /** A call in the text of a schedule: its name, what is in its brackets, and what follows. */
    private static final class Parts {
        final String name;
        final String inside;
        private final String rest;

        Parts(String text) {
            int open = 0;
            while (open < text.length() && Character.isLetter(text.charAt(open))) {
                open++;
            }
            name = text.substring(0, open);
            int depth = 0;
            int end = open;
            if (end < text.length() && (text.charAt(end) == '(' || text.charAt(end) == '[')) {
                do {
                    char c = text.charAt(end++);
                    depth += c == '(' || c == '[' ? 1 : c == ')' || c == ']' ? -1 : 0;
                } while (depth > 0);
            }
            inside = end > open ? text.substring(open + 1, end - 1) : "";
            rest = text.substring(end);
        }

        @Nullable
        Parts next() {
            if (rest.isEmpty()) {
                return null;
            }
            if (rest.charAt(0) != '.') {
                throw new DateTimeException("no schedule of ours: " + rest);
            }
            return new Parts(rest.substring(1));
        }
    }
}
