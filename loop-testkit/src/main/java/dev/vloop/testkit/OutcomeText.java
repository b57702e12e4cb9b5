package dev.vloop.testkit;

import dev.vloop.HookFailure;
import dev.vloop.LoopEnd;
import dev.vloop.LoopFailure;
import dev.vloop.internal.SafeText;
import java.util.Locale;

/** Ends, failures and exceptions as text, for timelines, findings and assertions. */
final class OutcomeText {
    private static final int LONGEST_LINE = 120;

    private OutcomeText() {}

    /** {@return a {@link LoopEnd}, a {@link LoopFailure}, a {@link HookFailure} or anything else as text} */
    static String of(Object detail) {
        if (detail instanceof LoopEnd end) {
            return end(end);
        }
        if (detail instanceof HookFailure failure) {
            return failure.hook() + " threw " + thrown(failure.thrown());
        }
        return detail instanceof LoopFailure failure ? failure(failure) : SafeText.of(detail);
    }

    /** {@return how a run ended, such as: completed after 3 iterations} */
    static String end(LoopEnd end) {
        return switch (end) {
            case LoopEnd.Completed completed -> "completed after " + iterations(completed);
            case LoopEnd.Stopped stopped -> "stopped after " + iterations(stopped);
            case LoopEnd.Cancelled cancelled -> "cancelled after " + iterations(cancelled);
            case LoopEnd.Failed failed -> "failed after " + iterations(failed) + ": " + thrown(failed.cause());
        };
    }

    /** {@return what hooks of a run have thrown, to be appended to its end; empty if none has} */
    static String hooks(LoopEnd end) {
        StringBuilder text = new StringBuilder();
        end.hookFailures().forEach(failure -> text.append("; ").append(of(failure)));
        return text.toString();
    }

    private static String iterations(LoopEnd end) {
        return end.iterations() == 1 ? "1 iteration" : end.iterations() + " iterations";
    }

    private static String failure(LoopFailure failure) {
        String reaction = failure.reaction().toString().toLowerCase(Locale.ROOT);
        String attempt = failure.attempt() > 1 ? "attempt " + failure.attempt() + " " : "";
        return attempt + "failed, " + reaction + ": " + thrown(failure.cause());
    }

    /** {@return an exception as its simple name and its message} */
    static String thrown(Throwable thrown) {
        String type = thrown.getClass().getSimpleName();
        String name = type.isEmpty() ? thrown.getClass().getName() : type;
        String message = SafeText.messageOf(thrown);
        return message == null ? name : name + ": " + message;
    }

    /** {@return the exception in one line, which may be cut; messages of AssertJ begin with an empty line} */
    static String line(Throwable thrown) {
        String line = thrown(thrown).strip().replaceAll("\\s+", " ");
        return line.length() <= LONGEST_LINE ? line : line.substring(0, LONGEST_LINE) + "...";
    }
}
