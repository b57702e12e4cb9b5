package dev.vloop.spring.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.LoopHealth;
import dev.vloop.LoopRuntime;
import dev.vloop.Schedule;
import dev.vloop.dashboard.DashboardHandler;
import dev.vloop.dashboard.LoopHistory;
import dev.vloop.spring.LoopsAutoConfiguration;
import dev.vloop.spring.OwnHealth;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** The page under the application's own server. */
class LoopsDashboardTest {
    private final WebApplicationContextRunner application = new WebApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(LoopsAutoConfiguration.class, LoopsDashboardAutoConfiguration.class));

    @Test
    void there_is_no_page_unless_the_application_says_where() {
        application.run(context ->
                assertThat(context).doesNotHaveBean(DashboardHandler.class).doesNotHaveBean(LoopHistory.class));
    }

    @Test
    void it_shows_the_loops_of_the_application_at_that_path() {
        application.withPropertyValues("vloop.dashboard.path=/loops").run(context -> {
            ServletRegistrationBean<?> registration = context.getBean(ServletRegistrationBean.class);
            assertThat(registration.getUrlMappings()).containsExactly("/loops/*");
            context.getBean(LoopRuntime.class)
                    .loop("guild 42")
                    .schedule(Schedule.never())
                    .build(it -> {});
            DashboardServlet servlet = (DashboardServlet) registration.getServlet();
            MockHttpServletResponse page = new MockHttpServletResponse();
            servlet.service(request("GET", "/"), page);
            assertThat(page.getStatus()).isEqualTo(200);
            assertThat(page.getContentAsString()).contains("guild 42");
            assertThat(page.getHeader("Content-Security-Policy")).contains("default-src 'none'");
        });
    }

    @Test
    void it_shows_one_loop_with_what_its_history_knows() {
        application.withPropertyValues("vloop.dashboard.path=/loops").run(context -> {
            CountDownLatch ran = new CountDownLatch(2);
            context.getBean(LoopRuntime.class)
                    .loop("guild 42")
                    .every(Duration.ofMillis(1))
                    .start(it -> ran.countDown());
            ran.await(); // so the first iteration is over
            MockHttpServletRequest request = request("GET", "/loop");
            request.setQueryString("name=guild+42");
            MockHttpServletResponse page = new MockHttpServletResponse();
            ((DashboardServlet) context.getBean(ServletRegistrationBean.class).getServlet()).service(request, page);
            assertThat(page.getStatus()).isEqualTo(200);
            assertThat(page.getContentAsString())
                    .contains("<h1><bdi>guild 42</bdi></h1>")
                    .contains("<path class=ok d=");
        });
    }

    @Test
    void a_path_without_its_slash_leads_to_the_page() {
        application.withPropertyValues("vloop.dashboard.path=/loops").run(context -> {
            MockHttpServletResponse page = new MockHttpServletResponse();
            ((DashboardServlet) context.getBean(ServletRegistrationBean.class).getServlet())
                    .service(request("GET", null), page);
            assertThat(page.getRedirectedUrl()).isEqualTo("./loops/");
        });
    }

    @Test
    void nobody_controls_loops_there_unless_the_application_says_so() {
        assertThat(triggers("vloop.dashboard.path=/loops")).contains("Read-only: this page");
        assertThat(triggers("vloop.dashboard.path=/loops", "vloop.dashboard.read-only=false"))
                .doesNotContain("Read-only: this page");
    }

    /** {@return the page for somebody who looks at it} */
    private String triggers(String... properties) {
        StringBuilder text = new StringBuilder();
        application.withPropertyValues(properties).run(context -> {
            MockHttpServletResponse page = new MockHttpServletResponse();
            ((DashboardServlet) context.getBean(ServletRegistrationBean.class).getServlet())
                    .service(request("GET", "/"), page);
            text.append(page.getContentAsString());
        });
        return text.toString();
    }

    @Test
    void a_path_that_cannot_be_one_is_refused() {
        application
                .withPropertyValues("vloop.dashboard.path=loops/")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("vloop.dashboard.path")
                        .hasMessageContaining("such as /loops"));
    }

    @Test
    void the_rule_of_health_of_the_application_is_that_of_the_page() {
        application
                .withPropertyValues("vloop.dashboard.path=/loops")
                .withBean(LoopHealth.class, OwnHealth::rule)
                .run(context -> {
                    OwnHealth.startLoop(context.getBean(LoopRuntime.class));
                    MockHttpServletResponse health = new MockHttpServletResponse();
                    ((DashboardServlet) context.getBean(ServletRegistrationBean.class)
                                    .getServlet())
                            .service(request("GET", "/health"), health);
                    assertThat(health.getContentAsString()).isEqualTo("{\"status\":\"UNKNOWN\"}");
                });
    }

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void nobody_is_kept_watching_when_the_server_ends() {
        application.withPropertyValues("vloop.dashboard.path=/loops").run(context -> {
            DashboardServlet servlet = (DashboardServlet)
                    context.getBean(ServletRegistrationBean.class).getServlet();
            servlet.destroy();
            MockHttpServletResponse events = new MockHttpServletResponse();
            servlet.service(request("GET", "/events"), events);
            assertThat(events.getContentAsString()).startsWith("retry: ");
        });
    }

    private static MockHttpServletRequest request(String method, String path) {
        MockHttpServletRequest request = new MockHttpServletRequest(method, "/loops" + (path == null ? "" : path));
        request.addHeader("Host", "localhost:8080");
        request.setServletPath("/loops");
        request.setPathInfo(path);
        return request;
    }
}
