package dev.vloop.spring.dashboard;

import dev.vloop.LoopHealth;
import dev.vloop.LoopRuntime;
import dev.vloop.dashboard.DashboardHandler;
import dev.vloop.dashboard.LoopDashboard;
import dev.vloop.dashboard.LoopHistory;
import dev.vloop.spring.LoopsAutoConfiguration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;

/** Mounts the page under the application's own server, behind its own security, if {@code vloop.dashboard.path} says where. */
@AutoConfiguration(before = LoopsAutoConfiguration.class)
@ConditionalOnClass({LoopDashboard.class, ServletRegistrationBean.class})
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnProperty("vloop.dashboard.path")
@EnableConfigurationProperties(DashboardProperties.class)
public final class LoopsDashboardAutoConfiguration {
    /** Makes the configuration; Spring calls it. */
    LoopsDashboardAutoConfiguration() {}

    /** It is a listener bean, so the runtime uses it. */
    @Bean
    @ConditionalOnMissingBean
    LoopHistory loopHistory() {
        return new LoopHistory();
    }

    @Bean
    @ConditionalOnMissingBean
    DashboardHandler loopDashboard(
            LoopRuntime runtime,
            LoopHistory history,
            ObjectProvider<LoopHealth> health,
            DashboardProperties properties) {
        LoopDashboard.Builder builder =
                LoopDashboard.builder(runtime).history(history).readOnly(properties.readOnly());
        health.ifAvailable(builder::health);
        properties.allowHosts().forEach(builder::allowHost);
        return builder.handler();
    }

    @Bean
    ServletRegistrationBean<?> loopDashboardServlet(DashboardHandler page, DashboardProperties properties) {
        String path = String.valueOf(properties.path());
        if (!path.startsWith("/") || path.endsWith("/")) {
            throw new InvalidConfigurationPropertyValueException(
                    "vloop.dashboard.path", path, "must begin with a slash and not end with one, such as /loops");
        }
        ServletRegistrationBean<DashboardServlet> servlet =
                new ServletRegistrationBean<>(new DashboardServlet(page), path + "/*");
        servlet.setName("loopDashboard");
        return servlet;
    }
}
