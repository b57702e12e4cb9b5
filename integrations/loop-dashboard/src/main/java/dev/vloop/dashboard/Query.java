package dev.vloop.dashboard;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The parameters of an address or of a form. Immutable. */
final class Query {
    /** The most parameters that are read. No link of this page has more. */
    private static final int MOST = 30;

    private final Map<String, String> values;

    private Query(Map<String, String> values) {
        this.values = values;
    }

    /** {@return the parameters; one that cannot be decoded is left out, and of several with the same name the first counts} */
    static Query of(@Nullable String text) {
        Map<String, String> values = new HashMap<>();
        if (text != null) {
            for (String pair : text.split("&", MOST)) {
                String[] parts = pair.split("=", 2);
                String name = decoded(parts[0]);
                String value = parts.length < 2 ? "" : decoded(parts[1]);
                if (name != null && value != null) {
                    values.putIfAbsent(name, value);
                }
            }
        }
        return new Query(values);
    }

    private static @Nullable String decoded(String text) {
        try {
            return URLDecoder.decode(text, UTF_8);
        } catch (IllegalArgumentException e) { // a percent sign without its digits
            return null;
        }
    }

    @Nullable
    String get(String name) {
        return values.get(name);
    }

    String get(String name, String otherwise) {
        return values.getOrDefault(name, otherwise);
    }

    /** {@return a whole number in a range; the default if there is none} */
    int number(String name, int otherwise, int least, int most) {
        try {
            return Math.clamp(Integer.parseInt(get(name, "")), least, most);
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }
}
