package dev.vloop.dashboard;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A request of a test. Unless said, it comes from the page itself. */
final class Ask implements DashboardRequest {
    private final String method;
    private final String address;
    private final String body;
    private final Map<String, String> headers = new TreeMap<>();
    private @Nullable String user;

    private Ask(String method, String address, String body) {
        this.method = method;
        this.address = address;
        this.body = body;
        with("Host", "localhost:7000");
    }

    static Ask get(String address) {
        return new Ask("GET", address, "");
    }

    static Ask post(String body) {
        return new Ask("POST", "/do", body).with("Origin", "http://localhost:7000");
    }

    static Ask of(String method, String address) {
        return new Ask(method, address, "");
    }

    /** A null value takes the header away. */
    Ask with(String header, @Nullable String value) {
        if (value == null) {
            headers.remove(header.toLowerCase(Locale.ROOT));
        } else {
            headers.put(header.toLowerCase(Locale.ROOT), value);
        }
        return this;
    }

    Ask as(String name) {
        user = name;
        return this;
    }

    @Override
    public String method() {
        return method;
    }

    @Override
    public String path() {
        return address.split("[?]", 2)[0];
    }

    @Override
    public @Nullable String query() {
        return address.contains("?") ? address.split("[?]", 2)[1] : null;
    }

    @Override
    public @Nullable String header(String name) {
        return headers.get(name.toLowerCase(Locale.ROOT));
    }

    @Override
    public InputStream body() {
        return new ByteArrayInputStream(body.getBytes(UTF_8));
    }

    @Override
    public String remote() {
        return "192.0.2.7";
    }

    @Override
    public @Nullable String user() {
        return user;
    }

    /** A request that cannot be asked anything. */
    static final class Broken implements DashboardRequest {
        @Override
        public String method() {
            throw new IllegalStateException("inner secret");
        }

        @Override
        public String path() {
            return "/";
        }

        @Override
        public @Nullable String query() {
            return null;
        }

        @Override
        public @Nullable String header(String name) {
            return name.equals("Host") ? "localhost" : null;
        }

        @Override
        public InputStream body() {
            return InputStream.nullInputStream();
        }

        @Override
        public String remote() {
            return "nowhere";
        }
    }

    /** {@return the body of an answer} */
    static String text(DashboardResponse response) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            response.writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString(UTF_8);
    }
}
