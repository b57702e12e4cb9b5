package dev.vloop.dashboard;

import dev.vloop.internal.SafeText;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes stack traces of exceptions and of threads as text of limited length, whatever a user's exception does. */
final class StackText {
    /** The longest text of an exception, in characters. */
    static final int LONGEST = 8_000;

    private static final int MOST_FRAMES = 40;
    private static final int MOST_CAUSES = 8;

    private StackText() {}

    /** {@return an exception with its causes and what they have suppressed} */
    static String of(Throwable thrown) {
        StringBuilder text = new StringBuilder();
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        append(text, "", thrown, new StackTraceElement[0], seen);
        return Html.cut(text.toString(), LONGEST);
    }

    /** @param around the frames of the exception that this one is a part of: those that both have are not repeated */
    private static void append(
            StringBuilder text,
            String caption,
            @Nullable Throwable thrown,
            StackTraceElement[] around,
            Set<Throwable> seen) {
        if (thrown == null || seen.size() >= MOST_CAUSES || !seen.add(thrown) || text.length() > LONGEST) {
            return;
        }
        String message = SafeText.messageOf(thrown);
        text.append(caption).append(thrown.getClass().getName());
        text.append(message == null ? "" : ": " + message).append('\n');
        try { // a user's exception may have methods of its own for all of these
            StackTraceElement[] frames = aboveEngine(thrown.getStackTrace());
            frames(text, Arrays.copyOf(frames, frames.length - common(frames, around)));
            append(text, "caused by: ", thrown.getCause(), frames, seen);
            for (Throwable suppressed : thrown.getSuppressed()) {
                append(text, "suppressed: ", suppressed, frames, seen);
            }
        } catch (Throwable e) {
            text.append("(no more: it threw ").append(e.getClass().getName()).append(")\n");
        }
    }

    /** {@return how many frames at the bottom both have} */
    private static int common(StackTraceElement[] frames, StackTraceElement[] around) {
        int common = 0;
        while (common < Math.min(frames.length, around.length)
                && frames[frames.length - 1 - common].equals(around[around.length - 1 - common])) {
            common++;
        }
        return common;
    }

    /** {@return where a thread of a loop is; empty if only the engine's code is on its stack} */
    static String of(StackTraceElement[] frames) {
        StackTraceElement[] above = aboveEngine(frames);
        if (Arrays.stream(above).noneMatch(StackText::isUsers)) {
            return "";
        }
        StringBuilder text = new StringBuilder();
        frames(text, above);
        return text.toString();
    }

    /**
     * {@return the frames without those beneath the user's code} At the bottom are those of the JDK and the host, then those of the engine,
     * then the user's. Above these, the engine's may come again, where the user's code waits in it.
     */
    private static StackTraceElement[] aboveEngine(StackTraceElement[] frames) {
        int end = frames.length;
        while (end > 0 && !isEngine(frames[end - 1])) {
            end--;
        }
        if (end == 0) {
            return frames; // a thread that the user has made
        }
        while (end > 0 && isEngine(frames[end - 1])) {
            end--;
        }
        return Arrays.copyOf(frames, end);
    }

    private static boolean isEngine(StackTraceElement frame) {
        return frame.getClassName().startsWith("dev.vloop.vthreads.");
    }

    private static boolean isUsers(StackTraceElement frame) {
        String type = frame.getClassName();
        return !isEngine(frame)
                && !type.startsWith("java.")
                && !type.startsWith("jdk.")
                && !type.startsWith("dev.vloop.testkit.engine.");
    }

    private static void frames(StringBuilder text, StackTraceElement[] frames) {
        for (int i = 0; i < Math.min(MOST_FRAMES, frames.length); i++) {
            text.append("    at ").append(frames[i]).append('\n');
        }
        if (frames.length > MOST_FRAMES) {
            text.append("    and ").append(frames.length - MOST_FRAMES).append(" more\n");
        }
    }
}
