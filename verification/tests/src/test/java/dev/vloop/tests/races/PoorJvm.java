package dev.vloop.tests.races;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
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

    /** Starts the program from copies in {@code folder}: the other user may not be able to read the checkout. */
    static Process start(Class<?> program, Path folder, String... options) throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        List<String> classPath = new ArrayList<>();
        for (String entry : List.of(System.getProperty("java.class.path").split(File.pathSeparator))) {
            if (isOurs(entry)) {
                Path copy =
                        folder.resolve(classPath.size() + "-" + Path.of(entry).getFileName());
                if (!Files.exists(copy)) { // it does if the program is run once more
                    copy(Path.of(entry), copy);
                }
                classPath.add(copy.toString());
            }
        }
        String ours = String.join(File.pathSeparator, classPath);
        List<String> arguments = new ArrayList<>(
                List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:-UseDynamicNumberOfCompilerThreads", "-cp", ours));
        arguments.addAll(List.of(options));
        arguments.add(program.getName());
        return new ProcessBuilder(command(arguments)).redirectErrorStream(true).start();
    }

    /** The program needs nothing but the modules of this project and the tests' classes. */
    private static boolean isOurs(String entry) {
        return Files.isDirectory(Path.of(entry)) || entry.contains("loop-") && Files.exists(Path.of(entry));
    }

    private static void copy(Path from, Path to) throws IOException {
        List<Path> sources;
        try (Stream<Path> walk = Files.walk(from)) {
            sources = walk.toList();
        }
        for (Path source : sources) {
            Path target = to.resolve(from.relativize(source).toString());
            Files.copy(source, target);
            Files.setPosixFilePermissions(
                    target, PosixFilePermissions.fromString(Files.isDirectory(target) ? "rwxr-xr-x" : "rw-r--r--"));
        }
    }

    private static List<String> command(List<String> arguments) {
        List<String> command = new ArrayList<>(AS_NOBODY);
        command.add(Jvm.tool("java"));
        command.addAll(arguments);
        return command;
    }
}
