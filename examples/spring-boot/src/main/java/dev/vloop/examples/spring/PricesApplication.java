package dev.vloop.examples.spring;

import dev.vloop.Loop;
import dev.vloop.LoopRuntime;
import dev.vloop.spring.LoopRuntimeCustomizer;
import java.io.IOException;
import java.time.Duration;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

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
                .retryOn(IOException.class)
                .afterLoop(end -> outbox.sendAll())
                .build(it -> outbox.sendAll());
    }
    // end region

    // region spring-customizer
    @Bean
    LoopRuntimeCustomizer goOnAfterFailures() {
        return runtime -> runtime.defaults(loop -> loop.continueOn(Exception.class));
    }
    // end region
}
