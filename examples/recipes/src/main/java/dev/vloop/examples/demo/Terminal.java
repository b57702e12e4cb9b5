package dev.vloop.examples.demo;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.time.InstantSource;

/** Finds out whether this program writes to a terminal. */
final class Terminal {
    private Terminal() {}

    static Screen screen(InstantSource clock) {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, System.out.charset());
        return isTerminal() ? new LiveScreen(out, clock) : new Screen(out, clock);
    }

    @SuppressWarnings("SystemConsoleNull") // null on JDK 21; later JDKs are asked below
    private static boolean isTerminal() {
        Console console = System.console();
        if (console == null || "dumb".equals(System.getenv("TERM"))) {
            return false;
        }
        try {
            // Since JDK 22 there is always a console, and this method says whether it is a terminal.
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException before22) {
            return true;
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("Console.isTerminal", e);
        }
    }
}
