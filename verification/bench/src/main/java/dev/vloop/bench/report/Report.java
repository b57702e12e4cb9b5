package dev.vloop.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Writes the tables of a page. They are between two marks, and the rest of the page stays as it is. */
public final class Report {
    private static final String BEGIN = "<!-- measured: scripts/bench.sh writes what follows -->";
    private static final String END = "<!-- end of what was measured -->";

    /** Which part of the cost of a tick a listener or Flight Recorder may add to it. */
    private static final double MOST_ADDED = 0.02;

    private final Measured measured;
    private final StringBuilder text = new StringBuilder();

    private Report(Measured measured) {
        this.measured = measured;
    }

    /**
     * Replaces the tables of a page.
     *
     * @param measured what was measured
     * @param page must have both marks
     * @throws IOException if it cannot be read or written
     */
    public static void write(Measured measured, Path page) throws IOException {
        String old = Files.readString(page);
        int begin = old.indexOf(BEGIN) + BEGIN.length();
        int end = old.indexOf(END);
        if (begin < BEGIN.length() || end < begin) {
            throw new IllegalArgumentException(page + " has no marks");
        }
        Files.writeString(page, old.substring(0, begin) + "\n\n" + tables(measured) + old.substring(end));
    }

    /**
     * {@return the tables}
     *
     * @param measured what was measured
     */
    public static String tables(Measured measured) {
        Report report = new Report(measured);
        report.text.append(measured.machine()).append("\n\n");
        report.targets();
        report.subjects();
        return report.text.toString();
    }

    private void row(Object... cells) {
        text.append('|');
        for (Object cell : cells) {
            text.append(' ').append(cell).append(" |");
        }
        text.append('\n');
    }

    private void targets() {
        text.append("### Targets\n\n");
        row("measure", "JDK", "ours", "beside", "ratio (spread)", "target", "");
        row("---", "---", "---", "---", "---", "---", "---");
        for (Target target : Target.ALL) {
            for (int jdk : jdks(target.measure())) {
                target(target, jdk);
            }
        }
        for (int jdk : jdks("ticking")) {
            added("A listener that does nothing, per iteration", jdk, "vloopListener", "vloop");
            added("Flight Recorder idle rather than absent, per iteration", jdk, "vloop", "vloop, no JFR");
        }
        text.append('\n');
    }

    private Set<Integer> jdks(String measure) {
        Set<Integer> jdks = new TreeSet<>();
        for (Measured.Key key : measured.rows().keySet()) {
            if (key.measure().equals(measure)) {
                jdks.add(key.jdk());
            }
        }
        return jdks;
    }

    /** What these add is far smaller than the noise of ticks. So it is measured on loops that never wait, and compared to a tick. */
    private void added(String what, int jdk, String subject, String base) {
        List<Double> with = measured.of(new Measured.Key("iteration", jdk, subject, "time"));
        List<Double> without = measured.of(new Measured.Key("iteration", jdk, base, "time"));
        List<Double> ticks = measured.of(new Measured.Key("ticking", jdk, "vloop", "cpu"));
        if (with.isEmpty() || without.isEmpty() || ticks.isEmpty()) {
            return;
        }
        double more = Spread.of(with).median() - Spread.of(without).median();
        double tick = 1000 * Spread.of(ticks).median();
        row(
                what,
                jdk,
                Spread.number(more) + " ns more",
                "a tick: " + Spread.number(tick) + " ns",
                Spread.number(more / tick),
                "≤ " + MOST_ADDED,
                verdict(more / tick <= MOST_ADDED));
    }

    private void target(Target target, int jdk) {
        List<Double> ours = measured.of(new Measured.Key(target.measure(), jdk, target.subject(), target.metric()));
        if (ours.isEmpty()) {
            return;
        }
        Spread mine = Spread.of(ours);
        if (target.base() == null) {
            String limit = "≤ " + Spread.number(target.limitOn(jdk)) + " " + target.unit();
            row(
                    target.what(),
                    jdk,
                    mine + " " + target.unit(),
                    "",
                    "",
                    limit,
                    verdict(target.isMet(mine.median(), jdk)));
            return;
        }
        List<Double> theirs = measured.of(new Measured.Key(target.measure(), jdk, target.base(), target.metric()));
        if (theirs.isEmpty()) {
            return;
        }
        Spread ratio = target.inverse() ? Spread.ofRatios(theirs, ours) : Spread.ofRatios(ours, theirs);
        row(
                target.what(),
                jdk,
                Spread.number(mine.median()) + " " + target.unit(),
                target.base() + ": " + Spread.number(Spread.of(theirs).median()) + " " + target.unit(),
                ratio + " of " + ratio.count(),
                target.inverse() ? "≥ " + target.limitOn(jdk) + " x as fast" : "≤ " + target.limitOn(jdk),
                verdict(target.isMet(ratio.median(), jdk)));
    }

    private static String verdict(boolean met) {
        return met ? "met" : "**missed**";
    }

    private void subjects() {
        text.append("### All that was measured\n\nMedians, with the least and the greatest.\n\n");
        String table = "";
        for (var entry : measured.rows().entrySet()) {
            Measured.Key key = entry.getKey();
            if (!key.measure().equals(table)) {
                table = key.measure();
                text.append("\n");
                row(table, "JDK", "metric", "value");
                row("---", "---", "---", "---");
            }
            row(key.subject(), key.jdk(), key.metric(), Spread.of(entry.getValue()));
        }
        text.append('\n');
    }
}
