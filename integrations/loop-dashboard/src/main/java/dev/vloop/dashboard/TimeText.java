package dev.vloop.dashboard;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes lengths and instants for people. The page's script writes relative times in the same way. */
final class TimeText {
    private static final DateTimeFormatter ABSOLUTE =
            DateTimeFormatter.ofPattern("EEE d MMM uuuu HH:mm:ss XXX", Locale.ENGLISH);

    private TimeText() {}

    /** {@return a length in at most two units, for instance {@code 120 ms}, {@code 1.5 s}, {@code 4 min 5 s} or {@code 2 d}} */
    static String length(Duration length) {
        if (length.isNegative()) {
            return "-" + length(length.negated());
        }
        if (length.toDays() > 0) {
            return two(length.toDays(), "d", length.toHoursPart(), "h");
        }
        if (length.toHours() > 0) {
            return two(length.toHours(), "h", length.toMinutesPart(), "min");
        }
        if (length.toMinutes() > 0) {
            return two(length.toMinutes(), "min", length.toSecondsPart(), "s");
        }
        if (length.toSeconds() > 0) {
            long tenths = length.toMillisPart() / 100;
            return length.toSeconds() + (tenths == 0 ? "" : "." + tenths) + " s";
        }
        if (length.toMillis() > 0) {
            return length.toMillis() + " ms";
        }
        return length.toNanos() / 1_000 + " µs";
    }

    private static String two(long many, String unit, long few, String smaller) {
        return many + " " + unit + (few == 0 ? "" : " " + few + " " + smaller);
    }

    /** {@return the distance from now, for instance {@code in 12 s} or {@code 3 h ago}} */
    static String relative(Instant at, Instant now) {
        long seconds = Math.round(Duration.between(now, at).toMillis() / 1_000.0);
        if (seconds == 0) {
            return "now";
        }
        long far = Math.abs(seconds);
        String text = far < 120
                ? far + " s"
                : far < 7_200 ? far / 60 + " min" : far < 172_800 ? far / 3_600 + " h" : far / 86_400 + " d";
        return seconds > 0 ? "in " + text : text + " ago";
    }

    /** {@return an instant as the clocks of a zone show it} */
    static String absolute(Instant at, ZoneId zone) {
        try {
            return ABSOLUTE.format(at.atZone(zone));
        } catch (java.time.DateTimeException e) { // a slot at the end of time
            return at.toString();
        }
    }

    /**
     * Writes an element that the page's script keeps up to date.
     *
     * @param now null for an update: the script then writes the distance, and nothing has changed just because time passes
     */
    static Html element(Html html, @Nullable Instant at, @Nullable Instant now, ZoneId zone) {
        if (at == null) {
            return html.raw("<span class=no>–</span>");
        }
        return html.raw("<time datetime=\"")
                .text(at.toString())
                .raw("\" title=\"")
                .text(absolute(at, zone))
                .raw("\">")
                .text(now == null ? "" : relative(at, now))
                .raw("</time>");
    }
}
