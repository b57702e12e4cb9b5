package dev.vloop.vthreads;

import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import dev.vloop.LoopFailure;
import dev.vloop.Reaction;
import dev.vloop.internal.Causes;
import dev.vloop.internal.DurationText;
import dev.vloop.internal.SafeText;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Writes to the log: the {@link System.Logger} named {@code dev.vloop}. */
final class Log {
    private static final String NAME = "dev.vloop";

    private static final System.Logger LOG = System.getLogger(NAME);

    private Log() {}

    /** A log that throws does no harm: even when the disk is full, a run must end, and a close must wait. */
    static void log(System.Logger.Level level, String message, @Nullable Throwable thrown) {
        try {
            Throwable printable = PrintableFailure.of(thrown);
            if (!ExitLog.isNeeded(NAME)) {
                LOG.log(level, message, printable);
            } else if (LOG.isLoggable(level)) {
                ExitLog.write(NAME, level, message, printable);
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
     * Adds an exception to the first cause of a failure. One that the first cannot hold is logged instead: it may have been made without a
     * place for others.
     */
    static void suppress(@Nullable Throwable first, @Nullable Throwable other) {
        if (other != null && first != null && !Causes.suppress(first, other)) {
            log(WARNING, "was thrown after " + SafeText.of(first) + ", which cannot hold it", other);
        }
    }

    /** {@return a loop in a message} A name cannot forge a line of the log. */
    static String loop(String name) {
        return "loop '" + SafeText.inOneLine(name) + "'";
    }

    static void failed(LoopFailure failure, @Nullable Duration wait) {
        String what = loop(failure.loop().name()) + ": " + place(failure) + " failed";
        if (failure.reaction() == Reaction.FAIL) {
            log(ERROR, what + ", the run ends", failure.cause());
        } else if (wait != null) {
            log(
                    WARNING,
                    what + ", next in " + DurationText.inSeconds(wait) + ": " + SafeText.of(failure.cause()),
                    stackOfFirst(failure));
        } else {
            log(WARNING, what + ", on with the next slot: " + failure.cause(), stackOfFirst(failure));
        }
    }

    private static String place(LoopFailure failure) {
        if (failure.attempt() == 0) {
            return "beforeLoop";
        }
        return "attempt " + failure.attempt() + " of iteration " + failure.index();
    }

    /** Only the first of several failures in a row is logged with its stack trace: a night without network must not fill the disk. */
    private static @Nullable Throwable stackOfFirst(LoopFailure failure) {
        return failure.inARow() == 1 ? failure.cause() : null;
    }

    static void hookFailed(String loop, String hook, Throwable thrown) {
        log(ERROR, loop(loop) + ": " + hook + " threw", thrown);
    }

    static void listenerFailed(Object listener, Throwable thrown) {
        log(ERROR, "listener " + SafeText.of(listener) + " threw", thrown);
    }

    static void itemFailed(String loop, long index, @Nullable Object item, Throwable thrown) {
        log(WARNING, loop(loop) + ": iteration " + index + " failed for " + SafeText.of(item), thrown);
    }

    static void broken(String message, Throwable thrown) {
        log(ERROR, message, thrown);
    }

    static void info(String message) {
        log(INFO, message, null);
    }

    static void stillWaiting(String message) {
        log(WARNING, message, null);
    }
}
