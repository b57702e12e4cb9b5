package dev.vloop.testkit.agent;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Attaches the agent to a JVM that is running. A JVM may not attach to itself unless a flag allows it, so a second, short-lived JVM does
 * it. {@code -javaagent} is better: it needs no second JVM, and the JDK does not warn about it.
 */
public final class Attach {
    private static final long LIMIT_SECONDS = 30;

    private Attach() {}

    /**
     * Attaches the agent to this JVM. The testkit calls it if a system property says so.
     *
     * @param packages packages to leave alone, with commas between them
     * @throws IOException if it does not work; the message says why
     * @throws InterruptedException if the thread is interrupted
     */
    public static void here(String packages) throws IOException, InterruptedException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Process process = new ProcessBuilder(
                        java.toString(),
                        "-cp",
                        jar(),
                        Attach.class.getName(),
                        Long.toString(ProcessHandle.current().pid()),
                        packages)
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("attaching the agent takes longer than " + LIMIT_SECONDS + " s");
        }
        if (process.exitValue() != 0) {
            throw new IOException("the agent could not be attached: "
                    + said.lines().findFirst().orElse("no reason given"));
        }
    }

    private static String jar() throws IOException {
        try {
            return Path.of(Attach.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
    }

    /**
     * The main method of the second JVM.
     *
     * @param args the number of the process to attach to, and packages to leave alone
     * @throws IOException if it does not answer
     */
    public static void main(String[] args) throws IOException {
        List<String> given = List.of(args);
        try {
            VirtualMachine jvm = VirtualMachine.attach(given.get(0));
            try {
                jvm.loadAgent(jar(), given.get(1));
            } finally {
                jvm.detach();
            }
        } catch (AttachNotSupportedException | AgentLoadException | AgentInitializationException e) {
            System.out.println(e.getMessage());
            System.exit(1);
        }
    }
}
