package dev.vloop.dashboard;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;

/** Writes HTML. All text that is not ours goes through {@link #text}, which escapes it for elements and for quoted attributes. */
final class Html {
    private final StringBuilder out = new StringBuilder();

    /** Writes our own markup. */
    Html raw(String markup) {
        out.append(markup);
        return this;
    }

    /** Writes anybody's text. Control characters that HTML does not admit are replaced. */
    Html text(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                case '\n', '\t' -> out.append(c);
                default -> out.append(Character.isISOControl(c) ? '\uFFFD' : c);
            }
        }
        return this;
    }

    /** Writes a name. It is cut if it is very long, and isolated, so that right-to-left letters do not reorder the text around it. */
    Html name(String name) {
        return raw("<bdi>").text(cut(name, 200)).raw("</bdi>");
    }

    /** {@return a text, or its beginning} */
    static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most) + "…";
    }

    /** {@return a text as it stands in a query} */
    static String inQuery(String text) {
        return URLEncoder.encode(text, UTF_8);
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
