package dev.vloop.internal;

import org.jspecify.annotations.Nullable;

/**
 * Text of objects that belong to users. Their {@code toString} or {@code getMessage} may throw, return null, or return megabytes. Whoever
 * writes a log line, an event or a message about such an object asks for its text here. Nothing is ever thrown.
 */
public final class SafeText {
    /** The longest text that is passed on whole, in characters. */
    public static final int LONGEST = 8_000;

    private SafeText() {}

    /**
     * {@return the object's text} It may have several lines.
     *
     * @param object whose {@code toString} is called, once; may be null
     */
    public static String of(@Nullable Object object) {
        if (object == null) {
            return "null";
        }
        try {
            String text = object.toString();
            return text == null ? named(object) + " (its toString() returned null)" : shortened(text);
        } catch (Throwable e) { // an Error, too: a stack overflow in a text is no reason to end a run
            return named(object) + " (its text threw " + named(e) + ")";
        }
    }

    /**
     * {@return the message of an exception; null if it has none}
     *
     * @param thrown whose {@code getMessage} is called, once
     */
    public static @Nullable String messageOf(Throwable thrown) {
        try {
            String message = thrown.getMessage();
            return message == null ? null : shortened(message);
        } catch (Throwable e) {
            return "(its message threw " + named(e) + ")";
        }
    }

    /**
     * {@return a text on one line} Line feeds and other control characters are written as Java writes them, so that a name cannot forge a
     * line of the log.
     *
     * @param text for instance the name of a loop
     */
    public static String inOneLine(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (breaksLine(text.charAt(i))) {
                return escaped(text);
            }
        }
        return text;
    }

    private static boolean breaksLine(char c) {
        return Character.isISOControl(c) || c == '\u2028' || c == '\u2029';
    }

    private static String escaped(String text) {
        StringBuilder line = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\n' -> line.append("\\n");
                case '\r' -> line.append("\\r");
                case '\t' -> line.append("\\t");
                default -> {
                    if (breaksLine(c)) {
                        line.append(String.format("\\u%04x", (int) c));
                    } else {
                        line.append(c);
                    }
                }
            }
        }
        return line.toString();
    }

    private static String shortened(String text) {
        int left = text.length() - LONGEST;
        return left <= 0 ? text : text.substring(0, LONGEST) + "... (" + left + " more characters)";
    }

    /** {@return the name of its class, which no user's code makes up} */
    private static String named(Object object) {
        return object.getClass().getName();
    }
}
