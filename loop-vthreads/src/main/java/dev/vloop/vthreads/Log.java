package dev.vloop.vthreads;

import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import dev.vloop.HookFailure;
import dev.vloop.Loop;
import dev.vloop.LoopFailure;
import dev.vloop.Reaction;
import dev.vloop.internal.Causes;
import dev.vloop.internal.DurationText;
import dev.vloop.internal.SafeText;
import java.time.Duration;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes to the log: the {@link System.Logger} named {@code dev.vloop}, or {@code dev.vloop.loop.<kind>} for loops whose kind was named.
 *
 * <p>It is a logger itself for one reason: then the JDK's logging takes it for a part of the log, and names its caller as the source of a
 * record.
 */
final class Log implements System.Logger {
    private static final String NAME = "dev.vloop";

    private static final Log SHARED = new Log(NAME);

    /** By kind. There are few, and a logger is never freed anyway. */
    private static final Map<String, Log> BY_KIND = new ConcurrentHashMap<>();

    private final String name;

    /** Null until it is needed. A finder of loggers is a user's, and may throw: then the next line asks it again. Written by any thread. */
    private volatile System.@Nullable Logger found;

    private Log(String name) {
        this.name = name;
    }

    private System.Logger logger() {
        System.Logger logger = found;
        if (logger == null) {
            found = logger = System.getLogger(name);
        }
        return logger;
    }

    private static Log of(Loop loop) {
        String kind = loop instanceof VirtualLoop known ? known.options().kind : null;
        return kind == null ? SHARED : BY_KIND.computeIfAbsent(kind, named -> new Log(NAME + ".loop." + named));
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public boolean isLoggable(Level level) {
        return logger().isLoggable(level);
    }

    @Override
    public void log(Level level, @Nullable ResourceBundle bundle, String message, @Nullable Throwable thrown) {
        logger().log(level, bundle, message, thrown);
    }

    @Override
    public void log(Level level, @Nullable ResourceBundle bundle, String format, @Nullable Object... parameters) {
        logger().log(level, bundle, format, parameters);
    }

    /** A log that throws does no harm: even when the disk is full, a run must end, and a close must wait. */
    private void write(Level level, String message, @Nullable Throwable thrown) {
        try {
            Throwable printable = PrintableFailure.of(thrown);
            if (!ExitLog.isNeeded(name)) {
                logger().log(level, message, printable);
            } else if (logger().isLoggable(level)) {
                ExitLog.write(name, level, message, printable);
            }
        } catch (Throwable broken) {
            toStandardError(message, thrown, broken);
        }
    }

    private static void toStandardError(String message, @Nullable Throwable thrown, Throwable broken) {
        try {
            System.err.println(message + " (" + SafeText.of(thrown) + "); and the log threw " + SafeText.of(broken));
        } catch (Throwable nowhereLeft) {
            // a program may have replaced System.err by something that throws, too
        }
    }

    /**
     * Adds an exception to the first cause of a failure. If the first cause cannot hold suppressed exceptions, the other one is logged
     * instead.
     */
    static void suppress(@Nullable Throwable first, @Nullable Throwable other) {
        if (other != null && first != null && !Causes.suppress(first, other)) {
            writeShared(Level.WARNING, "was thrown after " + SafeText.of(first) + ", which cannot hold it", other);
        }
    }

    /** {@return a loop in a message} A name cannot forge a line of the log. */
    static String loop(String name) {
        return "loop '" + SafeText.inOneLine(name) + "'";
    }

    /** Writes what concerns no loop. */
    static void writeShared(Level level, String message, @Nullable Throwable thrown) {
        SHARED.write(level, message, thrown);
    }

    /** @param part what has failed: {@code beforeLoop}, for example */
    static void failed(String part, LoopFailure failure) {
        Log log = of(failure.loop());
        Duration wait = failure.backoff();
        String what = loop(failure.loop().name()) + ": " + part + " failed";
        if (failure.reaction() == Reaction.FAIL) {
            log.write(ERROR, what + ", the run ends" + StackReport.around(failure), failure.cause());
        } else if (wait != null) {
            tolerated(log, what + ", next in " + DurationText.inSeconds(wait), failure);
        } else if (failure.attempt() == 0) {
            tolerated(log, what + ", on without it", failure);
        } else {
            tolerated(log, what + ", on with the next slot", failure);
        }
    }

    /** Only the first of several failures in a row is logged with its stack trace: a night without network must not fill the disk. */
    private static void tolerated(Log log, String what, LoopFailure failure) {
        String text = what + ": " + SafeText.of(failure.cause());
        if (failure.inARow() == 1) {
            log.write(WARNING, text + StackReport.around(failure), failure.cause());
        } else {
            log.write(WARNING, text, null);
        }
    }

    static void hookFailed(HookFailure failure) {
        Loop loop = failure.loop();
        of(loop).write(ERROR, loop(loop.name()) + ": " + failure.hook() + " threw", failure.thrown());
    }

    static void listenerFailed(Object listener, Throwable thrown) {
        SHARED.write(ERROR, "listener " + SafeText.of(listener) + " threw", thrown);
    }

    static void itemFailed(Loop loop, long index, @Nullable Object item, Throwable thrown) {
        of(loop).write(
                        WARNING,
                        loop(loop.name()) + ": iteration " + index + " failed for " + SafeText.of(item),
                        thrown);
    }

    static void broken(String message, Throwable thrown) {
        SHARED.write(ERROR, message, thrown);
    }

    static void info(String message) {
        SHARED.write(INFO, message, null);
    }

    static void stillWaiting(String message) {
        SHARED.write(WARNING, message, null);
    }
}
