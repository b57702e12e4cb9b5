package dev.vloop.vthreads;

import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.WARNING;

import dev.vloop.LoopFailure;
import dev.vloop.Reaction;
import dev.vloop.internal.DurationText;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Writes to the log: the {@link System.Logger} named {@code dev.vloop}. */
final class Log {
    private static final System.Logger LOG = System.getLogger("dev.vloop");

    private Log() {}

    /** A log that throws does no harm: even when the disk is full, a run must end, and a close must wait. */
    static void log(System.Logger.Level level, String message, @Nullable Throwable thrown) {
        try {
            LOG.log(level, message, thrown);
        } catch (Throwable broken) {
            System.err.println(message + " (" + thrown + "); and the log threw " + broken);
        }
    }

    static void failed(LoopFailure failure, @Nullable Duration wait) {
        String what = "loop '" + failure.loop().name() + "': " + place(failure) + " failed";
        if (failure.reaction() == Reaction.FAIL) {
            log(ERROR, what + ", the run ends", failure.cause());
        } else if (wait != null) {
            log(
                    WARNING,
                    what + ", next in " + DurationText.inSeconds(wait) + ": " + failure.cause(),
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
        log(ERROR, "loop '" + loop + "': " + hook + " threw", thrown);
    }

    static void listenerFailed(Object listener, Throwable thrown) {
        log(ERROR, "listener " + listener + " threw", thrown);
    }

    static void itemFailed(String loop, long index, @Nullable Object item, Throwable thrown) {
        log(WARNING, "loop '" + loop + "': iteration " + index + " failed for " + item, thrown);
    }

    static void broken(String message, Throwable thrown) {
        log(ERROR, message, thrown);
    }

    static void stillWaiting(String message) {
        log(WARNING, message, null);
    }
}
