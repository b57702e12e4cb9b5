package dev.vloop.examples.demo;

import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Shows the log as events. {@link System.Logger} writes to {@code java.util.logging} where nothing else is installed. */
final class LogLines extends Handler {
    private static final Pattern OF_LOOP = Pattern.compile("loop '([^']*)': (.*)", Pattern.DOTALL);

    /** The packages of exceptions, and all but the first line. */
    private static final Pattern NOISE =
            Pattern.compile("\\b[a-z0-9]+\\.([a-z0-9]+\\.)*(?=[A-Z]\\w*Exception)|\\R.*", Pattern.DOTALL);

    private final Screen screen;

    private LogLines(Screen screen) {
        this.screen = screen;
    }

    /** Before anything is logged: JUL's own shutdown hook would silence the last words of a program. */
    static void outliveShutdown() {
        System.setProperty("java.util.logging.manager", Manager.class.getName());
    }

    static void install(Screen screen) {
        Logger root = Logger.getLogger("");
        for (Handler handler : root.getHandlers()) {
            root.removeHandler(handler);
        }
        root.addHandler(new LogLines(screen));
    }

    @Override
    public void publish(LogRecord entry) {
        String message = String.valueOf(entry.getMessage());
        Matcher ofLoop = OF_LOOP.matcher(message);
        String loop = ofLoop.matches() ? ofLoop.group(1) : "log";
        String text = ofLoop.matches() ? ofLoop.group(2) : message;
        Throwable thrown = entry.getThrown();
        if (thrown != null && !text.contains(thrown.toString())) {
            text += ": " + thrown;
        }
        text = NOISE.matcher(text).replaceAll("");
        if (entry.getLevel().intValue() >= Level.SEVERE.intValue()) {
            screen.error(loop, text);
        } else if (entry.getLevel().intValue() >= Level.WARNING.intValue()) {
            screen.warn(loop, text);
        } else {
            screen.note(loop, text);
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}

    /** A log manager that keeps its handlers when the JVM ends. */
    public static final class Manager extends LogManager {
        /** Is made by the JDK, by its name. */
        public Manager() {}

        @Override
        public void reset() {}
    }
}
