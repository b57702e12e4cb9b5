package dev.vloop.dashboard;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** A request to the page, as a web server hands it on. Used by the thread that calls {@link DashboardHandler#handle}. */
public interface DashboardRequest {
    /** {@return the method, in upper case, such as {@code GET}} */
    String method();

    /** {@return the path below the place where the page is mounted; it begins with a slash, and is only a slash for the page itself} */
    String path();

    /** {@return the query without its question mark, not decoded; null if there is none} */
    @Nullable
    String query();

    /**
     * Reads a header.
     *
     * @param name its name, in upper or lower case
     * @return its value; null if there is none. If it was sent several times, all values, with commas between them
     */
    @Nullable
    String header(String name);

    /**
     * {@return the body, which is read at most once}
     *
     * @throws IOException if it cannot be read
     */
    InputStream body() throws IOException;

    /** {@return where the request comes from, for the audit log: an address} */
    String remote();

    /** {@return who asks, for the audit log, if the server knows; else null} */
    default @Nullable String user() {
        return null;
    }
}
