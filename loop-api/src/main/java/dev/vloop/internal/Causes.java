package dev.vloop.internal;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Ways through the causes of exceptions that belong to users. A chain of causes may be a cycle, or very long; {@code getCause} may throw.
 * Each way here ends, and nothing is ever thrown.
 */
public final class Causes {
    /** How many causes a walk looks at. */
    private static final int MOST_CAUSES = 1_000;

    /** How many suppressed exceptions one may collect: one that is thrown again and again would grow for ever. */
    private static final int MOST_SUPPRESSED = 100;

    private Causes() {}

    /** {@return the cause; null if there is none, or {@code getCause} throws} */
    public static @Nullable Throwable of(Throwable thrown) {
        try {
            return thrown.getCause();
        } catch (Throwable e) {
            return null;
        }
    }

    /**
     * {@return whether an exception is another, or was caused by it}
     *
     * @param thrown where the walk begins; null contains nothing
     * @param sought the exception to find
     */
    public static boolean contains(@Nullable Throwable thrown, Throwable sought) {
        Throwable cause = thrown;
        for (int i = 0; cause != null && i < MOST_CAUSES; i++) {
            if (cause == sought) {
                return true;
            }
            cause = of(cause);
        }
        return false;
    }

    /**
     * {@return what a task threw} Thread pools and futures wrap that; their wrappers are taken off. Without a cause, or if the wrappers
     * wrap each other in a circle, it is the argument's innermost wrapper that was looked at.
     */
    public static Throwable unwrap(Throwable thrown) {
        return walk(thrown, inner -> !(inner instanceof ExecutionException || inner instanceof CompletionException));
    }

    /**
     * {@return the first of an exception, its cause, the cause of that and so on, at which a walk ends} If it ends at none, it is the last one
     * that was looked at.
     *
     * @param thrown where the walk begins
     * @param end whether the walk ends there
     */
    public static Throwable walk(Throwable thrown, Predicate<Throwable> end) {
        Throwable inner = thrown;
        for (int i = 0; i < MOST_CAUSES; i++) {
            if (end.test(inner)) {
                return inner;
            }
            Throwable cause = of(inner);
            if (cause == null) {
                return inner;
            }
            inner = cause;
        }
        return inner;
    }

    /**
     * Adds an exception to another as a suppressed one.
     *
     * @param first what counts; null, or the other itself, gets nothing added
     * @param other what must not be forgotten
     * @return whether {@code first} tells of the other; if not, it is for the caller to tell
     */
    public static boolean suppress(@Nullable Throwable first, @Nullable Throwable other) {
        if (first == null || other == null) {
            return false;
        }
        if (first == other) {
            return true;
        }
        try {
            if (first.getSuppressed().length >= MOST_SUPPRESSED) {
                return false;
            }
            first.addSuppressed(other);
            return first.getSuppressed().length > 0; // an exception may have been made without a place for them
        } catch (Throwable e) { // no memory, no stack
            return false;
        }
    }
}
