package dev.vloop.vthreads;

import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * Writes to {@code System.err} what the JDK's own logging would lose. That is {@code java.util.logging}, unless another is plugged in. As
 * soon as the JVM begins to end, it takes all handlers away, on a thread of its own, while runtimes still shut down.
 *
 * <p>It is called by reflection: the module {@code java.logging} may be missing.
 */
final class ExitLog {
    /** The JDK's finder of {@code System.Logger}s when java.util.logging is there, and nobody has plugged in another. */
    private static final String FINDER_OF_THE_JDK = "sun.util.logging.internal.LoggingProviderImpl";

    private ExitLog() {}

    /** {@return whether a line of this logger would be lost} */
    static boolean isNeeded(String logger) {
        try {
            return ExitHook.isJvmEnding()
                    && System.LoggerFinder.getLoggerFinder()
                            .getClass()
                            .getName()
                            .equals(FINDER_OF_THE_JDK)
                    && !hasHandlers(logger);
        } catch (Throwable e) { // no such module, no memory
            return false;
        }
    }

    /** {@return whether a logger of java.util.logging, or one above it, has a handler} */
    private static boolean hasHandlers(String name) throws ReflectiveOperationException {
        Class<?> type = Class.forName("java.util.logging.Logger");
        Method getHandlers = type.getMethod("getHandlers");
        Method getParent = type.getMethod("getParent");
        Method getUseParentHandlers = type.getMethod("getUseParentHandlers");
        Object logger = type.getMethod("getLogger", String.class).invoke(null, name);
        while (logger != null) {
            if (((Object[]) getHandlers.invoke(logger)).length > 0) {
                return true;
            }
            logger = (boolean) getUseParentHandlers.invoke(logger) ? getParent.invoke(logger) : null;
        }
        return false;
    }

    /** Writes a line as the JDK's logging would. */
    static void write(String logger, System.Logger.Level level, String message, @Nullable Throwable thrown) {
        String text;
        try {
            text = formatted(logger, level, message, thrown);
        } catch (ReflectiveOperationException | RuntimeException e) {
            text = level + ": " + message + (thrown == null ? "" : " (" + thrown + ")") + System.lineSeparator();
        }
        System.err.print(text);
        System.err.flush();
    }

    private static String formatted(
            String logger, System.Logger.Level level, String message, @Nullable Throwable thrown)
            throws ReflectiveOperationException {
        Class<?> levels = Class.forName("java.util.logging.Level");
        Class<?> recordType = Class.forName("java.util.logging.LogRecord");
        Object itsLevel = levels.getField(nameOf(level)).get(null);
        Object entry = recordType.getConstructor(levels, String.class).newInstance(itsLevel, message);
        recordType.getMethod("setLoggerName", String.class).invoke(entry, logger);
        recordType.getMethod("setSourceClassName", String.class).invoke(entry, Log.class.getName());
        recordType.getMethod("setSourceMethodName", String.class).invoke(entry, "log");
        recordType.getMethod("setThrown", Throwable.class).invoke(entry, thrown);
        Class<?> formatter = Class.forName("java.util.logging.SimpleFormatter");
        Object format = formatter.getConstructor().newInstance();
        return (String) formatter.getMethod("format", recordType).invoke(format, entry);
    }

    private static String nameOf(System.Logger.Level level) {
        return switch (level) {
            case ERROR -> "SEVERE";
            case WARNING -> "WARNING";
            case INFO -> "INFO";
            default -> "FINE";
        };
    }
}
