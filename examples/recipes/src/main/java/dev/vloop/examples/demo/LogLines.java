package dev.vloop.examples.demo;

import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Shows the log as events. By default, {@link System.Logger} writes to {@code java.util.logging}. */
final class LogLines extends Handler {
    private static final Pattern OF_LOOP = Pattern.compile("loop '([^']*)': (.*)", Pattern.DOTALL);

    /** What it leaves out: the packages of exceptions, and all lines but the first. */
    private static final Pattern NOISE =
            Pattern.compile("\\b[a-z0-9]+\\.([a-z0-9]+\\.)*(?=[A-Z]\\w*Exception)|\\R.*", Pattern.DOTALL);

    private final Screen screen;

    private LogLines(Screen screen) {
        this.screen = screen;
    }

    /** To be called before anything is logged. Without it, the shutdown hook of java.util.logging would drop the program's last lines. */
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
        /** The JDK calls it, by the name of this class. */
        public Manager() {}

        @Override
        public void reset() {}
    }
}
