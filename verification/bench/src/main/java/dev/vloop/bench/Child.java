package dev.vloop.bench;

import dev.vloop.bench.run.Result;
import dev.vloop.testkit.agent.TimeAgent;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs the program of a measure for one subject, in a JVM of its own. */
final class Child {
    /** The JVM option of each variant of a subject, by the end of the subject's name. */
    private static final Map<String, String> VARIANTS = Map.of(
            ", no JFR", "--limit-modules=java.se,jdk.unsupported,jdk.management",
            ", one carrier", "-Djdk.virtualThreadScheduler.parallelism=1",
            ", agent", "-javaagent:" + agent(),
            ", G1", "-XX:+UseG1GC",
            ", ZGC", "-XX:+UseZGC",
            ", Parallel", "-XX:+UseParallelGC");

    private final Path jdk;

    Child(Path jdk) {
        this.jdk = jdk;
    }

    private static Path agent() {
        try {
            return Path.of(TimeAgent.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** {@return the values that it reported, by metric} */
    Map<String, Double> run(Measure measure, String subject) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(jdk.resolve("bin/java").toString());
        command.addAll(measure.jvm());
        String argument = subject;
        for (Map.Entry<String, String> variant : VARIANTS.entrySet()) {
            if (subject.endsWith(variant.getKey())) {
                command.add(variant.getValue());
                argument =
                        subject.substring(0, subject.length() - variant.getKey().length());
            }
        }
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                Result.class.getPackageName() + "." + measure.program(),
                argument));
        command.addAll(measure.arguments());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        StringBuilder output = new StringBuilder();
        Map<String, Double> told = new LinkedHashMap<>();
        try (var lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                output.append(line).append('\n');
                if (!line.startsWith(Result.PREFIX)) {
                    continue;
                }
                String[] parts = line.split("\t", -1);
                told.put(parts[1], Double.parseDouble(parts[2]));
            }
        }
        int code = process.waitFor();
        if (code != 0 || told.isEmpty()) {
            throw new IllegalStateException(command + " failed: " + code + "\n" + output);
        }
        return told;
    }
}
