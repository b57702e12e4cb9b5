package dev.vloop.bench;

import dev.vloop.bench.report.Measured;
import dev.vloop.bench.report.Plot;
import dev.vloop.bench.report.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Runs all measures on all JDKs and writes the report. Its arguments are {@code [--quick] [--only NAME | --report] VERSION=JDK_HOME...}.
 * The subjects of a round run one after the other, within seconds, so that whatever else the machine does affects them alike. Ratios
 * compare values of the same round.
 */
public final class Bench {
    private static final Path VALUES = Path.of("docs/performance.tsv");
    private static final Path PAGE = Path.of("docs/performance.md");

    private final SortedMap<Integer, Path> jdks = new TreeMap<>();
    private final List<Measure> measures = new ArrayList<>(Measure.all());
    private boolean quick;

    private Bench(String[] args) {
        for (int i = 0; i < args.length; i++) {
            String[] jdk = args[i].split("=", 2);
            if (args[i].equals("--quick")) {
                quick = true;
            } else if (args[i].equals("--report")) {
                measures.clear();
            } else if (args[i].equals("--only") && i + 1 < args.length) {
                only(args[++i]);
            } else if (jdk.length == 2) {
                jdks.put(Integer.parseInt(jdk[0]), Path.of(jdk[1]));
            } else {
                throw new IllegalArgumentException("unknown argument " + args[i]);
            }
        }
        if (jdks.isEmpty()) {
            throw new IllegalArgumentException("no JDK was given");
        }
    }

    private void only(String name) {
        measures.removeIf(measure -> !measure.name().startsWith(name));
        if (measures.isEmpty()) {
            throw new IllegalArgumentException("no measure '" + name + "'; there are "
                    + Measure.all().stream().map(Measure::name).toList());
        }
    }

    /**
     * Runs the measures.
     *
     * @param args as described for this class
     * @throws Exception if a program fails, or the report cannot be written
     */
    public static void main(String[] args) throws Exception {
        new Bench(args).run();
    }

    private void run() throws IOException, InterruptedException {
        Measured measured = quick ? new Measured() : Measured.read(VALUES);
        if (!measures.isEmpty()) {
            measured.on(Machine.describe(jdks.values()));
        }
        for (Measure measure : measures) {
            measure(quick ? measure.quick() : measure, measured);
            if (!quick) {
                write(measured); // after each measure, in case a later one fails
            }
        }
        if (quick) {
            System.out.println(Report.tables(measured));
        } else if (measures.isEmpty()) {
            write(measured);
        }
    }

    private void measure(Measure measure, Measured measured) throws IOException, InterruptedException {
        for (int jdk : jdks.keySet()) {
            measured.forget(measure.name(), jdk);
        }
        for (int round = 0; round < measure.rounds(); round++) {
            for (Map.Entry<Integer, Path> jdk : jdks.entrySet()) {
                for (String subject : measure.inRound(round)) {
                    Map<String, Double> told = new Child(jdk.getValue()).run(measure, subject);
                    told.forEach((metric, value) ->
                            measured.add(new Measured.Key(measure.name(), jdk.getKey(), subject, metric), value));
                    System.err.println(measure.name() + " round " + (round + 1) + " of " + measure.rounds() + ", JDK "
                            + jdk.getKey() + ", " + subject + ": " + told);
                }
            }
        }
    }

    private void write(Measured measured) throws IOException {
        measured.write(VALUES);
        Report.write(measured, PAGE);
        Files.writeString(Path.of("docs/performance.svg"), Plot.of(measured, jdks.lastKey()));
    }
}
