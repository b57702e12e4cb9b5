package dev.vloop.dashboard;

import dev.vloop.LoopFailure;
import dev.vloop.internal.SafeText;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A failure of a loop as text, and how often it came in a row. Guarded by the lock of the loop's record, except the stack. */
final class FailureRecord {
    /** How much of a message is kept, in characters: some have the whole answer of a server in them. */
    static final int LONGEST_MESSAGE = 600;

    /** The name of the exception's class. */
    final String type;

    /** The beginning of the exception's message; null if it has none. */
    final @Nullable String message;

    /** The last of these failures in words: iteration, attempt, what followed. */
    String circumstances;

    /** When the first of them was. */
    Instant first;

    /** When the last of them was. */
    Instant last;

    /** How many there were, one after the other. */
    long times = 1;

    /** The stack trace of the first; null until it is written, and when there are too many. Written by any thread. */
    volatile @Nullable String stack;

    private FailureRecord(String type, @Nullable String message, String circumstances, Instant at) {
        this.type = type;
        this.message = message;
        this.circumstances = circumstances;
        this.first = at;
        this.last = at;
    }

    static FailureRecord of(LoopFailure failure) {
        String where = failure.attempt() == 0
                ? "outside of an attempt"
                : "iteration " + failure.index() + ", attempt " + failure.attempt();
        String then = failure.backoff() == null ? "" : " in " + TimeText.length(failure.backoff());
        return new FailureRecord(
                failure.cause().getClass().getName(),
                messageOf(failure.cause()),
                where + ": " + failure.reaction().name().toLowerCase(java.util.Locale.ROOT) + then,
                failure.at());
    }

    /** {@return the beginning of an exception's message; null if it has none} */
    static @Nullable String messageOf(Throwable cause) {
        String message = SafeText.messageOf(cause);
        return message == null ? null : Html.cut(message, LONGEST_MESSAGE);
    }

    boolean isLike(FailureRecord other) {
        return type.equals(other.type) && Objects.equals(message, other.message);
    }

    void again(FailureRecord other) {
        times++;
        last = other.last;
        circumstances = other.circumstances;
    }

    FailureRecord copy() {
        FailureRecord copy = new FailureRecord(type, message, circumstances, first);
        copy.last = last;
        copy.times = times;
        copy.stack = stack;
        return copy;
    }
}
