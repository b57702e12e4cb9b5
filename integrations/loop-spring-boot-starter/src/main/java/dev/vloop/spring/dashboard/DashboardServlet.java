package dev.vloop.spring.dashboard;

import dev.vloop.dashboard.DashboardHandler;
import dev.vloop.dashboard.DashboardResponse;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;

/** Hands requests on to the page. A browser that watches the page keeps a thread of the server. */
final class DashboardServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private final transient DashboardHandler page;

    DashboardServlet(DashboardHandler page) {
        this.page = page;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = request.getPathInfo();
        if (path == null) { // the page's links are relative to a path that ends with a slash
            response.setStatus(HttpServletResponse.SC_FOUND);
            response.setHeader("Location", folder(request.getServletPath()));
            return;
        }
        DashboardResponse answer = page.handle(new ServletDashboardRequest(request, path));
        response.setStatus(answer.status());
        answer.headers().forEach(response::setHeader);
        if (answer.length() >= 0) {
            response.setContentLengthLong(answer.length());
        }
        answer.writeTo(response.getOutputStream());
    }

    /**
     * {@return where the page is, relative to its path without the slash} The address of the request must not be in it: one that begins with
     * two slashes would lead to another server.
     */
    private static String folder(String path) {
        String last = path.substring(path.lastIndexOf('/') + 1);
        try {
            return new URI(null, null, "./" + last + "/", null).toASCIIString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException("a path that is no path: " + path, e);
        }
    }

    /** Ends the streams of those who watch, so that the server need not wait for them. */
    @Override
    public void destroy() {
        page.close();
    }
}
