package dev.vloop.examples.demo;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.time.InstantSource;

/** What this program's output is. */
final class Terminal {
    private Terminal() {}

    static Screen screen(InstantSource clock) {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, System.out.charset());
        return isTerminal() ? new LiveScreen(out, clock) : new Screen(out, clock);
    }

    @SuppressWarnings("SystemConsoleNull") // null on 21, and asked further where it is not
    private static boolean isTerminal() {
        Console console = System.console();
        if (console == null || "dumb".equals(System.getenv("TERM"))) {
            return false;
        }
        try {
            // Since 22 there is a console that is none, and a method that says so.
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException before22) {
            return true;
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("Console.isTerminal", e);
        }
    }
}
