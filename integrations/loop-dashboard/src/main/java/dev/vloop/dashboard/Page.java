package dev.vloop.dashboard;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts a view into page.html, the one file with the page's script and style. All threads may use it. */
final class Page {
    private static final Pattern HOLE = Pattern.compile("\\{\\{([a-z]+)}}");

    private final Settings settings;
    private final Gate gate;
    private final String template = read();

    Page(Settings settings, Gate gate) {
        this.settings = settings;
        this.gate = gate;
    }

    private static String read() {
        try (InputStream in = Page.class.getResourceAsStream("page.html")) {
            if (in == null) {
                throw new IllegalStateException("page.html is not in the jar");
            }
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("page.html cannot be read", e);
        }
    }

    /**
     * Makes a page.
     *
     * @param title its title, not escaped
     * @param live the address of its events, not escaped
     * @param main what it shows, as HTML
     */
    DashboardResponse of(int status, String title, String live, String main) {
        String nonce = Settings.random();
        Instant now = settings.loops.clock().instant();
        Map<String, String> values = Map.of(
                "title",
                new Html().text(Html.cut(title, 100)).toString(),
                "runtime",
                new Html().name(settings.loops.name()).toString(),
                "nonce",
                nonce,
                "secret",
                settings.readOnly ? "" : gate.secret(),
                "now",
                now.toString(),
                "live",
                new Html().text(live).toString(),
                "banner",
                settings.readOnly ? "<p class=banner>Read-only: this page cannot change anything.</p>" : "",
                "main",
                main);
        String html = HOLE.matcher(template)
                .replaceAll(hole -> Matcher.quoteReplacement(values.getOrDefault(hole.group(1), "")));
        return DashboardResponse.html(status, html)
                .with(
                        "Content-Security-Policy",
                        "default-src 'none'; script-src 'nonce-" + nonce + "'; style-src 'nonce-" + nonce
                                + "'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'");
    }
}
