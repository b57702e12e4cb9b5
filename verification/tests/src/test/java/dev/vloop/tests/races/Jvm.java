package dev.vloop.tests.races;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program in a JVM of its own, of the same JDK, with the same class path. */
final class Jvm implements AutoCloseable {
    private static final long HANG_SECONDS = 60;

    final Process process;
    private final BufferedReader output;

    Jvm(Class<?> program, String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(tool("java")));
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-Xshare:auto", "-Xmx64m"));
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
        process = new ProcessBuilder(command).redirectErrorStream(true).start();
        output = process.inputReader(StandardCharsets.UTF_8);
    }

    static String tool(String name) {
        return Path.of(System.getProperty("java.home"), "bin", name).toString();
    }

    void awaitLines(String line, int count) throws IOException {
        for (int seen = 0; seen < count; ) {
            String next = output.readLine();
            if (next == null) {
                throw new AssertionError("the program ended without saying '" + line + "'");
            }
            if (next.equals(line)) {
                seen++;
            }
        }
    }

    /** {@return what it still says, until it ends} */
    List<String> awaitEnd() throws IOException, InterruptedException {
        if (!process.waitFor(HANG_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("the program does not end");
        }
        return output.lines().toList();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
