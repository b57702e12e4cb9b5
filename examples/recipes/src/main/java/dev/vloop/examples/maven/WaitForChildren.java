package dev.vloop.examples.maven;

/**
 * Makes Maven wait for the demo. Ctrl-C reaches both. Without this, Maven would end at once, and the demo would print its last lines
 * after the shell's prompt.
 */
public final class WaitForChildren {
    private WaitForChildren() {}

    /** Makes the end of this JVM wait for its child processes. */
    public static void main(String[] args) {
        Runtime.getRuntime().addShutdownHook(new Thread(WaitForChildren::await, "wait for the demo"));
    }

    private static void await() {
        ProcessHandle.current().children().forEach(child -> child.onExit().join());
    }
}
