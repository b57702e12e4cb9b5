package dev.vloop.spring.dashboard;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The properties of the page.
 *
 * @param path where the page is, such as /loops; without it there is no page. The application's own security must protect it
 * @param readOnly whether nobody can control loops there
 * @param allowHosts the names under which it is reached, in addition to localhost
 */
@ConfigurationProperties("vloop.dashboard")
record DashboardProperties(
        @Nullable String path,
        @DefaultValue("true") boolean readOnly,
        @DefaultValue List<String> allowHosts) {}
