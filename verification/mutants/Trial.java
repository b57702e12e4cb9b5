import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs tests in JVMs of their own, up to the first that fails. */
final class Trial {
    /** A test that hangs notices the fault, too. */
    private static final long LIMIT_SECONDS = 45;

    private static final long BASELINE_SECONDS = 900;

    private final Copy copy;

    Trial(Copy copy) {
        this.copy = copy;
    }

    /** Tests that can share a JVM. */
    private record Group(String module, boolean exact) {}

    /** {@return the tests that fail although no fault is planted} */
    List<String> baseline(List<Fault> faults) throws IOException, InterruptedException {
        List<String> names = faults.stream().flatMap(fault -> fault.tests().stream()).distinct().toList();
        Path none = copy.work().resolve("planted").resolve("none");
        Files.createDirectories(none);
        List<String> red = new ArrayList<>();
        for (Map.Entry<Group, List<String>> group : groups(names).entrySet()) {
            String failures = run(none, group.getKey(), group.getValue(), true);
            if (failures != null) {
                red.add(failures);
            }
        }
        return red;
    }

    /** {@return the first test that fails with the fault, and how; null if none does} */
    String firstFailure(Fault fault) throws IOException, InterruptedException {
        for (Map.Entry<Group, List<String>> group : groups(fault.tests()).entrySet()) {
            String failure = run(copy.planted(fault), group.getKey(), group.getValue(), false);
            if (failure != null) {
                return failure;
            }
        }
        return null;
    }

    private Map<Group, List<String>> groups(List<String> names) {
        Map<Group, List<String>> groups = new LinkedHashMap<>();
        for (Copy.Test test : copy.tests(names)) {
            groups.computeIfAbsent(new Group(test.module(), test.isExact()), group -> new ArrayList<>())
                    .add(test.name());
        }
        return groups;
    }

    /** @param baseline whether to run all tests, rather than up to the first that fails, and to give them more time */
    private String run(Path planted, Group group, List<String> tests, boolean baseline)
            throws IOException, InterruptedException {
        Path verdict = planted.resolve("verdict.txt");
        Files.deleteIfExists(verdict);
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-ea",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-Xmx512m"));
        command.add("-Dmutants.all=" + baseline);
        if (group.exact) {
            command.addAll(List.of("--add-opens", "java.base/java.lang=ALL-UNNAMED"));
        }
        command.addAll(List.of("-cp", copy.classPath(planted, group.module), "FirstFailure"));
        command.addAll(List.of(verdict.toString(), group.exact ? "stress" : "stress | exact"));
        command.addAll(tests);
        Process process = new ProcessBuilder(command)
                .directory(copy.file(group.module).toFile())
                .redirectErrorStream(true)
                .redirectOutput(planted.resolve("output.txt").toFile())
                .start();
        try {
            if (!process.waitFor(baseline ? BASELINE_SECONDS : LIMIT_SECONDS, TimeUnit.SECONDS)) {
                return "(it hangs, after " + running(verdict) + ")";
            }
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        return switch (process.exitValue()) {
            case ExitCode.PASSED -> null;
            case ExitCode.FAILED -> Files.readString(verdict).strip();
            case ExitCode.NONE -> throw new IllegalStateException("no test was run of " + tests);
            default -> "(the JVM ended with " + process.exitValue() + "; see " + planted.resolve("output.txt") + ")";
        };
    }

    /** {@return the test that had begun last} */
    private static String running(Path verdict) throws IOException {
        return Files.exists(verdict) ? Files.readString(verdict).strip() : "its start";
    }
}
