package dev.vloop.vthreads;

import dev.vloop.internal.Causes;
import dev.vloop.internal.SafeText;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Stands in the log for an exception that no log could print: one whose text throws or is huge, or whose causes are too many. A log would
 * throw, and its line, with the cause of a run's end, would be lost.
 */
final class PrintableFailure extends Exception {
    private static final long serialVersionUID = 1;

    /** With more exceptions than this in its tree, one is not printed as it is. */
    private static final int MOST = 500;

    /** How many causes the copy has: a log may print them by recursion. */
    private static final int DEEPEST = 50;

    private PrintableFailure(String text, @Nullable Throwable cause) {
        super(text, cause);
    }

    /** {@return the exception, if it can be printed; else one that tells the same and can} */
    static @Nullable Throwable of(@Nullable Throwable thrown) {
        if (thrown == null) {
            return null;
        }
        try {
            return isPrintable(thrown, Collections.newSetFromMap(new IdentityHashMap<>()), 0)
                    ? thrown
                    : copy(thrown, 0);
        } catch (Throwable e) { // no memory, no stack
            return null;
        }
    }

    private static boolean isPrintable(Throwable thrown, Set<Throwable> seen, int depth) {
        if (!seen.add(thrown)) {
            return true; // a cycle, which logs know
        }
        if (seen.size() > MOST || depth > DEEPEST || !textIsFine(thrown)) {
            return false;
        }
        Throwable cause;
        try {
            cause = thrown.getCause();
        } catch (Throwable e) {
            return false;
        }
        if (cause != null && !isPrintable(cause, seen, depth + 1)) {
            return false;
        }
        for (Throwable suppressed : thrown.getSuppressed()) {
            if (!isPrintable(suppressed, seen, depth + 1)) {
                return false;
            }
        }
        return true;
    }

    private static boolean textIsFine(Throwable thrown) {
        try {
            String text = thrown.toString();
            String message = thrown.getMessage();
            String localized = thrown.getLocalizedMessage();
            StackTraceElement[] stack = thrown.getStackTrace();
            return text != null
                    && stack != null
                    && text.length() <= SafeText.LONGEST
                    && (message == null || message.length() <= SafeText.LONGEST)
                    && (localized == null || localized.length() <= SafeText.LONGEST)
                    && printsItself(thrown);
        } catch (Throwable e) {
            return false;
        }
    }

    /** {@return true} It throws what the exception does if that has a way of its own to print itself, which fails. */
    private static boolean printsItself(Throwable thrown) throws NoSuchMethodException {
        Class<?> printer = thrown.getClass()
                .getMethod("printStackTrace", PrintWriter.class)
                .getDeclaringClass();
        if (printer != Throwable.class) {
            thrown.printStackTrace(new PrintWriter(Writer.nullWriter()));
        }
        return true;
    }

    private static Throwable copy(Throwable thrown, int depth) {
        Throwable cause = depth < DEEPEST ? Causes.of(thrown) : null;
        PrintableFailure copy =
                new PrintableFailure(SafeText.of(thrown), cause == null ? null : copy(cause, depth + 1));
        try {
            copy.setStackTrace(thrown.getStackTrace());
        } catch (Throwable e) { // that is the user's, too
            copy.setStackTrace(new StackTraceElement[0]);
        }
        if (depth == 0) {
            for (Throwable suppressed : thrown.getSuppressed()) {
                Causes.suppress(copy, new PrintableFailure(SafeText.of(suppressed), null));
            }
        }
        return copy;
    }
}
