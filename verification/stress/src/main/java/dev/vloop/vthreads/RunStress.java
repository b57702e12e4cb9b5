package dev.vloop.vthreads;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.openjdk.jcstress.Main;

/**
 * Runs jcstress, and fails unless all tests ran and passed. On its own, jcstress also ends without an error where no test could be
 * loaded, or no JVM could be started.
 */
final class RunStress {
    private static final Pattern SUMMARY = Pattern.compile("Results: (\\d+) planned; (\\d+) passed");

    private RunStress() {}

    /**
     * Runs it.
     *
     * @param args those of jcstress
     * @throws Exception what jcstress throws if a test fails
     */
    public static void main(String[] args) throws Exception {
        PrintStream console = System.out;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        System.setOut(new PrintStream(both(console, said), true, StandardCharsets.UTF_8));
        Main.main(args);
        System.setOut(console);
        check(said.toString(StandardCharsets.UTF_8));
    }

    private static OutputStream both(OutputStream one, OutputStream other) {
        return new OutputStream() {
            @Override
            public void write(int b) {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int from, int length) {
                try {
                    one.write(bytes, from, length);
                    other.write(bytes, from, length);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        };
    }

    private static void check(String said) {
        long planned = 0;
        long passed = 0;
        Matcher summary = SUMMARY.matcher(said);
        while (summary.find()) {
            planned = Long.parseLong(summary.group(1));
            passed = Long.parseLong(summary.group(2));
        }
        if (passed <= 0 || passed != planned) {
            throw new IllegalStateException("jcstress: " + passed + " of " + planned + " tests passed");
        }
        System.out.println("jcstress: all " + passed + " tests passed");
    }
}
