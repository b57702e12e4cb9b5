package dev.vloop.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** All measured values: one per round, for each measure, JDK, subject and metric. They are kept in a text file. */
public final class Measured {
    private static final String MACHINE = "# ";

    private final SortedMap<Key, List<Double>> values = new TreeMap<>();
    private String machine = "";

    /**
     * What a value belongs to.
     *
     * @param measure the name of the measure
     * @param jdk the feature version of the JDK
     * @param subject the subject of the measure
     * @param metric the name of the value
     */
    public record Key(String measure, int jdk, String subject, String metric) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            return toString().compareTo(other.toString());
        }
    }

    /**
     * {@return the values of a file}
     *
     * @param file if it does not exist, there are no values
     * @throws IOException if it cannot be read
     */
    public static Measured read(Path file) throws IOException {
        Measured measured = new Measured();
        if (!Files.exists(file)) {
            return measured;
        }
        for (String line : Files.readAllLines(file)) {
            if (line.startsWith(MACHINE)) {
                measured.machine = line.substring(MACHINE.length());
            }
            String[] parts = line.split("\t", -1);
            for (int i = 4; i < parts.length; i++) {
                measured.add(
                        new Key(parts[0], Integer.parseInt(parts[1]), parts[2], parts[3]),
                        Double.parseDouble(parts[i]));
            }
        }
        return measured;
    }

    /**
     * Writes all values to a file.
     *
     * @param file if it exists, it is replaced
     * @throws IOException if it cannot be written
     */
    public void write(Path file) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add(MACHINE + machine);
        values.forEach((key, rounds) -> {
            StringBuilder line =
                    new StringBuilder(key.measure + "\t" + key.jdk + "\t" + key.subject + "\t" + key.metric);
            for (double value : rounds) {
                line.append('\t').append(Double.parseDouble(String.format("%.4g", value)));
            }
            lines.add(line.toString());
        });
        Files.write(file, lines);
    }

    /**
     * Says where and when the latest values were measured.
     *
     * @param sentence one line
     */
    public void on(String sentence) {
        machine = sentence;
    }

    /** {@return where and when the latest values were measured} */
    public String machine() {
        return machine;
    }

    /**
     * Adds the value of a round.
     *
     * @param key what it belongs to
     * @param value the value of the round
     */
    public void add(Key key, double value) {
        values.computeIfAbsent(key, k -> new ArrayList<>()).add(value);
    }

    /**
     * Forgets the values of a measure on a JDK.
     *
     * @param measure the name of the measure
     * @param jdk the feature version of the JDK
     */
    public void forget(String measure, int jdk) {
        values.keySet().removeIf(key -> key.measure.equals(measure) && key.jdk == jdk);
    }

    /** {@return the values, a row for each key; not a copy} */
    public SortedMap<Key, List<Double>> rows() {
        return values;
    }

    /**
     * {@return the values of all rounds; empty if nothing was measured}
     *
     * @param key what they belong to
     */
    public List<Double> of(Key key) {
        return values.getOrDefault(key, List.of());
    }
}
