package dev.vloop.spring.dashboard;

import dev.vloop.dashboard.DashboardHandler;
import dev.vloop.dashboard.DashboardResponse;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

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
            response.sendRedirect(request.getRequestURI() + "/");
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

    /** Ends the streams of those who watch, so that the server need not wait for them. */
    @Override
    public void destroy() {
        page.close();
    }
}
