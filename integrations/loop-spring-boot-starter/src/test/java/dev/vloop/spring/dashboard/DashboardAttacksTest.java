package dev.vloop.spring.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.Loop;
import dev.vloop.LoopRuntime;
import dev.vloop.Schedule;
import dev.vloop.spring.CapturedLog;
import dev.vloop.spring.LoopsAutoConfiguration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

@DisplayName("attacks on the page under the application's own server, which asks for no token")
class DashboardAttacksTest {
    private static final Pattern SECRET = Pattern.compile("name=vloop-secret content=\"(.*?)\"");

    private final WebApplicationContextRunner application = new WebApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(LoopsAutoConfiguration.class, LoopsDashboardAutoConfiguration.class))
            .withPropertyValues("vloop.dashboard.path=/admin/loops", "vloop.dashboard.read-only=false");

    /** A browser that talks to the page. */
    private record Client(DashboardServlet servlet) {
        MockHttpServletResponse ask(MockHttpServletRequest request) {
            MockHttpServletResponse response = new MockHttpServletResponse();
            try {
                servlet.service(request, response);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return response;
        }

        String secret() {
            String page = new String(ask(request("GET", "/")).getContentAsByteArray(), StandardCharsets.UTF_8);
            Matcher secret = SECRET.matcher(page);
            assertThat(secret.find()).isTrue();
            return secret.group(1);
        }
    }

    private void with(BiConsumer<Client, Loop> test, String... properties) {
        application.withPropertyValues(properties).run(context -> {
            Loop loop = context.getBean(LoopRuntime.class)
                    .loop("news")
                    .schedule(Schedule.never())
                    .build(it -> {});
            Client client = new Client((DashboardServlet)
                    context.getBean(ServletRegistrationBean.class).getServlet());
            test.accept(client, loop);
        });
    }

    private static MockHttpServletRequest request(String method, String path) {
        MockHttpServletRequest request = new MockHttpServletRequest(method, "/admin/loops" + path);
        request.addHeader("Host", "localhost:8080");
        request.setServletPath("/admin/loops");
        request.setPathInfo(path.isEmpty() ? null : path);
        request.setRemoteAddr("192.0.2.7");
        return request;
    }

    private static MockHttpServletRequest pause() {
        MockHttpServletRequest request = request("POST", "/do");
        request.setContentType("application/x-www-form-urlencoded");
        request.setContent("action=pause&loop=news".getBytes(StandardCharsets.UTF_8));
        return request;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"evil.example", "localhost.evil.example:8080", "bots.example:8080,evil.example", "192.0.2.1"})
    void a_site_that_gives_its_name_the_address_of_this_server_reads_nothing(String host) {
        with(
                (client, loop) -> {
                    MockHttpServletRequest request = request("GET", "/loops.json");
                    request.removeHeader("Host");
                    request.addHeader("Host", host);
                    MockHttpServletResponse refused = client.ask(request);
                    assertThat(refused.getStatus()).isEqualTo(421);
                    assertThat(new String(refused.getContentAsByteArray(), StandardCharsets.UTF_8))
                            .doesNotContain("news");
                },
                "vloop.dashboard.allow-hosts=bots.example");
    }

    @Test
    void a_host_that_the_application_allows_is_let_in_and_two_are_none() {
        with(
                (client, loop) -> {
                    MockHttpServletRequest request = request("GET", "/");
                    request.removeHeader("Host");
                    request.addHeader("Host", "bots.example:8080");
                    assertThat(client.ask(request).getStatus()).isEqualTo(200);
                    request.addHeader("Host", "evil.example");
                    assertThat(client.ask(request).getStatus()).isEqualTo(421);
                },
                "vloop.dashboard.allow-hosts=bots.example");
    }

    @Test
    void another_site_cannot_press_a_button_with_the_cookies_of_the_application() {
        with((client, loop) -> {
            MockHttpServletRequest forged = pause();
            assertThat(client.ask(forged).getStatus()).isEqualTo(403);
            forged = pause();
            forged.addHeader("X-Vloop-Secret", client.secret());
            forged.addHeader("Origin", "https://evil.example");
            assertThat(client.ask(forged).getStatus()).isEqualTo(403);
            forged = pause();
            forged.addHeader("X-Vloop-Secret", client.secret());
            forged.addHeader("Sec-Fetch-Site", "cross-site");
            assertThat(client.ask(forged).getStatus()).isEqualTo(403);
            assertThat(loop.status().paused()).isFalse();
            MockHttpServletRequest own = pause();
            own.addHeader("X-Vloop-Secret", client.secret());
            own.addHeader("Origin", "http://localhost:8080");
            assertThat(client.ask(own).getStatus()).isEqualTo(200);
            assertThat(loop.status().paused()).isTrue();
        });
    }

    @Test
    void a_page_that_only_reads_refuses_a_button_that_somebody_makes_up() {
        with(
                (client, loop) -> {
                    MockHttpServletRequest forged = pause();
                    forged.addHeader("X-Vloop-Secret", client.secret());
                    assertThat(client.ask(forged).getStatus()).isEqualTo(403);
                    assertThat(loop.status().paused()).isFalse();
                },
                "vloop.dashboard.read-only=true");
    }

    /** Servers take such paths for that of the page. The first would lead a browser to evil.example if it came back in the answer. */
    @ParameterizedTest
    @CsvSource({
        "//evil.example/..;/admin/loops",
        "/\\evil.example/../admin/loops",
        "/admin/loops;jsessionid=1",
        "/admin/loops"
    })
    void the_way_to_the_slash_at_the_end_never_leads_to_another_server(String uri) {
        with((client, loop) -> {
            MockHttpServletRequest request = request("GET", "");
            request.setRequestURI(uri);
            MockHttpServletResponse answer = client.ask(request);
            assertThat(answer.getStatus()).isEqualTo(302);
            assertThat(answer.getHeader("Location")).isEqualTo("./loops/");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"OPTIONS", "TRACE", "HEAD", "PUT", "DELETE", "PATCH"})
    void no_other_method_is_answered_by_the_servlet_s_defaults(String method) {
        with((client, loop) -> {
            MockHttpServletResponse refused = client.ask(request(method, "/do"));
            assertThat(refused.getStatus()).isEqualTo(405);
            assertThat(refused.getHeaderNames()).noneMatch(name -> name.startsWith("Access-Control"));
        });
    }

    @Test
    void the_log_says_who_it_was_that_the_application_has_let_in() {
        List<String> lines;
        try (CapturedLog log = new CapturedLog("dev.vloop.audit")) {
            with((client, loop) -> {
                MockHttpServletRequest own = pause();
                own.addHeader("X-Vloop-Secret", client.secret());
                own.setRemoteUser("ada");
                client.ask(own);
            });
            lines = log.lines();
        }
        assertThat(lines).singleElement().asString().endsWith(" user 'ada' at 192.0.2.7: pause of loop 'news': done");
    }
}
