package dev.vloop.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Properties;

/** Describes the machine that measures. */
final class Machine {
    private Machine() {}

    /** {@return a sentence about date, machine, system and JDKs} */
    static String describe(Collection<Path> jdks) throws IOException {
        List<String> versions = new ArrayList<>();
        for (Path jdk : jdks) {
            versions.add("JDK " + property(jdk, "JAVA_RUNTIME_VERSION", "JAVA_VERSION"));
        }
        return "Measured on " + LocalDate.now(ZoneOffset.UTC) + " on "
                + Runtime.getRuntime().availableProcessors() + " cores of " + value("/proc/cpuinfo", "model name")
                + ", "
                + memory() + ", " + System.getProperty("os.name") + " " + System.getProperty("os.version") + ", with "
                + String.join(" and ", versions) + ".";
    }

    private static String property(Path jdk, String... names) throws IOException {
        Properties release = new Properties();
        try (var in = Files.newInputStream(jdk.resolve("release"))) {
            release.load(in);
        }
        for (String name : names) {
            String value = release.getProperty(name);
            if (value != null) {
                return value.replace("\"", "") + " ("
                        + release.getProperty("IMPLEMENTOR", "?").replace("\"", "") + ")";
            }
        }
        return "?";
    }

    private static String memory() throws IOException {
        String kilobytes = value("/proc/meminfo", "MemTotal").replaceAll("\\D", "");
        return kilobytes.isEmpty() ? "memory unknown" : Long.parseLong(kilobytes) / (1 << 20) + " GiB";
    }

    /** {@return the value of a key in a file of the kernel; "unknown" if there is none} */
    private static String value(String file, String key) throws IOException {
        Path path = Path.of(file);
        if (!Files.exists(path)) {
            return "unknown";
        }
        for (String line : Files.readAllLines(path)) {
            if (line.startsWith(key)) {
                return line.substring(line.indexOf(':') + 1).strip();
            }
        }
        return "unknown";
    }
}
