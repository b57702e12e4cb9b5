package dev.vloop.examples.spring;

import dev.vloop.Loop;
import dev.vloop.LoopRuntime;
import dev.vloop.dbscheduler.DbSchedulerCluster;
import dev.vloop.spring.LoopRuntimeCustomizer;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.dao.DataAccessException;

/** The application. */
@SpringBootApplication(proxyBeanMethods = false)
public class PricesApplication {
    /** Makes the configuration; Spring calls it. */
    PricesApplication() {}

    /**
     * Starts it.
     *
     * @param arguments Spring's
     */
    public static void main(String[] arguments) {
        SpringApplication.run(PricesApplication.class, arguments);
    }

    // region spring-bean
    @Bean
    Loop outboxLoop(LoopRuntime loops, Outbox outbox) {
        return loops.loop("outbox")
                .every(Duration.ofSeconds(5))
                .retryOn(DataAccessException.class)
                .afterLoop(end -> outbox.writeAll())
                .build(it -> outbox.writeAll());
    }
    // end region

    // region spring-cluster
    @Bean
    DbSchedulerCluster cluster(DataSource database, @Value("${lease:30s}") Duration lease) {
        return DbSchedulerCluster.builder(database).lease(lease).createTable().create();
    }
    // end region

    // region spring-customizer
    @Bean
    LoopRuntimeCustomizer goOnAfterFailures() {
        return runtime -> runtime.defaults(loop -> loop.continueOn(Exception.class));
    }
    // end region
}
