package dev.vloop.spring.dashboard;

import dev.vloop.dashboard.DashboardRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A servlet's request. */
record ServletDashboardRequest(HttpServletRequest request, String path) implements DashboardRequest {
    @Override
    public String method() {
        return request.getMethod();
    }

    @Override
    public @Nullable String query() {
        return request.getQueryString();
    }

    @Override
    public @Nullable String header(String name) {
        List<String> values = Collections.list(request.getHeaders(name));
        return values.isEmpty() ? null : String.join(", ", values);
    }

    @Override
    public InputStream body() throws IOException {
        return request.getInputStream();
    }

    @Override
    public String remote() {
        return request.getRemoteAddr();
    }

    @Override
    public @Nullable String user() {
        return request.getRemoteUser();
    }
}
