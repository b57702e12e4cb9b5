package dev.vloop.tests.races;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A program in a JVM whose user may have few threads. Only root may give itself another user, so it needs root. */
final class PoorJvm {
    private static final String NOBODY = "65534";
    private static final List<String> AS_NOBODY =
            List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups", "prlimit", "--nproc=90");

    private PoorJvm() {}

    /** {@return whether there can be one here: as root, with these tools, with a JDK that others may read} */
    static boolean isPossible() {
        if (!"root".equals(System.getProperty("user.name"))) {
            return false;
        }
        try {
            Process trial = new ProcessBuilder(command(List.of("-version")))
                    .redirectErrorStream(true)
                    .start();
            trial.getInputStream().transferTo(OutputStream.nullOutputStream());
            return trial.waitFor(60, TimeUnit.SECONDS) && trial.exitValue() == 0;
        } catch (IOException | InterruptedException e) {
            return false;
        }
    }

    static Process start(Class<?> program) throws IOException {
        // what nobody may not read, such as jars in root's home, the program does not need
        String ours = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> entry.contains("loop-") || entry.contains("classes"))
                .collect(Collectors.joining(File.pathSeparator));
        return new ProcessBuilder(command(List.of("-Xmx64m", "-XX:+UseSerialGC", "-cp", ours, program.getName())))
                .redirectErrorStream(true)
                .start();
    }

    private static List<String> command(List<String> arguments) {
        List<String> command = new ArrayList<>(AS_NOBODY);
        command.add(Jvm.tool("java"));
        command.addAll(arguments);
        return command;
    }
}
