package dev.vloop.dashboard;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the page answers. */
public final class DashboardResponse {
    /** Writes a body. */
    @FunctionalInterface
    interface Body {
        void writeTo(OutputStream out) throws IOException;
    }

    private final int status;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final long length;
    private final Body body;

    private DashboardResponse(int status, String type, long length, Body body) {
        this.status = status;
        this.length = length;
        this.body = body;
        with("Content-Type", type);
        with("Cache-Control", "no-store");
        with("X-Content-Type-Options", "nosniff");
        with("X-Frame-Options", "DENY");
        with("Referrer-Policy", "no-referrer");
        with("Cross-Origin-Resource-Policy", "same-origin");
        with("Cross-Origin-Opener-Policy", "same-origin");
        with(
                "Content-Security-Policy",
                "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
    }

    static DashboardResponse of(int status, String type, String text) {
        byte[] bytes = text.getBytes(UTF_8);
        return new DashboardResponse(status, type, bytes.length, out -> out.write(bytes));
    }

    static DashboardResponse text(int status, String text) {
        return of(status, "text/plain; charset=utf-8", text + "\n");
    }

    static DashboardResponse html(int status, String text) {
        return of(status, "text/html; charset=utf-8", text);
    }

    static DashboardResponse json(int status, String text) {
        return of(status, "application/json; charset=utf-8", text);
    }

    static DashboardResponse stream(Body body) {
        return new DashboardResponse(200, "text/event-stream; charset=utf-8", -1, body)
                .with("X-Accel-Buffering", "no"); // nginx would hold events back
    }

    /** Sets a header, before anybody else sees this response. The value must never come from a user. */
    DashboardResponse with(String name, String value) {
        headers.put(name, value);
        return this;
    }

    /** {@return the status code} */
    public int status() {
        return status;
    }

    /** {@return the headers; they cannot be changed} */
    public Map<String, String> headers() {
        return Collections.unmodifiableMap(headers);
    }

    /** {@return how many bytes the body has; -1 for a stream that goes on until the reader hangs up} */
    public long length() {
        return length;
    }

    /**
     * Writes the body. For a stream, this blocks as long as somebody looks, so it needs a thread of its own.
     *
     * @param out where to; it is flushed and not closed
     * @throws IOException if it cannot be written, for instance because the browser has hung up
     */
    public void writeTo(OutputStream out) throws IOException {
        body.writeTo(out);
        out.flush();
    }
}
